import Files

/// An input file, and where it lies in the folder that was named on the command line.
package struct FoundInput: Sendable, Hashable {
    /// The path to open.
    package let path: String
    /// The path under the folder that was walked, or the file's name if it was named itself.
    package let relativePath: String
    /// Whether a folder was walked: what is not audio there is skipped.
    package let isWalked: Bool

    /// Where the audio comes from; `-` is standard input.
    package var source: AudioSource {
        path == "-" ? .descriptor(0, name: "standard input") : .file(path)
    }

    /// Whether it is standard input, and what comes there comes from a program or a terminal, as it comes.
    package var isPipedInput: Bool {
        guard path == "-", let input = try? OpenFile(duplicating: 0, name: path),
            let status = try? input.status()
        else { return false }  // what can't be looked at fails when it is read
        return status.kind == .stream
    }
}

/// Finds the files in folders.
package enum InputFinder {
    /// The inputs that arguments stand for: files as they are, folders with all that is in and under them, by name.
    ///
    /// Hidden files and folders, and links to folders, are skipped.
    ///
    /// - Parameter output: a folder that lies in one of these and is skipped too, since it holds results.
    package static func find(_ arguments: [String], besides output: String? = nil) -> [FoundInput] {
        let output = output.flatMap { FileIdentity(path: $0) }
        return arguments.flatMap { argument in
            isDirectory(argument)
                ? Folder.files(under: argument, except: output).map(FoundInput.init)
                : [FoundInput(named: argument)]
        }
    }

    package static func isDirectory(_ path: String) -> Bool { FileStatus.kind(of: path) == .folder }
}

extension FoundInput {
    /// An input that was named itself.
    package init(named path: String) { self.init(path: path, relativePath: PathName(path).last, isWalked: false) }

    /// What was found in a folder; what can't be looked at there is a failure to tell, as if it had been named.
    fileprivate init(_ entry: Folder.Entry) {
        self.init(path: entry.path, relativePath: entry.relativePath, isWalked: entry.isFile)
    }
}
