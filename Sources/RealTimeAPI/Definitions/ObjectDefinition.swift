/// An object on the wire, whatever it is kept in.
protocol AnyDefinition: Sendable {
    var fieldNames: [String] { get }
    /// For each member its name, what it may hold, whether it must be there, its default and what it is for.
    var schemaFields: [(name: String, kind: ValueKind, isRequired: Bool, fallback: JSON?, summary: String)] { get }
    /// What is wrong with an object, or unusual.
    func findings(_ value: JSON) -> [Finding]
}

/// The members of an object on the wire.
struct ObjectDefinition<Root: Sendable>: AnyDefinition {
    let fields: [Field<Root>]
    let fieldNames: [String]
    /// Names that are not the page's, and those that are meant.
    let otherNames: [String: String]
    /// What more there is to say of a value that has no errors.
    let check: (@Sendable (Root) -> [Finding])?
    /// A value before anything is read.
    let blank: @Sendable () -> Root

    init(
        fields: [Field<Root>], otherNames: [String: String] = [:], check: (@Sendable (Root) -> [Finding])? = nil,
        blank: @escaping @Sendable () -> Root
    ) {
        self.fields = fields
        self.otherNames = otherNames
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

    /// Reads an object, and tells what is wrong with it, or unusual; what has errors may be left out of it.
    func read(_ value: JSON) -> (value: Root, findings: [Finding]) {
        guard case .object(let members) = value else { return notAnObject(value) }
        var reader = ObjectReader(self)
        for member in members { reader.take(member.name, member.value) }
        return reader.finish()
    }

    /// The same of text, whose outermost members are read without being kept.
    ///
    /// - Parameter raw: a member that is checked and carried on as it is.
    func read(_ bytes: [UInt8], raw: String) throws(JSONError) -> (value: Root, findings: [Finding]) {
        var parser = JSONParser(bytes)
        var reader = ObjectReader(self)
        if let other = try parser.wholeMembers(raw: raw, { reader.take($0, $1) }) { return notAnObject(other) }
        return reader.finish()
    }

    private func notAnObject(_ value: JSON) -> (value: Root, findings: [Finding]) {
        (blank(), [.error(value, "must be an object")])
    }

    func findings(_ value: JSON) -> [Finding] { read(value).findings }

    /// What is wrong with a value, or unusual: the same as of the object that it is written as.
    func findings(of root: Root) -> [Finding] {
        var all: [Finding] = []
        for field in fields {
            let found = field.findings(root)
            if !found.isEmpty { all += found.inside(field.name) }
        }
        if let check, !all.containsError { all += check(root) }
        return all
    }

    /// The object that a value is written as.
    func json(_ root: Root) -> JSON {
        .object(fields.compactMap { field in field.json(root).map { JSON.Member(field.name, $0) } })
    }

    /// A member of the object that a value is written as; nil if it is left out, or there is none of that name.
    func json(_ root: Root, member name: String) -> JSON? { fields.first { $0.name == name }?.json(root) }

    /// Writes the object of a value, members in order.
    func write(_ root: Root, to writer: inout JSONWriter) {
        writer.object { writer in for index in fields.indices { fields[index].write(root, &writer) } }
    }
}

/// A value whose wire form is an object.
protocol DefinedObject: WireValue {
    static var definition: ObjectDefinition<Self> { get }
}

extension DefinedObject {
    init?(_ json: JSON) {
        let (value, findings) = Self.definition.read(json)
        guard !findings.containsError else { return nil }
        self = value
    }

    func write(to writer: inout JSONWriter) { Self.definition.write(self, to: &writer) }

    var json: JSON { Self.definition.json(self) }
}
