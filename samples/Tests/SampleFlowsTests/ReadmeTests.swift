import Foundation
import Testing

/// The Swift of the README and of the articles is that of ``ReadmeExamples``, `Tutorial.swift` and samples, which have been compiled.
@Suite struct ReadmeTests {
    /// The README, and the articles of all modules.
    static func documents() throws -> [String] {
        let sources = "\(samplesFolder)/../Sources"
        let articles = try FileManager.default.subpathsOfDirectory(atPath: sources)
            .filter { $0.contains(".docc/") && $0.hasSuffix(".md") }.sorted()
        return ["\(samplesFolder)/../README.md"] + articles.map { "\(sources)/\($0)" }
    }

    /// The code between fences of a language, in a document.
    static func blocks(_ language: String, in document: String) throws -> [String] {
        let text = try String(contentsOfFile: document, encoding: .utf8)
        let fence = try Regex("```\(language)\\n((?:.|\\n)*?)```", as: (Substring, Substring).self)
        return text.matches(of: fence).map { String($0.output.1) }
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(samplesFolder)/\(path)", encoding: .utf8)
    }

    /// A text without its white space, in which the formatter's lines and the document's differ.
    private static func dense(_ text: some StringProtocol) -> String { String(text.filter { !$0.isWhitespace }) }

    @Test func `each block of Swift is compiled`() throws {
        let sources = [
            "Tests/SampleFlowsTests/ReadmeExamples.swift", "Tests/SampleFlowsTests/Tutorial.swift",
            "hummingbird/main.swift",
        ]
        let compiled = try sources.map(Self.text).joined()
        let manifest = Self.dense(try Self.text("Package.swift"))
        let blocks = try Self.documents().flatMap { try Self.blocks("swift", in: $0) }
        #expect(blocks.count >= 15)
        for block in blocks {
            if block.contains("import PackageDescription") || block.hasPrefix(".product(") {
                // A manifest names the products as the one of the samples does.
                let products = block.matches(of: /\.product\(name: "[^"]+", package: "rtmedia"\)/)
                #expect(!products.isEmpty, "\(block)")
                for product in products { #expect(manifest.contains(Self.dense(product.output)), "\(block)") }
                continue
            }
            let lines = block.split(separator: "\n")
            let imports = lines.filter { $0.hasPrefix("import ") }
            for line in imports { #expect(compiled.contains("\(line)\n"), "\(line)") }
            let code = lines.filter { !$0.hasPrefix("import ") }.joined()
            #expect(!code.isEmpty && Self.dense(compiled).contains(Self.dense(code)), "\(block)")
        }
    }
}
