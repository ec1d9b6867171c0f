import Files

/// Where a result goes.
public enum OutputTarget: Sendable, Hashable {
    /// A file, named by its path. A named pipe or a device is written to.
    case file(String)
    /// An open descriptor, such as 1 for standard output, and the name that messages call it by. It is not closed.
    case descriptor(Int32, name: String)

    /// What messages call the target.
    public var name: String {
        switch self {
        case .file(let path): path
        case .descriptor(_, let name): name
        }
    }
}

extension FileIdentity {
    /// The identity of the file that a result goes to, or nil if there is none yet.
    init?(_ target: OutputTarget) {
        switch target {
        case .file(let path): self.init(path: path)
        case .descriptor(let number, let name):
            // One that is closed is told when it is written to.
            guard let status = try? OpenFile(duplicating: number, name: name).status() else { return nil }
            self = status.identity
        }
    }
}

/// What a result looks like.
public enum OutputForm: Sendable, Hashable {
    /// A WAV file.
    case wav
    /// The WAV file in base64, without line breaks, in the midst of a text: a message that carries audio, for example.
    case text(before: String, after: String)

    /// The WAV file in base64, in one line.
    public static let base64 = text(before: "", after: "\n")

    /// What stands before and after the WAV file.
    var frame: (head: String, tail: String) {
        switch self {
        case .wav: ("", "")
        case .text(let before, let after): (before, after)
        }
    }
}
