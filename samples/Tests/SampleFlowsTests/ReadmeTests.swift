import Foundation
import Testing

/// The README's Swift is that of ``ReadmeExamples``, which has been compiled.
@Suite struct ReadmeTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(samplesFolder)/\(path)", encoding: .utf8)
    }

    /// A text without its white space, in which the formatter's lines and the README's differ.
    private static func dense(_ text: some StringProtocol) -> String { String(text.filter { !$0.isWhitespace }) }

    @Test func `each block of Swift is compiled`() throws {
        let compiled = try Self.text("Tests/SampleFlowsTests/ReadmeExamples.swift")
        let manifest = Self.dense(try Self.text("Package.swift"))
        let blocks = try Self.text("../README.md").matches(of: /```swift\n((?:.|\n)*?)```/).map(\.1)
        #expect(blocks.count == 8)
        for block in blocks {
            let lines = block.split(separator: "\n")
            if block.contains("// Package.swift") {
                // What comes before it is where the package lies, which a package beside it says otherwise.
                #expect(manifest.contains(Self.dense(lines.last ?? "nothing")), "\(block)")
                continue
            }
            let imports = lines.filter { $0.hasPrefix("import ") }
            for line in imports { #expect(compiled.contains("\(line)\n"), "\(line)") }
            let code = lines.filter { !$0.hasPrefix("import ") }.joined()
            #expect(!code.isEmpty && Self.dense(compiled).contains(Self.dense(code)), "\(block)")
        }
    }
}
