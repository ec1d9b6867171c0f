import Glibc

/// A file as another one names it.
struct FilePath {
    /// The path to open.
    let path: String

    /// - Parameter folder: what is before a relative name; empty, or with a `/` at its end.
    init(_ folder: String, _ name: String) { path = name.hasPrefix("/") ? name : folder + name }

    var isFolder: Bool { type == S_IFDIR }

    /// Whether it is a file that can be read to its end; a pipe would be waited for.
    var isFile: Bool { type == S_IFREG }

    private var type: mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
