import Foundation
import TestSupport
import Testing

/// `rtmedia call --each`: a call for each recording, and its verdict beside its label.
@Suite(.waiting, .timeLimit(.minutes(10))) struct CallEachTests {
    let place = Workplace()
    private let handler: HandlerProgram

    /// A call in JSON.
    private struct Record: Decodable {
        let file: String
        let label: String?
        let is_talk: Bool?
        let result: String?
        let after_ms: Int?
        let judgement: String
        let status: String
        let refused: String?
    }

    init() throws {
        let listen =
            #"{"command":"play_talk_detect","params":{"media_id":"1","min_ms":300,"max_ms":5000,"silence_ms":300,"analysistime_ms":6000}}"#
        handler = try .steps("[\(listen)]")
        // A second of noise is talk by its level; quiet.wav lies among the talk, and has none.
        let made = try place.shell(
            """
            set -e; mkdir -p lib calls/human calls/silence
            sox -n -r 8000 -c 1 -b 16 lib/1.wav synth 8 sin 300 vol 0.1
            sox -n -r 8000 -c 1 -b 16 calls/human/hello.wav synth 1 whitenoise vol 0.2 pad 0 3
            sox -n -r 8000 -c 1 -b 16 calls/human/quiet.wav trim 0 4
            sox -n -r 8000 -c 1 -b 16 calls/silence/nobody.wav trim 0 4
            """)
        try #require(made.status == 0, "\(made.errors)")
    }

    private func call(_ words: String...) throws -> Workplace.Run {
        try place.run("rtmedia", ["call", handler.address, "--media", "lib", "--each", "calls"] + words)
    }

    @Test("each recording is a call, whose verdict is beside what is on it, and the exit code is 1 if one is wrong")
    func verdicts() throws {
        let run = try call()
        #expect(run.status == 1 && run.errors.isEmpty, "\(run.errors)")
        #expect(
            run.text == """
                calls/human/hello.wav: human: TALK after 1.82 s: found
                calls/human/quiet.wav: human: 0 after 8.0 s: missed
                calls/silence/nobody.wav: silence: 0 after 8.0 s: quiet
                3 calls: 1 found, 1 quiet, 1 missed, 0 false

                """, "\(run.text)")
        #expect(try call("--quiet").text == "calls/human/quiet.wav: human: 0 after 8.0 s: missed\n")
        try #require(try place.shell("rm calls/human/quiet.wav").status == 0)
        #expect(try call().status == 0)
    }

    @Test("in JSON each call is a line; other names and label files say what is on recordings")
    func json() throws {
        let run = try call("--json", "--talk", "silence")
        #expect(run.status == 1)
        let records = try run.jsonLines(Record.self)
        #expect(records.map(\.judgement) == ["false", "quiet", "missed"])
        #expect(records.map(\.is_talk) == [false, false, true] && records.map(\.result) == ["TALK", "0", "0"])
        #expect(records.allSatisfy { $0.status == "HANGUP" && $0.refused == nil && $0.after_ms! > 1000 })
        try place.write(Array("file,label\nhello.wav,talk\nquiet.wav,no-talk\n".utf8), to: "labels.csv")
        let labelled = try call("--json", "--labels", "labels.csv")
        #expect(try labelled.jsonLines(Record.self).map(\.judgement) == ["found", "quiet", "unlabelled"])
        #expect(labelled.status == 0)
    }

    @Test("calls are recorded by the names of their recordings; what can't be read is told, and the others are called")
    func recorded() throws {
        try place.write(Array("no audio at all, but a text".utf8), to: "calls/human/notes.wav")
        let run = try call("--record", "out")
        #expect(run.status == 65 && run.errors.hasPrefix("rtmedia: calls/human/notes.wav: "), "\(run.errors)")
        #expect(run.text.contains("3 calls: "))
        for name in ["human/hello.wav.txt", "human/hello.wav.wav", "silence/nobody.wav.jsonl"] {
            #expect(place.files.contains("out/\(name)"), "\(name)")
        }
        let again = try call("--record", "out")
        #expect(again.status == 73 && again.output.isEmpty && again.errors.contains("exists already"))
    }

    @Test("a handler that does not listen is wrong, and nobody is unavailable")
    func wrong() throws {
        let deaf = try HandlerProgram.steps(#"[{"command":"wait","params":{"wait":1}}]"#)
        let run = try place.rtmedia("call", deaf.address, "--each", "calls")
        #expect(run.status == 1 && run.text.contains("hello.wav: human: play_talk_detect has not answered: unasked"))
        let port = try RefusingPort()
        let nobody = try place.rtmedia("call", "http://127.0.0.1:\(port.number)/", "--each", "calls")
        #expect(nobody.status == 69 && nobody.errors.components(separatedBy: "\n").count == 2, "\(nobody.errors)")
    }

    @Test(
        "what does not go with it is refused",
        arguments: [
            (["--each", "calls", "--say", "Hello"], "--each says what callers say"),
            (["--each", "calls", "--calls", "3"], "--each places a call for each recording"),
            (["--talk", "human"], "--labels and --talk are for the recordings of --each"),
        ])
    func usage(_ words: [String], _ message: String) throws {
        let run = try place.run("rtmedia", ["call", handler.address] + words)
        #expect(run.status == 64 && run.errors.contains(message), "\(run.errors)")
        let missing = try place.rtmedia("call", handler.address, "--each", "nosuch")
        #expect(missing.status == 66 && missing.errors.contains("nosuch"))
    }
}
