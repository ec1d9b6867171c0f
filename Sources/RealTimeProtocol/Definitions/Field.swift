/// A member of an object on the wire: its name, what it may hold, and where it is kept in Swift.
struct Field<Root: Sendable>: Sendable {
    /// Whether a member has to be there.
    enum Presence: Sendable {
        /// Without it the object makes no sense.
        case required
        /// The page lists it and names no default; the one that is assumed is that of the platform's PHP SDK.
        case expected(JSON)
        /// It may be left out; the default is the page's, where there is one.
        case optional(JSON? = nil)
    }

    let name: String
    let kind: ValueKind
    let presence: Presence
    let summary: String
    /// The value on the wire; nil leaves the member out.
    let get: @Sendable (Root) -> JSON?
    /// Takes a value that has been validated.
    let set: @Sendable (inout Root, JSON) -> Void
}

extension Field {
    /// A member that is kept in a property.
    init<Value: WireValue>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ kind: ValueKind,
        _ summary: String, _ presence: Presence = .required
    ) {
        self.init(
            name: name, kind: kind, presence: presence, summary: summary, get: { $0[keyPath: path].json },
            set: { root, json in if let value = Value(json) { root[keyPath: path] = value } })
    }

    /// A member that is kept in a property that may be nil, and is left out then.
    init<Value: WireValue>(
        _ name: String, _ path: any WritableKeyPath<Root, Value?> & Sendable, _ kind: ValueKind,
        _ summary: String, _ presence: Presence = .optional()
    ) {
        self.init(
            name: name, kind: kind, presence: presence, summary: summary, get: { $0[keyPath: path]?.json },
            set: { root, json in root[keyPath: path] = Value(json) })
    }

    /// Whole milliseconds.
    static func milliseconds(
        _ name: String, _ path: any WritableKeyPath<Root, Duration> & Sendable, _ range: ClosedRange<Int>,
        _ summary: String, _ presence: Presence = .required
    ) -> Field {
        duration(name, path, range, .milliseconds(1), "ms", summary, presence)
    }

    /// Whole seconds.
    static func seconds(
        _ name: String, _ path: any WritableKeyPath<Root, Duration> & Sendable, _ range: ClosedRange<Int>?,
        _ summary: String, _ presence: Presence = .required
    ) -> Field {
        duration(name, path, range, .seconds(1), "s", summary, presence)
    }

    private static func duration(
        _ name: String, _ path: any WritableKeyPath<Root, Duration> & Sendable, _ range: ClosedRange<Int>?,
        _ unit: Duration,
        _ unitName: String, _ summary: String, _ presence: Presence
    ) -> Field {
        Field(
            name: name, kind: .integer(range, unit: unitName), presence: presence, summary: summary,
            get: { .integer(Int($0[keyPath: path] / unit)) },
            set: { root, json in if let number = json.wholeNumber { root[keyPath: path] = unit * number } })
    }
}

/// An object on the wire, whatever it is kept in.
protocol AnyDefinition: Sendable {
    var fieldNames: [String] { get }
    /// For each member its name, what it may hold, whether it must be there, its default and what it is for.
    var schemaFields: [(name: String, kind: ValueKind, isRequired: Bool, fallback: JSON?, summary: String)] { get }
    func findings(_ value: JSON, at pointer: String) -> [Finding]
}

/// The members of an object on the wire.
struct ObjectDefinition<Root: Sendable>: AnyDefinition {
    let fields: [Field<Root>]
    /// What more there is to say of a value that has no errors.
    var check: @Sendable (Root, String) -> [Finding] = { _, _ in [] }
    let blank: @Sendable () -> Root

    var fieldNames: [String] { fields.map(\.name) }

    var schemaFields: [(name: String, kind: ValueKind, isRequired: Bool, fallback: JSON?, summary: String)] {
        fields.map { field in
            switch field.presence {
            case .required: (field.name, field.kind, true, nil, field.summary)
            case .expected(let fallback): (field.name, field.kind, false, fallback, field.summary)
            case .optional(let fallback): (field.name, field.kind, false, fallback, field.summary)
            }
        }
    }

    /// What is wrong with an object, or unusual.
    func findings(_ value: JSON, at base: String) -> [Finding] {
        guard case .object(let members) = value else { return [.error(base, "\(value.summary) must be an object")] }
        var findings = fields.flatMap { field -> [Finding] in
            let place = pointer(base, field.name)
            if let value = value[field.name] { return field.kind.findings(value, at: place) }
            switch field.presence {
            case .required: return [.error(place, "is missing; it must be \(field.kind.name)")]
            case .expected(let fallback):
                return [
                    .warning(
                        place, "is missing; the platform's default is not documented, \(fallback.summary) is assumed")
                ]
            case .optional: return []
            }
        }
        for member in members where !fieldNames.contains(member.name) {
            let near = nearMiss(member.name, in: fieldNames).map { "; did you mean \"\($0)\"?" } ?? ""
            findings.append(.warning(pointer(base, member.name), "is not known, and ignored\(near)"))
        }
        if findings.allSatisfy({ $0.severity != .error }) { findings += check(decode(value), base) }
        return findings
    }

    /// The value of an object without errors.
    func decode(_ value: JSON) -> Root {
        var root = blank()
        guard case .object(let members) = value else { return root }
        for member in members { fields.first { $0.name == member.name }?.set(&root, member.value) }
        return root
    }

    /// The object of a value, members in order.
    func encode(_ root: Root) -> JSON {
        .object(fields.compactMap { field in field.get(root).map { JSON.Member(field.name, $0) } })
    }
}
