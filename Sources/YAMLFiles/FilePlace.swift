package import Yams

/// Where something is in a file.
package struct FilePlace: Sendable, Hashable {
    /// The line, from 1.
    package let line: Int
    /// The column, from 1, in Unicode scalars.
    package let column: Int

    /// A place, both numbers from 1.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The beginning of a file.
    package static let start = FilePlace(line: 1, column: 1)
}

extension FilePlace {
    /// A place as Yams has it.
    package init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}

extension Node {
    /// Where it begins.
    package var place: FilePlace? { mark.map { FilePlace($0) } }

    /// The text of a scalar; nil if it is none.
    package var text: String? { scalar?.string }

    /// What a sequence holds; nil if it is none.
    package var list: [Node]? { sequence.map(Array.init) }
}
