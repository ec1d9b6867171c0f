import Foundation

/// One input of a run.
///
/// All of it follows from the run's seed and the input's index.
package protocol FuzzCase {
    /// The seed that it was made of.
    var name: String { get }
    var bytes: [UInt8] { get }
    /// What it is, in a line.
    var summary: String { get }
    /// What else belongs to it; may have several lines.
    var details: String { get }

    /// Does with the input what rtmedia does with it, and checks what comes out.
    ///
    /// - Parameter folder: for files that are made on the way.
    func run(in folder: String) throws -> Outcome
}

extension FuzzCase {
    /// Writes the bytes to a folder.
    package func save(in folder: String, index: Int) throws {
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(index)-\(name)"))
    }
}

/// What became of an input: "converted", "read", or the code of the error that refused it.
package struct Outcome {
    package let name: String
    /// What is wrong with the result; nil as it should be.
    package let flaw: String?

    package init(name: String, flaw: String? = nil) {
        self.name = name
        self.flaw = flaw
    }
}

/// A whole file, or a text, that mutation starts from.
package struct Seed {
    package let name: String
    package let bytes: [UInt8]

    /// Those of a folder.
    package static func load(_ folder: String) throws -> [Seed] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
            Seed(name: name, bytes: Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
        }
    }
}
