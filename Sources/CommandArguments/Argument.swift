/// An argument that has no name, but a place.
@propertyWrapper
package final class Argument<Value>: ValueDeclaration<Value> {
    package var wrappedValue: Value {
        get { storage.read }
        set { storage.value = newValue }
    }
}

extension Argument where Value: ExpressibleByArgument {
    /// One that must be given.
    package convenience init(help: ArgumentHelp? = nil, completion: CompletionKind = .values) {
        let storage = ArgumentValue<Value>(nil)
        let definition = ArgumentDefinition(
            .positional, help: help, completion: completion, isOptional: false, allValues: Value.allValueStrings
        ) { word in try Value.read(word).map { storage.value = $0 } }
        self.init(storage, definition)
    }
}

extension Argument {
    /// One that may be left out.
    package convenience init<Element: ExpressibleByArgument>(
        help: ArgumentHelp? = nil, completion: CompletionKind = .values
    ) where Value == Element? {
        let storage = ArgumentValue<Value>(.some(nil))
        let definition = ArgumentDefinition(
            .positional, help: help, completion: completion, isOptional: true, allValues: Element.allValueStrings
        ) { word in try Element.read(word).map { storage.value = $0 } }
        self.init(storage, definition)
    }

    /// One or several.
    package convenience init<Element: ExpressibleByArgument>(
        help: ArgumentHelp? = nil, completion: CompletionKind = .values
    ) where Value == [Element] {
        let storage = ArgumentValue<Value>([])
        let definition = ArgumentDefinition(
            .positional, help: help, completion: completion, isOptional: false, isRepeating: true,
            allValues: Element.allValueStrings
        ) { word in try Element.read(word).map { storage.value?.append($0) } }
        self.init(storage, definition)
    }

    /// None, one or several.
    package convenience init<Element: ExpressibleByArgument>(
        wrappedValue: [Element], help: ArgumentHelp? = nil, completion: CompletionKind = .values
    ) where Value == [Element] {
        let storage = ArgumentValue<Value>(wrappedValue)
        var isFirst = true
        let definition = ArgumentDefinition(
            .positional, help: help, completion: completion, isOptional: true, isRepeating: true,
            allValues: Element.allValueStrings, defaultValue: wrappedValue.map(\.argument).joined(separator: ", ")
        ) { word in
            try Element.read(word).map { element in
                if isFirst { storage.value = [] }
                isFirst = false
                storage.value?.append(element)
            }
        }
        self.init(storage, definition)
    }
}
