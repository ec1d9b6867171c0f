import Foundation

/// One input of a run.
///
/// All of it follows from the run's seed and the input's index.
protocol FuzzCase {
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
    func save(in folder: String, index: Int) throws {
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(index)-\(name)"))
    }
}

/// What became of an input: "converted", "read", or the code of the error that refused it.
struct Outcome {
    let name: String
    /// What is wrong with the result; nil as it should be.
    let flaw: String?
}
