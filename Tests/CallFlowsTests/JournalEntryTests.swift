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

    @Test(arguments: [
        (JournalEntry.result(code: 8, ResultText("21")), "Is21"), (.filler, "h"),
        (.failure(code: 4, "no media"), "Exno%20media"), (.refusal(code: 7, "a.wav"), "Hra%2ewav"),
        (.value(name: JournalEntry.hash("look up"), "7"), "o2c654fbf7"),
        (.stepFailure(name: JournalEntry.hash("look up"), "x"), "f2c654fbfx"),
        (.kept(name: "age", isShown: true), "kage"), (.kept(name: "age", isShown: false), "lage"),
    ])
    func `an entry has the text that it had in earlier versions`(_ entry: JournalEntry, _ text: String) {
        var written: [UInt8] = []
        entry.append(to: &written)
        #expect(String(decoding: written, as: UTF8.self) == text)
        #expect(JournalEntry(written[...]) == entry)
    }

    @Test(arguments: [
        "2.f.1.0.UP..", "2.f.1.3.UP..Is21.h", "2.f.1.4.UP.h.Is21.h", "2.f.1.5.INCOMING_CALL.f1", "2.f.1.6.UP.r12",
    ])
    func `a journal has the text that it had in earlier versions`(_ text: String) throws {
        let journal = try #require(Journal(text: Array(text.utf8)[...]))
        #expect(String(decoding: journal.text, as: UTF8.self) == text)
    }

    @Test(arguments: [
        ("Is21", #"{}"#), ("Is21.kage", #"{"age":"21"}"#), ("In21.kage", #"{"age":21}"#), ("Is21.lage", "{}"),
        ("Is21.h.h.kage.Is3.kmore", #"{"age":"21","more":"3"}"#), ("Is1.ka.Is2.kb.Is3.ka", #"{"a":"3","b":"2"}"#),
        ("o2c654fbf7.kn", #"{"n":7}"#), ("o2c654fbf{.kn", "{}"), ("kage", "{}"), ("Exno%20media.kage", "{}"),
    ])
    func `what is kept is the outcome of the step before its name`(_ entries: String, _ kept: String) throws {
        let journal = try #require(Journal(text: Array("2.f.1.1.UP..\(entries)".utf8)[...]))
        #expect(try JSONText(encoding: .object(journal.kept)).text == kept)
    }
}
