import CallSimulation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// Who is called by `dialout`.
@Suite(.waiting, .timeLimit(.minutes(15))) struct DialoutTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let callees: [Callee?]
        let result: String?
        /// How long the call is, in milliseconds: the ring times, at most 5 s each, and what follows an answer.
        let length: Int
        var testDescription: String { name }
    }

    static let hello = CallerScript([.init(.joined, .sound(PythonHandler.tone(.seconds(1))), delay: .zero)])

    static let cases = [
        Case(name: "no such number", callees: [nil], result: "NOANSWER", length: 5000),
        Case(name: "never answers", callees: [Callee(.never)], result: "NOANSWER", length: 5000),
        Case(name: "answers too late", callees: [Callee(.after(.seconds(5)))], result: "NOANSWER", length: 5000),
        Case(name: "busy", callees: [Callee(.busy)], result: "NOANSWER", length: 1000),
        Case(name: "no room in the network", callees: [Callee(.congestion)], result: "NOANSWER", length: 1000),
        Case(name: "refused", callees: [Callee(.rejected(after: .seconds(2)))], result: "NOANSWER", length: 2000),
        Case(
            name: "one after another", callees: [Callee(.busy), Callee(.never), nil], result: "NOANSWER", length: 11_000
        ),
        Case(name: "answered", callees: [Callee(.after(.seconds(2)), hello)], result: nil, length: 2000 + 1000 + 500),
        Case(
            name: "the second answers, the third is not called",
            callees: [Callee(.busy), Callee(.after(.seconds(3)), hello), Callee(.after(.seconds(1)), hello)],
            result: nil,
            length: 1000 + 3000 + 1000 + 500),
    ]

    static func dial(_ count: Int, _ more: String = "") -> String {
        let targets = (0..<count).map { #"{"number":"+3312345670\#($0)","timeout":5}"# }.joined(separator: ",")
        return CommandResultTests.command("dialout", #""targets":[\#(targets)]"# + more)
    }

    static func callees(_ callees: [Callee?]) -> [String: Callee] {
        var byNumber: [String: Callee] = [:]
        for (index, callee) in callees.enumerated() { byNumber["+3312345670\(index)"] = callee }
        return byNumber
    }

    @Test("Targets ring in turn, each for its time, until one answers", arguments: cases)
    func targets(_ example: Case) async throws {
        let outcome = try await PythonHandler(Self.dial(example.callees.count)).call {
            $0.callees = Self.callees(example.callees)
        }
        #expect(outcome.steps.map(\.result) == [example.result])
        #expect(outcome.status == .hangup)
        #expect(outcome.duration == .milliseconds(example.length))
    }

    @Test("The caller hears ring tone, then the callee; the whisper is the callee's alone")
    func sounds() async throws {
        let outcome = try await PythonHandler(Self.dial(1, #","whisper":"1","ringtone":"RING""#)).call {
            $0.callees = Self.callees([
                Callee(
                    .after(.seconds(2)),
                    CallerScript([.init(.joined, .sound(PythonHandler.tone(.seconds(1), frequency: 700)), delay: .zero)]
                    ))
            ])
        }
        let heard = outcome.platform
        #expect(heard.amplitude(of: 440, from: .zero, for: .milliseconds(1500)) > 2500)
        #expect(heard.amplitude(of: 440, from: .milliseconds(1600), for: .seconds(3)) < 50)
        // The whisper is a tone of 300 Hz from 2 s to 4 s.
        #expect(heard.amplitude(of: 300, from: .seconds(2), for: .seconds(2)) < 50)
        #expect(heard.amplitude(of: 700, from: .seconds(4), for: .seconds(1)) > 15_000)
        #expect(outcome.transcript.events.contains { $0.leg == .callee && $0.kind == .hears && $0.text == "1" })
        let callee = try #require(outcome.callee)
        #expect(callee.heard.amplitude(of: 300, from: .zero, for: .seconds(2)) > 15_000)
        #expect(callee.heard.amplitude(of: 440, from: .zero, for: .seconds(3)) < 50)
        #expect(callee.said.amplitude(of: 700, from: .seconds(2), for: .seconds(1)) > 15_000)
        #expect(callee.said.duration == callee.heard.duration)
    }

    @Test("Music does not pause")
    func music() async throws {
        let outcome = try await PythonHandler(Self.dial(1, #","ringtone":"MUSIC""#)).call()
        for second in 0..<5 {
            #expect(outcome.platform.amplitude(of: 330, from: .seconds(second), for: .seconds(1)) > 700)
        }
    }

    @Test("The callee's keys are heard, and a hang-up of either ends both legs")
    func legs() async throws {
        let keys = CallerScript([.init(.joined, CommandResultTests.keys("42")), .init(.done, .hangUp)])
        let first = try await PythonHandler(Self.dial(1)).call {
            $0.callees = Self.callees([Callee(.after(.seconds(1)), keys)])
        }
        #expect(first.transcript.events.filter { $0.leg == .callee && $0.kind == .key }.map(\.text) == ["4", "2"])
        #expect(first.transcript.events.contains { $0.leg == .callee && $0.kind == .hangsUp })
        let talkative = CallerScript([.init(.joined, .sound(PythonHandler.tone(.seconds(60))))])
        let second = try await PythonHandler(Self.dial(1)).call([
            .init(.joined, CommandResultTests.talk), .init(.done, .hangUp),
        ]) { $0.callees = Self.callees([Callee(.after(.seconds(1)), talkative)]) }
        #expect(second.transcript.events.contains { $0.leg == .caller && $0.kind == .hangsUp })
        #expect(second.duration == .milliseconds(1000 + 500 + 1000))
    }

    @Test("A call recording has both legs of what is joined")
    func recorded() async throws {
        let start = CommandResultTests.command("start_call_recording", #""announce":"0","feeds":"both""#)
        let outcome = try await PythonHandler(start, Self.dial(1)).call([
            .init(.joined, .sound(PythonHandler.tone(.seconds(1), frequency: 900)), delay: .zero)
        ]) { $0.callees = Self.callees([Callee(.after(.seconds(1)), Self.hello)]) }
        let recording = try #require(outcome.recordings.values.first)
        #expect(recording.amplitude(of: 300, from: .seconds(1), for: .seconds(1)) > 15_000)
        #expect(recording.amplitude(of: 900, from: .seconds(1), for: .seconds(1)) > 15_000)
        #expect(try #require(outcome.callee).heard.amplitude(of: 900, from: .zero, for: .seconds(1)) > 15_000)
        // The ring tone is neither's.
        #expect(recording.amplitude(of: 440, from: .zero, for: .seconds(1)) < 50)
    }
}
