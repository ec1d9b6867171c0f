/// Reports on scenarios in JUnit's XML, which servers of continuous integration show.
public struct JUnitReport: Sendable {
    /// A scenario file, and what became of it.
    private struct Case {
        let file: String
        let name: String
        let time: Duration
        let failure: (message: String, text: String)?
        let error: String?
    }

    private var cases: [Case] = []

    /// A report without scenarios.
    public init() {}

    /// Adds a scenario that was run.
    ///
    /// - Parameter time: how long that took, in real time.
    public mutating func add(_ report: ScenarioReport, file: String, time: Duration) {
        let several = report.count == 1 ? "" : "s"
        cases.append(
            Case(
                file: file, name: report.name, time: time,
                failure: report.isPassed ? nil : ("\(report.count) difference\(several)", report.text), error: nil))
    }

    /// Adds a scenario that could not be run.
    public mutating func add(error: String, file: String, name: String) {
        cases.append(Case(file: file, name: name, time: .zero, failure: nil, error: error))
    }

    /// The report.
    public var xml: String {
        let failures = cases.count { $0.failure != nil }
        let errors = cases.count { $0.error != nil }
        let time = Self.seconds(cases.reduce(.zero) { $0 + $1.time })
        let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" time=\"\(time)\""
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites \(counts)>
              <testsuite name="rtmedia call" \(counts)>
            \(cases.map(Self.element).joined(separator: "\n"))
              </testsuite>
            </testsuites>

            """
    }

    private static func element(_ item: Case) -> String {
        let head =
            "    <testcase classname=\(quoted(item.file)) name=\(quoted(item.name)) time=\"\(seconds(item.time))\""
        if let (message, text) = item.failure {
            return "\(head)>\n      <failure message=\(quoted(message))>\(escaped(text))</failure>\n    </testcase>"
        }
        if let error = item.error {
            return "\(head)>\n      <error message=\"can't be run\">\(escaped(error))</error>\n    </testcase>"
        }
        return "\(head)/>"
    }

    private static func seconds(_ time: Duration) -> String {
        let milliseconds = Int(time / .milliseconds(1))
        return "\(milliseconds / 1000)." + String(1000 + milliseconds % 1000).dropFirst()
    }

    private static func quoted(_ text: String) -> String {
        "\"" + escaped(text).replacing("\"", with: "&quot;").replacing("\n", with: "&#10;") + "\""
    }

    /// Without the characters that XML 1.0 has no form for.
    private static func escaped(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            let isText = scalar.value >= 32 || [9, 10, 13].contains(scalar.value)
            return isText && scalar.value != 0xFFFE && scalar.value != 0xFFFF ? scalar : "\u{FFFD}"
        }
        var clean = ""
        clean.unicodeScalars.append(contentsOf: scalars)
        return clean.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
