/// Makes a value of the members of an object, which it takes one by one.
struct ObjectReader<Root: Sendable> {
    private let definition: ObjectDefinition<Root>
    private var root: Root
    /// What there is to say of each field; nil of those that have not come.
    private var findings: [[Finding]?]
    /// The field after the last one: members mostly come in the order of their definition.
    private var next = 0
    private var unknown: [String] = []
    /// The fields that came more than once.
    private var repeated: Set<Int> = []

    init(_ definition: ObjectDefinition<Root>) {
        self.definition = definition
        root = definition.blank()
        findings = Array(repeating: nil, count: definition.fields.count)
    }

    /// Takes a member; of two with the same name the second counts, as in most readers.
    mutating func take(_ name: String, _ value: JSON) {
        guard let index = index(of: name) else { return unknown.append(name) }
        next = index + 1
        if findings[index] != nil { repeated.insert(index) }
        findings[index] = definition.fields[index].kind.findings(value)
        definition.fields[index].set(&root, value)
    }

    private func index(of name: String) -> Int? {
        let names = definition.fieldNames
        return names[next...].firstIndex(of: name) ?? names[..<next].firstIndex(of: name)
    }

    /// The value, and what there is to say of it, in the order of the fields.
    func finish() -> (value: Root, findings: [Finding]) {
        var all: [Finding] = []
        for index in findings.indices {
            var found = findings[index] ?? definition.fields[index].absence
            if repeated.contains(index) { found.append(.repeated) }
            if !found.isEmpty { all += found.inside(definition.fieldNames[index]) }
        }
        all += unknownMembers(unknown, known: definition.fieldNames, meant: definition.otherNames)
        if let check = definition.check, !all.containsError { all += check(root) }
        return (root, all)
    }
}
