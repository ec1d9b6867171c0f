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
}

extension Field {
    /// A member that is kept in a property.
    init<Value: WireValue>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ kind: ValueKind,
        _ summary: String, _ presence: Presence = .required
    ) {
        self.init(
            name: name, kind: kind, presence: presence, summary: summary,
            write: { root, writer in
                writer.member(name)
                root[keyPath: path].write(to: &writer)
            },
            set: { root, json in if let value = Value(json) { root[keyPath: path] = value } })
    }

    /// A member that is kept in a property that may be nil, and is left out then.
    init<Value: WireValue>(
        _ name: String, _ path: any WritableKeyPath<Root, Value?> & Sendable, _ kind: ValueKind,
        _ summary: String, _ presence: Presence = .optional()
    ) {
        self.init(
            name: name, kind: kind, presence: presence, summary: summary,
            write: { root, writer in
                guard let value = root[keyPath: path] else { return }
                writer.member(name)
                value.write(to: &writer)
            },
            set: { root, json in root[keyPath: path] = Value(json) })
    }

    /// A member in whole milliseconds.
    static func milliseconds(
        _ name: String, _ path: any WritableKeyPath<Root, Duration> & Sendable, _ range: ClosedRange<Int>,
        _ summary: String, _ presence: Presence = .required
    ) -> Field {
        Field(
            name: name, kind: .integer(range, unit: "ms"), presence: presence, summary: summary,
            write: { root, writer in
                writer.member(name)
                writer.write(milliseconds: root[keyPath: path])
            },
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
            write: { root, writer in
                writer.member(name)
                writer.write(seconds: root[keyPath: path])
            },
            set: { root, json in if let count = json.integer(Int.self) { root[keyPath: path] = .seconds(count) } })
    }

    /// A member in whole seconds that is left out if nil.
    static func seconds(
        _ name: String, _ path: any WritableKeyPath<Root, Duration?> & Sendable, _ range: ClosedRange<Int>,
        _ summary: String
    ) -> Field {
        Field(
            name: name, kind: .integer(range, unit: "s"), presence: .optional(), summary: summary,
            write: { root, writer in
                guard let value = root[keyPath: path] else { return }
                writer.member(name)
                writer.write(seconds: value)
            },
            set: { root, json in root[keyPath: path] = json.integer(Int.self).map { .seconds($0) } })
    }
}

extension JSONWriter {
    fileprivate mutating func write(milliseconds duration: Duration) { write(integer: duration.milliseconds) }

    /// Writes seconds, which should be whole; thousandths are written too, so that they are found out.
    fileprivate mutating func write(seconds duration: Duration) {
        let (count, rest) = duration.milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        let thousandths = rest == 0 ? "" : ".\(String(rest + 1000).dropFirst())"
        write(number: "\(duration.milliseconds < 0 ? "-" : "")\(count)\(thousandths)")
    }
}

extension Duration {
    /// The nearest number of milliseconds.
    fileprivate var milliseconds: Int128 {
        let one: Int128 = 1_000_000_000_000_000
        return (attoseconds + (self < .zero ? -one / 2 : one / 2)) / one
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
