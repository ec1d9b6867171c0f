/// The parts of a path as it was written.
///
/// `FilePath` would write it anew, without doubled slashes and one at the end; users see names made of these parts.
package struct PathName: Sendable, Hashable {
    /// All up to and including the last slash.
    package let folder: String
    /// What follows the last slash.
    package let last: String

    /// The parts of a path.
    package init(_ path: String) {
        let split = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        folder = String(path[..<split])
        last = String(path[split...])
    }

    /// What follows the last dot; empty without one.
    package var ending: Substring {
        guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return "" }
        return last[last.index(after: dot)...]
    }

    /// The last part without its ending.
    package var stem: String {
        guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return last }
        return String(last[..<dot])
    }

    /// The path of a name in a folder.
    package static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// The path of a file that another file names: one that is relative begins where that file lies.
    ///
    /// - Parameter folder: what is before a relative name; empty, or with a slash at its end.
    package static func resolve(_ name: String, in folder: String) -> String {
        name.hasPrefix("/") ? name : folder + name
    }
}
