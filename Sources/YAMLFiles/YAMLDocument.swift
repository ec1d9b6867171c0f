import Files
package import Yams

/// Reads YAML so that no text can take more memory or time than its size allows.
package enum YAMLDocument {
    /// The most bytes that a file may have.
    package static let maximumBytes = 256 << 10

    /// Why text is no document.
    package struct Failure: Error {
        /// Where that is found out.
        package let mark: FilePlace
        /// One sentence, without its subject.
        package let message: String
    }

    /// The document's root.
    ///
    /// libyaml bounds how deep values are nested. Aliases, by which a short text can stand for a huge one, are refused
    /// before it sees them.
    ///
    /// - Parameter kind: what the document is, as in "flow file".
    package static func root(_ text: String, of kind: String) throws(Failure) -> Node {
        guard text.utf8.count <= maximumBytes else {
            throw Failure(mark: .start, message: "has more than \(maximumBytes) bytes, which no \(kind) needs")
        }
        if let alias = aliasedName(text) {
            throw Failure(
                mark: .start, message: "has an alias, *\(alias), which \(kind)s can't: write the value out")
        }
        do {
            guard let node = try Parser(yaml: text).singleRoot() else {
                throw Failure(mark: .start, message: "is empty")
            }
            return node
        } catch let failure as Failure { throw failure } catch { throw Failure(error) }
    }

    /// The text of a file.
    ///
    /// - Parameter kind: what it is, as in "flow file".
    /// - Throws: a ``FileError`` if it is no file, is too long, can't be read, or is not UTF-8.
    package static func text(path: String, of kind: String) throws(FileError) -> String {
        // A pipe would be waited for; what can't be looked at can't be opened either.
        if let kind = FileStatus.kind(of: path), kind != .regular { throw FileError(path, "is not a file") }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try OpenFile(reading: path).contents(limit: maximumBytes)
        } catch {
            switch error.operation {
            case .exceed: throw FileError(path, "has more than \(maximumBytes) bytes, which no \(kind) needs")
            case .open: throw FileError(path, "can't be opened: \(error.reason)")
            default: throw FileError(path, "can't be read: \(error.reason)")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw FileError(path, "is not UTF-8") }
        return text
    }

    /// A name that is both anchored and referred to, wherever in the text.
    private static func aliasedName(_ text: String) -> String? {
        let anchors = names(after: UInt8(ascii: "&"), Array(text.utf8))
        return anchors.isEmpty ? nil : names(after: UInt8(ascii: "*"), Array(text.utf8)).first(where: anchors.contains)
    }

    private static func names(after sign: UInt8, _ text: [UInt8]) -> Set<String> {
        var names: Set<String> = []
        for index in text.indices where text[index] == sign {
            let name = text[(index + 1)...].prefix { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
                    || byte == 45
            }
            if !name.isEmpty { names.insert(String(decoding: name, as: UTF8.self)) }
        }
        return names
    }
}

extension YAMLDocument.Failure {
    fileprivate init(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _)?, .parser(let context, let problem, let mark, _)?:
            let text = [context?.text, problem].compactMap { $0 }.joined(separator: " ")
            self.init(mark: FilePlace(mark), message: "not YAML: \(text)")
        case .composer(_, let problem, let mark, _)?: self.init(mark: FilePlace(mark), message: "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let names, let context)?:
            let keys = names.map { "\"\($0)\"" }.joined(separator: ", ")
            self.init(mark: FilePlace(context.mark), message: "\(keys) appears more than once")
        case .reader(let problem, _, _, _)?: self.init(mark: .start, message: "not YAML: \(problem)")
        case .memory?: self.init(mark: .start, message: "not YAML: values are nested too deep")
        default: self.init(mark: .start, message: "not YAML")
        }
    }
}
