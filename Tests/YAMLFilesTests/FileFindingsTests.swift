import RealTimeAPI
import Testing

@testable import YAMLFiles

/// What is kept of what is found in a file.
@Suite struct FileFindingsTests {
    @Test("they are in the order of the file, whenever they were found")
    func order() {
        var findings = FileFindings(file: "menu.yaml")
        findings.add(.error, "c", FilePlace(line: 2, column: 9))
        findings.add(.warning, "d", FilePlace(line: 10, column: 1))
        findings.add(.error, "b", FilePlace(line: 2, column: 3))
        findings.add(.error, "a", nil)
        #expect(
            findings.sorted.map(\.description) == [
                "menu.yaml:1:1: error: a", "menu.yaml:2:3: error: b", "menu.yaml:2:9: error: c",
                "menu.yaml:10:1: warning: d",
            ])
    }

    @Test("200 are kept")
    func bound() {
        var findings = FileFindings(file: "menu.yaml")
        for line in 1...300 { findings.add(.error, "a", FilePlace(line: line, column: 1)) }
        #expect(findings.sorted.map(\.line) == Array(1...200))
    }

    @Test("what is said twice of one place is kept once")
    func repetition() {
        var findings = FileFindings(file: "menu.yaml")
        for message in ["a", "a", "b"] { findings.add(.error, message, FilePlace(line: 1, column: 1)) }
        #expect(findings.sorted.map(\.message).sorted() == ["a", "b"])
    }

    @Test("warnings alone do not keep a file from being used")
    func severity() {
        var findings = FileFindings(file: "menu.yaml")
        #expect(!findings.containsError)
        findings.add(.warning, "a", nil)
        #expect(!findings.containsError)
        findings.add(.error, "b", nil)
        #expect(findings.containsError)
    }

    @Test(
        "no text of a file moves a terminal's cursor",
        arguments: [
            ("a\nb\r\tc", #"a\u000ab\u000d\u0009c"#), ("\u{1b}[2Ja", #"\u001b[2Ja"#),
            ("a\u{7f}\u{9b}31mb", #"a\u007f\u009b31mb"#), ("é😀", "é😀"), ("a\u{202E}b\u{2028}c", #"a\u202eb\u2028c"#),
        ])
    func harmless(_ message: String, _ expected: String) {
        var findings = FileFindings(file: "menu.yaml")
        findings.add(.error, message, nil)
        #expect(findings.sorted.map(\.message) == [expected])
    }

    @Test("a long message is cut")
    func long() {
        var findings = FileFindings(file: "menu.yaml")
        findings.add(.error, String(repeating: "é", count: 400), nil)
        findings.add(.error, String(repeating: "x", count: 401), FilePlace(line: 2, column: 1))
        #expect(findings.sorted[0].message == String(repeating: "é", count: 400))
        #expect(findings.sorted[1].message == String(repeating: "x", count: 397) + "...")
    }

    @Test("an error says all that was found, a line each")
    func error() {
        var findings = FileFindings(file: "menu.yaml")
        findings.add(.error, "a", FilePlace(line: 1, column: 2))
        findings.add(.warning, "b", FilePlace(line: 3, column: 4))
        #expect(
            FileError(findings: findings.sorted).description
                == "menu.yaml:1:2: error: a\nmenu.yaml:3:4: warning: b")
        #expect(FileError("menu.yaml", "is empty").description == "menu.yaml:1:1: error: is empty")
    }
}
