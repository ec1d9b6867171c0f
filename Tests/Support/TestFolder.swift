import Foundation

/// A temporary folder of a test's own; it goes with its owner.
package final class TestFolder: Sendable {
    package let path: String

    package init() {
        path = "/tmp/rtmedia-test.\(UUID().uuidString)"
        try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        // What a test has made unreadable would stay.
        if (try? FileManager.default.removeItem(atPath: path)) == nil {
            _ = try? Process.run(URL(filePath: "/bin/rm"), arguments: ["-rf", path])
        }
    }

    /// The path of a file in it.
    package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// What is in it, hidden files too.
    package var names: [String] { try! FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    /// The files in it and in the folders in it, hidden ones too, by name.
    package var files: [String] {
        FileManager.default.enumerator(atPath: path)!.map { $0 as! String }.sorted().filter { name in
            var isFolder: ObjCBool = false
            return !FileManager.default.fileExists(atPath: self(name), isDirectory: &isFolder) || !isFolder.boolValue
        }
    }

    /// Writes a file, and makes its folders.
    package func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(filePath: self(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Writes a text file, and makes its folders.
    package func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    /// The content of a file in it.
    package func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: self(name))))
    }
}
