import RealTimeAPI
import Testing

@testable import CallFlows

/// What stands in journals of calls in progress, which the next version of the program has to read.
@Suite struct JournalEntryTests {
    @Test func `every command has a code, and keeps it`() {
        #expect(Set(JournalEntry.commands) == Set(Command.names))
        let codes = [
            "conference": 0, "hangup_callid": 3, "play": 4, "play_wav_data": 7, "read": 8, "record": 9, "wait": 14,
        ]
        for (command, code) in codes { #expect(JournalEntry.code(command) == UInt8(code)) }
    }
}
