/// Where audio comes from.
public enum AudioSource: Sendable, Hashable {
    /// A file, named by its path. A named pipe or a device is read to its end first.
    case file(String)
    /// An open descriptor, such as 0 for standard input, and the name that messages call it by. It is not closed.
    case descriptor(Int32, name: String)
    /// Bytes in memory, and the name that messages call them by.
    case bytes([UInt8], name: String)

    /// What messages call the source.
    public var name: String {
        switch self {
        case .file(let path): path
        case .descriptor(_, let name), .bytes(_, let name): name
        }
    }
}
