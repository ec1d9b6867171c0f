import CallSimulation
import Glibc
import RealTimeAPI
import Synchronization
import TelephonyAudio
import TestSupport
import Testing

/// Callers who are there now.
@Suite(.waitingForTime, .timeLimit(.minutes(15))) struct LiveLineTests {
    @Test("a caller who is there hears what is played, and is heard")
    func tone() async throws {
        let read =
            #"{"command":"read","params":{"media_id":"TTS|TTS_EN-GB_DANIEL|A key","max_digits":1,"attempts":1,"timeout_ms":30000}}"#
        let handler = try HandlerProgram.steps("[\(read)]")
        let heard = Mutex<[Int16]>([])
        let line = LiveLine { frame in
            heard.withLock { $0 += frame }
            return true
        }
        let tone = PhoneAudio.dtmf([DTMFKey("5")!], duration: .milliseconds(100), pause: .milliseconds(60))
        let outcome = try await place(handler, line) { answers in if answers == 1 { line.take(tone.samples) } }
        #expect(outcome.refusal == nil && outcome.status == .hangup)
        #expect(outcome.steps.first?.result == "5")
        let figures = line.figures
        #expect(heard.withLock { $0.count } == 160 * figures.frameCount && heard.withLock { $0.contains(2000) })
        #expect(figures.droppedCount == 0 && figures.lateness.reduce(0, +) == figures.frameCount)
        // The clock has gone on while the handler was asked.
        #expect(outcome.duration == .milliseconds(20 * figures.frameCount))
    }

    @Test("keys that come beside the audio count, and who hangs up has hung up")
    func hangUp() async throws {
        let read =
            #"{"command":"read","params":{"media_id":"TTS|TTS_EN-GB_DANIEL|Keys","max_digits":5,"attempts":1,"timeout_ms":30000}}"#
        let handler = try HandlerProgram.steps("[\(read),\(read)]")
        let line = LiveLine { _ in true }
        let outcome = try await place(handler, line) { answers in
            if answers == 1 { for key in "12#" { line.take(DTMFKey(key)!) } }
            if answers == 2 { line.end() }
        }
        #expect(outcome.refusal == nil && outcome.status == .hangup)
        #expect(outcome.steps.map(\.result) == ["12", nil])
        #expect(outcome.transcript.events.contains { $0.leg == .caller && $0.kind == .hangsUp })
    }

    @Test("of what waits too long the oldest is dropped, and what has not come is silence")
    func figures() async throws {
        let handler = try HandlerProgram.steps(#"[{"command":"wait","params":{"wait":1}}]"#)
        let line = LiveLine { _ in true }
        line.take([Int16](repeating: 1000, count: 160 * 25 + 80))
        #expect(line.figures.droppedCount == 22)
        let outcome = try await place(handler, line) { _ in }
        #expect(outcome.steps.first?.result == "0")
        let figures = line.figures
        #expect(figures.frameCount >= 50 && figures.missingCount == figures.frameCount - 3)
    }

    @Test("while a prompt is made time goes on: silence is heard, and the command begins when it can be played")
    func making() async throws {
        let handler = try HandlerProgram.steps(
            #"[{"command":"play","params":{"media_id":"TTS|TTS_EN-GB_DANIEL|Slow"}}]"#)
        let heard = Mutex<[Int16]>([])
        let line = LiveLine { frame in
            heard.withLock { $0 += frame }
            return true
        }
        let outcome = try await place(handler, line, making: .milliseconds(600)) { _ in }
        let step = try #require(outcome.steps.first)
        #expect(step.end - step.start == .milliseconds(500) && step.start >= .milliseconds(580))
        let start = try #require(heard.withLock { $0.firstIndex(of: 2000) })
        #expect(start >= 580 * 8 && heard.withLock { $0.count } == 160 * line.figures.frameCount)
    }

    @Test("who is long behind gives the time up, and sends no burst")
    func behind() async throws {
        let handler = try HandlerProgram.steps(#"[{"command":"wait","params":{"wait":1}}]"#)
        let times = Mutex<[ContinuousClock.Instant]>([])
        let line = LiveLine { _ in
            times.withLock { $0.append(.now) }
            return true
        }
        // Nothing is exchanged while whoever observes the call takes so long.
        _ = try await place(handler, line) { answers in if answers == 1 { usleep(300_000) } }
        #expect(line.figures.lostTime >= .milliseconds(200))
        let gaps = times.withLock { times in zip(times.dropFirst(), times).map { $0 - $1 } }
        let pause = try #require(gaps.indices.max { gaps[$0] < gaps[$1] })
        // Three frames are what may come in a burst.
        #expect(gaps[(pause + 1)...].prefix(20).count { $0 < .milliseconds(5) } <= 3)
    }

    @Test("frames that are not taken are counted")
    func unsent() async throws {
        let handler = try HandlerProgram.steps(#"[{"command":"wait","params":{"wait":1}}]"#)
        let line = LiveLine { _ in false }
        _ = try await place(handler, line) { _ in }
        #expect(line.figures.unsentCount == line.figures.frameCount && line.figures.frameCount >= 50)
    }

    @Test("a key is heard as a tone in what the caller says, through the line's code, and others after it")
    func press() async throws {
        let read =
            #"{"command":"read","params":{"media_id":"TTS|TTS_EN-GB_DANIEL|Keys","max_digits":3,"attempts":1,"timeout_ms":30000}}"#
        let handler = try HandlerProgram.steps("[\(read)]")
        let line = LiveLine(code: .alaw) { _ in true }
        let outcome = try await place(handler, line) { answers in
            guard answers == 1 else { return }
            for key in "12#" { line.press(DTMFKey(key)!) }
            line.take([Int16](repeating: 1000, count: 1600))
        }
        #expect(outcome.steps.map(\.result) == ["12"])
        #expect(outcome.transcript.events.filter { $0.kind == .key }.map(\.text) == ["1", "2", "#"])
        // What was said while the keys were pressed is not heard; silence on this line is 8.
        let tones = outcome.caller.samples.filter { $0 != 8 }
        #expect(tones.count > 2 * 800 && tones.count < 3 * 800)
        #expect(tones.filter { $0 == 1008 }.count < 160)
    }

    /// Places a call.
    ///
    /// - Parameters:
    ///   - time: how long it takes to make a prompt.
    ///   - body: is told of each of the handler's answers, by its number.
    private func place(
        _ handler: HandlerProgram, _ line: LiveLine, making time: Duration = .zero,
        _ body: @escaping @Sendable (_ answers: Int) -> Void
    ) async throws -> CallOutcome {
        var setup = CallSetup(
            try HandlerAddress(handler.address),
            sounds: Sounds(folder: nil) { _, _ in
                if time > .zero { try? await Task.sleep(for: time) }
                return PhoneAudio(samples: [Int16](repeating: 2000, count: 4000))
            })
        setup.liveLine = line
        let answers = Mutex(0)
        setup.observer = { event in
            guard event.kind == .answer else { return }
            body(
                answers.withLock { count in
                    count += 1
                    return count
                })
        }
        return try await CallSimulator.place(setup)
    }
}
