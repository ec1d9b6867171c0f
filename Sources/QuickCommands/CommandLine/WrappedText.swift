/// A line divided between its words, so that it fits into a width.
package struct WrappedText {
    package let lines: [String]

    /// - Parameters:
    ///   - line: its leading spaces stay.
    ///   - width: in characters; a word that is longer has a line of its own.
    ///   - indent: spaces before all lines but the first.
    package init(_ line: String, width: Int, indent: Int) {
        guard line.count > width else {
            lines = [line]
            return
        }
        let margin = String(line.prefix { $0 == " " })
        var lines: [String] = []
        var current = margin
        for word in line.split(separator: " ") {
            let isFirst = current.allSatisfy { $0 == " " }
            if !isFirst, current.count + 1 + word.count > width {
                lines.append(current)
                current = String(repeating: " ", count: indent) + word
            } else {
                current += (isFirst ? "" : " ") + word
            }
        }
        self.lines = lines + [current]
    }
}
