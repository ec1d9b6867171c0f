import CallSimulation
import Foundation
import Testing

/// What happened in a call, as it is written down.
@Suite struct TranscriptTests {
    @Test func `the kinds of events keep their words, which scripts look for in the lines of JSON`() throws {
        let words = try Transcript.Event.Kind.allCases.map {
            String(decoding: try JSONEncoder().encode($0), as: UTF8.self)
        }
        #expect(
            words.joined(separator: " ") == """
                "request" "answer" "plays" "says" "presses" "key" "is" "ends" "hears" "rings" "answers" "is not reached" \
                "joins" "leaves" "records" "sends" "hangs up" "note" "end" "refused"
                """)
    }
}
