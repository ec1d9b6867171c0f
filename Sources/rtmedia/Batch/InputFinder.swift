import AudioConversion
import Glibc

/// An input file, and where it lies in the folder that was named on the command line.
struct FoundInput: Sendable, Hashable {
    /// The path to open.
    let path: String
    /// The path under the folder that was walked, or the file's name if it was named itself.
    let relativePath: String
    /// Whether a folder was walked: what is not audio there is passed over.
    let isWalked: Bool

    /// Where the audio comes from; `-` is standard input.
    var source: AudioSource {
        path == "-" ? .descriptor(0, name: "standard input") : .file(path)
    }
}

/// Finds the files in folders.
enum InputFinder {
    /// The inputs that arguments stand for: files as they are, folders with all that is in and under them, by name.
    ///
    /// Hidden files and folders, and links to folders, are passed over.
    ///
    /// - Parameter output: a folder that lies in one of these and is passed over too, since it holds results.
    static func find(_ arguments: [String], besides output: String? = nil) -> [FoundInput] {
        let output = output.flatMap { FileIdentity(path: $0) }
        return arguments.flatMap { argument in
            isDirectory(argument)
                ? walk(argument, under: "", besides: output)
                : [FoundInput(path: argument, relativePath: PathName(argument).last, isWalked: false)]
        }
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func walk(_ folder: String, under prefix: String, besides output: FileIdentity?) -> [FoundInput] {
        guard let handle = opendir(folder) else {
            return [FoundInput(path: folder, relativePath: prefix, isWalked: false)]
        }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        closedir(handle)
        return names.sorted().flatMap { name -> [FoundInput] in
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            let relativePath = prefix.isEmpty ? name : "\(prefix)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else {
                // Not to be found again, as under a name that is no UTF-8: a failure to tell, not to pass over.
                return [FoundInput(path: path, relativePath: relativePath, isWalked: false)]
            }
            if status.st_mode & S_IFMT == S_IFDIR {
                return FileIdentity(status) == output ? [] : walk(path, under: relativePath, besides: output)
            }
            return isRegular(path) ? [FoundInput(path: path, relativePath: relativePath, isWalked: true)] : []
        }
    }

    private static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}

/// The parts of a path.
struct PathName {
    /// All up to and including the last slash.
    let folder: String
    /// What follows the last slash.
    let last: String

    init(_ path: String) {
        let split = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        folder = String(path[..<split])
        last = String(path[split...])
    }

    /// What follows the last dot; empty without one.
    var ending: Substring {
        guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return "" }
        return last[last.index(after: dot)...]
    }

    /// The last part without its ending.
    var stem: String {
        guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return last }
        return String(last[..<dot])
    }
}
