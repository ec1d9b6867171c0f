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
    /// Writes the member, unless it is left out.
    let write: @Sendable (Root, inout JSONWriter) -> Void
    /// Takes a value that has been validated.
    let set: @Sendable (inout Root, JSON) -> Void
    /// The member's value as it would be written; nil if it is left out.
    let json: @Sendable (Root) -> JSON?
    /// What is wrong with the member's value, or unusual.
    let findings: @Sendable (Root) -> [Finding]
}

extension Field {
    /// A member that is kept in a property.
    init<Value: WireValue>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ form: ValueForm<Value>,
        _ summary: String, _ presence: Presence = .required
    ) {
        self.init(
            name: name, kind: form.kind, presence: presence, summary: summary,
            write: { root, writer in
                writer.member(name)
                root[keyPath: path].write(to: &writer)
            },
            set: { root, json in if let value = Value(json) { root[keyPath: path] = value } },
            json: { $0[keyPath: path].json },
            findings: { form.findings($0[keyPath: path]) })
    }

    /// A member that is kept in a property that may be nil, and is left out then, or null.
    init<Value: WireValue>(
        _ name: String, _ path: any WritableKeyPath<Root, Value?> & Sendable, _ form: ValueForm<Value>,
        _ summary: String, _ presence: Presence = .optional(), writesNull: Bool = false
    ) {
        self.init(
            name: name, kind: form.kind, presence: presence, summary: summary,
            write: { root, writer in
                guard let value = root[keyPath: path] else {
                    if writesNull {
                        writer.member(name)
                        writer.write(JSON.null)
                    }
                    return
                }
                writer.member(name)
                value.write(to: &writer)
            },
            set: { root, json in root[keyPath: path] = Value(json) },
            json: { $0[keyPath: path]?.json ?? (writesNull ? .null : nil) },
            findings: { root in root[keyPath: path].map(form.findings) ?? [] })
    }

    /// A number.
    init(_ parameter: NumberParameter<Int>, _ path: any WritableKeyPath<Root, Int> & Sendable) {
        self.init(
            parameter.name, path, .integer(parameter.range), parameter.summary, Self.presence(of: parameter))
    }

    /// A number that may be left out.
    init(_ parameter: NumberParameter<Int?>, _ path: any WritableKeyPath<Root, Int?> & Sendable) {
        self.init(
            parameter.name, path, .integer(parameter.range, usually: parameter.usualRange), parameter.summary)
    }

    /// A duration.
    init(_ parameter: NumberParameter<Duration>, _ path: any WritableKeyPath<Root, Duration> & Sendable) {
        let (name, unit) = (parameter.name, parameter.unit)
        let form = ValueForm.duration(in: parameter.range, unit)
        self.init(
            name: name, kind: form.kind, presence: Self.presence(of: parameter), summary: parameter.summary,
            write: { root, writer in
                writer.member(name)
                WireDuration(root[keyPath: path], unit).write(to: &writer)
            },
            set: { root, json in if let count = json.integer(Int.self) { root[keyPath: path] = unit.duration(count) } },
            json: { .number(WireDuration($0[keyPath: path], unit).text) },
            findings: { form.findings($0[keyPath: path]) })
    }

    /// A duration that may be left out.
    init(_ parameter: NumberParameter<Duration?>, _ path: any WritableKeyPath<Root, Duration?> & Sendable) {
        let (name, unit) = (parameter.name, parameter.unit)
        let form = ValueForm.duration(in: parameter.range, usually: parameter.usualRange, unit)
        self.init(
            name: name, kind: form.kind, presence: .optional(), summary: parameter.summary,
            write: { root, writer in
                guard let value = root[keyPath: path] else { return }
                writer.member(name)
                WireDuration(value, unit).write(to: &writer)
            },
            set: { root, json in root[keyPath: path] = json.integer(Int.self).map { unit.duration($0) } },
            json: { root in root[keyPath: path].map { .number(WireDuration($0, unit).text) } },
            findings: { root in root[keyPath: path].map(form.findings) ?? [] })
    }

    private static func presence<Value>(of parameter: NumberParameter<Value>) -> Presence {
        guard !parameter.isRequired else { return .required }
        return parameter.defaultNumber.map { .expected(.integer($0)) } ?? .optional()
    }
}

extension Field {
    /// What there is to say if the member is missing.
    var absence: [Finding] {
        switch presence {
        case .required: [.error("is missing; it must be \(kind.name)")]
        case .expected(let fallback):
            [.warning("is missing; the platform's default is not documented, \(fallback.summary) is assumed")]
        case .optional: []
        }
    }
}
