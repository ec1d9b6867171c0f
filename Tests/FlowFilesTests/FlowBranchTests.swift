import FlowFiles
import RealTimeAPI
import Testing

/// On what flow files branch beside results: texts and hours.
@Suite struct FlowBranchTests {
    @Test(arguments: [
        ("+33612345678", "exact"), ("+33699999999", "mobile"), ("+33100000001", "french"), ("", "hidden"),
        ("17", "short"), ("+49", "other"), ("49+33", "other"), ("anonymous", "ends"),
    ])
    func `match branches on a text`(_ number: String, _ target: String) async throws {
        let targets = ["exact", "mobile", "french", "hidden", "short", "other", "ends"]
        let yaml = """
            flow: f
            steps:
              who:
                match: "${cli_number}"
                on: { "+336...": mobile, "+33...": french, "+33612345678": exact, "": hidden, 15-18: short, "a...n...mous": ends }
                next: other

            """ + targets.map { "  \($0): { play: { say: \($0) } }\n" }.joined()
        var request = FlowCalls.request
        request.callerNumber = number
        #expect(try await FlowCalls.heard(yaml, .none, [], request) == [target])
    }

    @Test(arguments: [
        ("2026-11-30 07:59:59", "closed"), ("2026-11-30 08:00:00", "open"), ("2026-11-30 16:29:00", "open"),
        ("2026-11-30 16:30:00", "closed"), ("2026-06-30 07:00:00", "open"), ("2026-11-29 10:00:00", "closed"),
        ("2026-11-28 10:00:00", "saturday"), ("", "unclear"), ("today", "unclear"), ("2026-13-30 08:00:00", "unclear"),
        ("2026-11-30T08:00:00", "unclear"), ("9999-12-31 23:59:59", "saturday"), ("0000-00-00 00:00:00", "unclear"),
    ])
    func `clock branches on when the call began, in the file's zone`(_ date: String, _ target: String) async throws {
        let yaml = """
            flow: f
            steps:
              when:
                clock: Europe/Paris
                on: { mon-fri 9:00-17:30: open, sat: saturday }
                next: closed
                error: unclear

            """ + ["open", "saturday", "closed", "unclear"].map { "  \($0): { play: { say: \($0) } }\n" }.joined()
        var request = FlowCalls.request
        request.dateStarted = date
        #expect(try await FlowCalls.heard(yaml, .none, [], request) == [target])
    }
}
