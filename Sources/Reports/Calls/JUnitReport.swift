public import CallSimulation
import Presentation

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
        let time = seconds(cases.reduce(.zero) { $0 + $1.time }, 3)
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
            "    <testcase classname=\(Markup.quoted(item.file)) name=\(Markup.quoted(item.name)) time=\"\(seconds(item.time, 3))\""
        if let (message, text) = item.failure {
            return
                "\(head)>\n      <failure message=\(Markup.quoted(message))>\(Markup.escaped(text))</failure>\n    </testcase>"
        }
        if let error = item.error {
            return "\(head)>\n      <error message=\"can't be run\">\(Markup.escaped(error))</error>\n    </testcase>"
        }
        return "\(head)/>"
    }
}
