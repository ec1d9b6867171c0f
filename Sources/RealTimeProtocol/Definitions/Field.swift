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

    /// A member in whole milliseconds.
    static func milliseconds(
        _ name: String, _ path: any WritableKeyPath<Root, Duration> & Sendable, _ range: ClosedRange<Int>,
        _ summary: String, _ presence: Presence = .required
    ) -> Field {
        Field(
            name: name, kind: .integer(range, unit: "ms"), presence: presence, summary: summary,
            get: { .integer($0[keyPath: path].wholeMilliseconds) },
            set: { root, json in
                if let count = json.integer(Int.self) { root[keyPath: path] = .milliseconds(count) }
            })
    }

    /// A member in whole seconds.
    static func seconds(
        _ name: String, _ path: any WritableKeyPath<Root, Duration> & Sendable, _ range: ClosedRange<Int>,
        _ summary: String, _ presence: Presence = .required
    ) -> Field {
        Field(
            name: name, kind: .integer(range, unit: "s"), presence: presence, summary: summary,
            get: { .integer($0[keyPath: path].components.seconds) },
            set: { root, json in if let count = json.integer(Int.self) { root[keyPath: path] = .seconds(count) } })
    }

    /// A member in whole seconds that is left out if nil.
    static func seconds(
        _ name: String, _ path: any WritableKeyPath<Root, Duration?> & Sendable, _ range: ClosedRange<Int>,
        _ summary: String
    ) -> Field {
        Field(
            name: name, kind: .integer(range, unit: "s"), presence: .optional(), summary: summary,
            get: { $0[keyPath: path].map { .integer($0.components.seconds) } },
            set: { root, json in root[keyPath: path] = json.integer(Int.self).map { .seconds($0) } })
    }
}

extension Duration {
    /// Without what is left of a millisecond; a number that does not fit is as good as the largest.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let (product, hasOverflow) = Int(seconds).multipliedReportingOverflow(by: 1000)
        let (sum, hasCarry) = product.addingReportingOverflow(Int(attoseconds / 1_000_000_000_000_000))
        return hasOverflow || hasCarry ? (self < .zero ? .min : .max) : sum
    }
}

extension Field {
    /// What there is to say if the member is missing.
    fileprivate var absence: [Finding] {
        switch presence {
        case .required: [.error("is missing; it must be \(kind.name)")]
        case .expected(let fallback):
            [.warning("is missing; the platform's default is not documented, \(fallback.summary) is assumed")]
        case .optional: []
        }
    }
}

/// An object on the wire, whatever it is kept in.
protocol AnyDefinition: Sendable {
    var fieldNames: [String] { get }
    /// For each member its name, what it may hold, whether it must be there, its default and what it is for.
    var schemaFields: [(name: String, kind: ValueKind, isRequired: Bool, fallback: JSON?, summary: String)] { get }
    func findings(_ value: JSON) -> [Finding]
}

/// The members of an object on the wire.
struct ObjectDefinition<Root: Sendable>: AnyDefinition {
    let fields: [Field<Root>]
    let fieldNames: [String]
    /// What more there is to say of a value that has no errors.
    private let check: (@Sendable (Root) -> [Finding])?
    private let blank: @Sendable () -> Root

    init(
        fields: [Field<Root>], check: (@Sendable (Root) -> [Finding])? = nil, blank: @escaping @Sendable () -> Root
    ) {
        self.fields = fields
        fieldNames = fields.map(\.name)
        self.check = check
        self.blank = blank
    }

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
    func findings(_ value: JSON) -> [Finding] {
        guard case .object(let members) = value else { return [.error("\(value.summary) must be an object")] }
        var findings: [Finding] = []
        let (values, areAllKnown) = assign(members)
        for index in fields.indices {
            let found = values[index].map(fields[index].kind.findings) ?? fields[index].absence
            if !found.isEmpty { findings += found.inside(fieldNames[index]) }
        }
        if !areAllKnown { findings += unknownMembers(members, known: fieldNames) }
        if let check, !findings.haveError { findings += check(decode(value)) }
        return findings
    }

    /// The value of an object without errors.
    func decode(_ value: JSON) -> Root {
        var root = blank()
        guard case .object(let members) = value else { return root }
        let (values, _) = assign(members)
        for index in fields.indices { if let value = values[index] { fields[index].set(&root, value) } }
        return root
    }

    /// The value of each field, and whether it is certain that there are no others.
    ///
    /// Members mostly come in the order of their definition, each once, and are then found in one pass.
    private func assign(_ members: [JSON.Member]) -> (values: [JSON?], areAllKnown: Bool) {
        var values = [JSON?](repeating: nil, count: fields.count)
        var index = 0
        for member in members {
            while index < fields.count, fieldNames[index] != member.name { index += 1 }
            guard index < fields.count else {
                return (fieldNames.map { name in members.last { $0.name == name }?.value }, false)
            }
            values[index] = member.value
            index += 1
        }
        return (values, true)
    }

    /// The object of a value, members in order.
    func encode(_ root: Root) -> JSON {
        .object(fields.compactMap { field in field.get(root).map { JSON.Member(field.name, $0) } })
    }
}
