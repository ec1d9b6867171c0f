/// An argument that is given or not.
@propertyWrapper
package final class Flag: ValueDeclaration<Bool> {
    package var wrappedValue: Bool {
        get { storage.read }
        set { storage.value = newValue }
    }

    package init(wrappedValue: Bool, name: [ArgumentName] = [.long], help: ArgumentHelp? = nil) {
        let storage = ArgumentValue<Bool>(wrappedValue)
        super.init(
            storage,
            ArgumentDefinition(.flag, names: name, help: help, isOptional: true) { _ in storage.value = true })
    }
}

/// Arguments that several commands have.
@propertyWrapper
package final class OptionGroup<Group>: ArgumentDeclaration {
    package let wrappedValue: Group
    private let title: String?
    private let members: [ArgumentDeclaration]
    private let validate: () throws -> Void

    /// - Parameter title: the heading under which help shows them; nil for that of those around them.
    package init(title: String? = nil) where Group: ParsableArguments {
        let group = Group()
        wrappedValue = group
        self.title = title
        members = group.declarations
        validate = group.validate
    }

    override var definitions: [ArgumentDefinition] {
        let definitions = members.flatMap(\.definitions)
        if let title { for definition in definitions { definition.section = title } }
        return definitions
    }

    override func check() throws {
        for member in members { try member.check() }
        try validate()
    }
}
