import CallSimulation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// Many calls.
@Suite(.waitingForTime, .timeLimit(.minutes(15))) struct LoadTests {
    @Test("Every call is placed once, with its number")
    func all() async throws {
        let handler = try MenuHandler("steps")
        let report = try await handler.use { base in
            try await LoadGenerator.run(LoadPlan(calls: 50, concurrency: 5)) { number in
                var setup = base
                setup.call = .init(rawValue: UInt64(number + 1))
                return setup
            }
        }
        // Each call: the menu, its time-out, the end. A call that came twice would find itself at its end.
        #expect(report.calls == 50)
        #expect(report.requests == 150)
        #expect(report.failedCalls == 0)
        #expect(report.serviceTimes.count == 150)
        #expect(report.virtualTime == .seconds(50))
    }

    @Test("Calls that fail are counted by their reasons")
    func failed() async throws {
        let handler = try MenuHandler("deep")
        let report = try await handler.use { base in
            try await LoadGenerator.run(LoadPlan(calls: 6, concurrency: 3)) { number in
                var setup = base
                // Every other caller comes to what the handler does wrong.
                let rows = number.isMultiple(of: 2) ? ["2", "9999"] : ["1"]
                setup.caller = CallerScript(rows.map { .init(.asked, .keys($0.compactMap(DTMFKey.init))) })
                return setup
            }
        }
        #expect(report.failedCalls == 3)
        #expect(report.failures[.response]?.count == 3)
        #expect(report.failures.count == 1)
    }

    @Test("With a rate, what a call waits for its turn is part of its first answer")
    func openLoop() async throws {
        let handler = try MenuHandler("slow")
        // A request takes half a second, the last one none; one call at a time, four due at once: the last one waits for the
        // two of each of the others.
        try await handler.use { setup in
            let report = try await LoadGenerator.run(LoadPlan(calls: 4, concurrency: 1, rate: 1000)) { _ in setup }
            #expect(report.answerTimes.value(at: 1) > .seconds(3))
            #expect(report.serviceTimes.value(at: 1) < report.answerTimes.value(at: 1))
            let closed = try await LoadGenerator.run(LoadPlan(calls: 2, concurrency: 1)) { _ in setup }
            #expect(closed.answerTimes.value(at: 1) == closed.serviceTimes.value(at: 1))
        }
    }

    @Test("A load that is cancelled ends, and says so")
    func cancelled() async throws {
        let handler = try MenuHandler("none")
        try await handler.use { setup in
            let load = Task {
                try await LoadGenerator.run(LoadPlan(calls: .max, concurrency: 1)) { _ in
                    setup
                } progress: { report in
                    if report.calls == 3 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
            let error = await #expect(throws: SimulationError.self) { try await load.value }
            #expect(error?.code == .cancelled && error?.reason == "was cancelled after 3 calls")
        }
    }

    @Test("A call that keeps no audio is the same, and records the same")
    func withoutAudio() async throws {
        func call(_ keepsAudio: Bool) async throws -> CallOutcome {
            try await PythonHandler(
                CommandResultTests.command("wait", #""wait":1"#),
                CommandResultTests.command("start_call_recording", #""announce":"0","feeds":"all""#),
                CommandResultTests.command("play", #""media_id":"1""#),
                CommandResultTests.command("stop_call_recording", #""announce":"1""#),
                CommandResultTests.command("record", #""silence":0,"max_duration":2"#),
                CommandResultTests.command("wait", #""wait":1"#)
            ).call([.init(.time(.milliseconds(500)), .sound(PythonHandler.tone(.seconds(7))))]) {
                $0.keepsAudio = keepsAudio
            }
        }
        let kept = try await call(true)
        let bare = try await call(false)
        #expect(kept.recordings == bare.recordings)
        #expect(kept.recordings.count == 2)
        #expect(kept.recordings.values.allSatisfy { $0.samples.contains { $0 > 10_000 } })
        #expect(kept.steps == bare.steps)
        #expect(kept.duration == bare.duration)
        #expect(kept.caller.duration == kept.duration)
        #expect(bare.caller.samples.isEmpty)
    }
}
