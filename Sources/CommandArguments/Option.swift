/// An argument that has a name, and a value behind that.
@propertyWrapper
package final class Option<Value>: ValueDeclaration<Value> {
    package var wrappedValue: Value {
        get { storage.read }
        set { storage.value = newValue }
    }
}

extension Option where Value: ExpressibleByArgument {
    /// One that must be given.
    package convenience init(
        name: [ArgumentName] = [.long], parsing: ValueParsing = .next, help: ArgumentHelp? = nil,
        completion: CompletionKind = .values
    ) {
        let storage = ArgumentValue<Value>(nil)
        let definition = ArgumentDefinition(
            .option(parsing), names: name, help: help, completion: completion, isOptional: false,
            allValues: Value.allValueStrings
        ) { word in try Value.read(word).map { storage.value = $0 } }
        self.init(storage, definition)
    }

    /// One that has a default.
    package convenience init(
        wrappedValue: Value, name: [ArgumentName] = [.long], parsing: ValueParsing = .next, help: ArgumentHelp? = nil,
        completion: CompletionKind = .values
    ) {
        let storage = ArgumentValue(wrappedValue)
        let definition = ArgumentDefinition(
            .option(parsing), names: name, help: help, completion: completion, isOptional: true,
            allValues: Value.allValueStrings, defaultValue: wrappedValue.argument
        ) { word in try Value.read(word).map { storage.value = $0 } }
        self.init(storage, definition)
    }
}

extension Option {
    /// One that may be left out.
    package convenience init<Element: ExpressibleByArgument>(
        name: [ArgumentName] = [.long], parsing: ValueParsing = .next, help: ArgumentHelp? = nil,
        completion: CompletionKind = .values
    ) where Value == Element? {
        let storage = ArgumentValue<Value>(.some(nil))
        let definition = ArgumentDefinition(
            .option(parsing), names: name, help: help, completion: completion, isOptional: true,
            allValues: Element.allValueStrings
        ) { word in try Element.read(word).map { storage.value = $0 } }
        self.init(storage, definition)
    }

    /// One that may be given several times.
    package convenience init<Element: ExpressibleByArgument>(
        wrappedValue: [Element], name: [ArgumentName] = [.long], parsing: ValueParsing = .next,
        help: ArgumentHelp? = nil, completion: CompletionKind = .values
    ) where Value == [Element] {
        let storage = ArgumentValue<Value>(wrappedValue)
        let definition = ArgumentDefinition(
            .option(parsing), names: name, help: help, completion: completion, isOptional: true, isRepeating: true,
            allValues: Element.allValueStrings
        ) { word in try Element.read(word).map { storage.value?.append($0) } }
        self.init(storage, definition)
    }

    /// One that may be left out, and whose words a function reads.
    package convenience init<Element>(
        name: [ArgumentName] = [.long], parsing: ValueParsing = .next, help: ArgumentHelp? = nil,
        completion: CompletionKind = .values, transform: @escaping (String) throws -> Element
    ) where Value == Element? {
        let storage = ArgumentValue<Value>(.some(nil))
        let definition = ArgumentDefinition(
            .option(parsing), names: name, help: help, completion: completion, isOptional: true
        ) { word in storage.value = try transform(word) }
        self.init(storage, definition)
    }

    /// One that has a default, and whose words a function reads.
    package convenience init(
        wrappedValue: Value, name: [ArgumentName] = [.long], parsing: ValueParsing = .next, help: ArgumentHelp? = nil,
        completion: CompletionKind = .values, transform: @escaping (String) throws -> Value
    ) {
        let storage = ArgumentValue(wrappedValue)
        let definition = ArgumentDefinition(
            .option(parsing), names: name, help: help, completion: completion, isOptional: true
        ) { word in storage.value = try transform(word) }
        self.init(storage, definition)
    }

    /// One that may be given several times, and whose words a function reads.
    package convenience init<Element>(
        wrappedValue: [Element], name: [ArgumentName] = [.long], parsing: ValueParsing = .next,
        help: ArgumentHelp? = nil, completion: CompletionKind = .values,
        transform: @escaping (String) throws -> Element
    ) where Value == [Element] {
        let storage = ArgumentValue<Value>(wrappedValue)
        let definition = ArgumentDefinition(
            .option(parsing), names: name, help: help, completion: completion, isOptional: true, isRepeating: true
        ) { word in storage.value?.append(try transform(word)) }
        self.init(storage, definition)
    }
}
