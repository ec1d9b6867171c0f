import Yams

/// Where something is in a file.
struct FilePlace: Sendable, Hashable {
    /// The line, from 1.
    let line: Int
    /// The column, from 1, in Unicode scalars.
    let column: Int

    static let start = FilePlace(line: 1, column: 1)
}

extension FilePlace {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}

extension Node {
    /// Where it begins.
    var place: FilePlace? { mark.map { FilePlace($0) } }
}
