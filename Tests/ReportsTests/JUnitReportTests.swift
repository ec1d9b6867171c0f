import Presentation
import RealTimeAPI
import Reports
import TelephonyAudio
import Testing

@testable import CallSimulation

/// Scenarios as servers of continuous integration show them.
@Suite struct JUnitReportTests {
    private func report(_ name: String, differences: [String] = []) -> ScenarioReport {
        let outcome = CallOutcome(
            refusal: nil, status: .hangup, steps: [], variables: .emptyObject, transcript: Transcript(),
            caller: PhoneAudio(samples: []), platform: PhoneAudio(samples: []), callee: nil, recordings: [:],
            answerTimes: [], start: nil, duration: .zero, undone: [], warnings: [])
        return ScenarioReport(
            name: name,
            calls: [.init(name: "", outcome: outcome, differences: differences, count: differences.count)])
    }

    @Test("JUnit's XML has a test case for each scenario, and no character that XML has none for")
    func junit() {
        var junit = JUnitReport()
        junit.add(report("passes"), file: "a.yaml", time: .milliseconds(1500))
        junit.add(report("says \"\n\"", differences: ["- play -> \"0\" & 1"]), file: "b.yaml", time: .zero)
        junit.add(error: "a < \u{1} & \"b\"", file: "c.yaml", name: "broken")
        #expect(
            junit.xml == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites tests="3" failures="1" errors="1" time="1.500">
                  <testsuite name="rtmedia call" tests="3" failures="1" errors="1" time="1.500">
                    <testcase classname="a.yaml" name="passes" time="1.500"/>
                    <testcase classname="b.yaml" name="says &quot;&#10;&quot;" time="0.000">
                      <failure message="1 difference">- play -&gt; "0" &amp; 1</failure>
                    </testcase>
                    <testcase classname="c.yaml" name="broken" time="0.000">
                      <error message="can't be run">a &lt; \u{FFFD} &amp; "b"</error>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }
}
