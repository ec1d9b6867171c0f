import CallSimulation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// Handlers, right and wrong, that are explored.
@Suite(.waiting, .timeLimit(.minutes(15))) struct ExplorerTests {
    private func explore(
        _ mistake: String, _ change: (inout ExplorationBounds) -> Void = { _ in }
    ) async throws -> ExplorationReport {
        var bounds = ExplorationBounds()
        bounds.maximumDepth = 5
        change(&bounds)
        return try await MenuHandler(mistake).use { setup in
            var setup = setup
            if mistake == "late" { setup.patience = .seconds(2) }
            return await Explorer.run(bounds, setup: setup)
        }
    }

    @Test("A right handler is explored to the end of every path")
    func right() async throws {
        let report = try await explore("none")
        #expect(report.findings.isEmpty)
        #expect(report.isComplete)
        // The menu has 13 results and an error, the recording 2 and one, play_record 2 and one; 14 and one after 2.
        #expect(report.depth == 3)
    }

    @Test("As many commands as the depth are ended in every way", arguments: [(2, false), (3, true)])
    func depth(bound: Int, isComplete: Bool) async throws {
        // The longest path is the menu's 2, 9999, and how the call to somebody ends.
        let report = try await explore("none") { $0.maximumDepth = bound }
        #expect(report.isComplete == isComplete)
        #expect((report.cutPaths > 0) == !isComplete && report.openPaths == 0)
    }

    @Test("A mistake three commands deep is found by the shortest path")
    func deep() async throws {
        let report = try await explore("deep")
        #expect(report.findings.count == 1)
        let finding = try #require(report.findings.first)
        #expect(finding.kind == .refused)
        #expect(finding.steps.map(\.description) == [#"read -> "2""#, #"read -> "9999""#, #"dialout -> "NOANSWER""#])
        #expect(finding.reason.contains("/params/wait: 31 is over the maximum 30"))
    }

    @Test("Who does nothing and is asked for ever is found")
    func endless() async throws {
        let report = try await explore("endless") { $0.loopBound = 50 }
        let finding = try #require(report.findings.first)
        #expect(finding.kind == .endless)
        #expect(finding.steps.isEmpty)
        #expect(finding.loop.map(\.description) == [#"read -> "TIMEOUT""#])
    }

    @Test("An answer that is late after a failure is found")
    func late() async throws {
        let report = try await explore("late")
        let finding = try #require(report.findings.first)
        #expect(report.findings.count == 1)
        #expect(finding.kind == .late)
        #expect(finding.steps.map(\.description) == [#"read -> "1""#, "record -> error"])
    }

    @Test("What only the platform can do is shown by a scenario as well")
    func platform() async throws {
        try await MenuHandler("late").use { setup in
            var setup = setup
            setup.patience = .seconds(2)
            var bounds = ExplorationBounds()
            bounds.maximumDepth = 3
            let finding = try #require(await Explorer.run(bounds, setup: setup).findings.first)
            let showing = try #require(await finding.showing(as: setup))
            let scenario = showing.scenario
            #expect(scenario.yaml.contains("- { when: record, fails: simulated }"))
            #expect(
                try CallScenario.read(scenario.yaml, name: "f").scenario.calls[0].caller == scenario.calls[0].caller)
            #expect(showing.failure == nil)
        }
    }

    @Test("What happens only in a call that the platform placed is shown by a scenario that is outbound")
    func outbound() async throws {
        try await MenuHandler("outbound").use { setup in
            var setup = setup
            setup.isOutbound = true
            setup.customField = "X1"
            setup.variables = try JSONText(#"{"a":1}"#)
            var bounds = ExplorationBounds()
            bounds.maximumDepth = 2
            let findings = await Explorer.run(bounds, setup: setup).findings
            #expect(!findings.isEmpty)
            for finding in findings {
                let showing = try #require(await finding.showing(as: setup))
                #expect(showing.failure == nil)
                let yaml = showing.scenario.yaml
                #expect(yaml.contains("\noutbound: true\n") && yaml.contains("\ncdr_field: \"X1\"\n"), "\(yaml)")
                // As the file is run by somebody else, without the options.
                var plain = setup
                plain.isOutbound = false
                plain.customField = ""
                plain.variables = .emptyObject
                let report = try await CallScenario.read(yaml, name: "f").scenario.run(as: plain)
                #expect(report.calls[0].outcome.refusal?.description == finding.reason)
            }
        }
    }

    @Test("Where media are too short for what a caller does, the platform ends the commands")
    func short() async throws {
        // Media 1 is not there: talk over it is never heard.
        try await MenuHandler("talk").use { setup in
            let findings = await Explorer.run(ExplorationBounds(), setup: setup).findings
            let finding = try #require(
                findings.first { $0.steps.map(\.description) == [#"play_talk_detect -> "TALK""#] })
            let showing = try #require(await finding.showing(as: setup))
            #expect(showing.failure == nil)
            #expect(showing.scenario.yaml.contains("- { when: play_talk_detect, ends: TALK }"))
        }
    }

    @Test("Texts in which nothing can be spoken, and what the platform warns of, are noted once, with the way there")
    func notes() async throws {
        let report = try await MenuHandler("talk").use { setup in
            var setup = setup
            setup.sounds = Sounds(folder: nil) { text, _ async throws(SimulationError) in
                guard text.contains("a") else { throw SimulationError(.sound, "\"\(text)\"", "nothing can be spoken") }
                return PhoneAudio(samples: [])
            }
            return await Explorer.run(ExplorationBounds(), setup: setup)
        }
        let notes = report.notes.map { "\($0.text) after \($0.steps.map(\.description))" }
        #expect(
            notes.contains(
                #""...": nothing can be spoken; it is silence here after ["play_talk_detect -> \"0\""]"#), "\(notes)")
        #expect(report.notes.count { $0.text.hasPrefix("/variables: is missing") } == 1, "\(notes)")
    }

    @Test("A hang-up that a handler can't bear is found")
    func hangUp() async throws {
        let report = try await explore("hangup")
        let finding = try #require(report.findings.first)
        #expect(report.findings.count == 1)
        #expect(finding.kind == .refusedHangUp)
        #expect(finding.steps.map(\.description) == [#"read -> "1""#, "record -> hang-up"])
    }

    @Test("A handler that died is one finding, and nothing is tried any more")
    func gone() async throws {
        let report = try await explore("dies")
        #expect(report.findings.count == 1 && report.isGone && !report.isComplete, "\(report.findings)")
        let finding = try #require(report.findings.first)
        #expect(finding.kind == .gone)
        #expect(
            finding.reason.hasPrefix(
                "the handler stopped working here, or in a call at the same time: calls now fail: "))
    }

    @Test("The most calls are not exceeded, and what is left is told")
    func bounds() async throws {
        let few = try await explore("none") { $0.maximumCalls = 20 }
        #expect(few.calls == 20)
        #expect(few.openPaths > 0)
        let flat = try await explore("none") { $0.maximumDepth = 1 }
        #expect(flat.cutPaths == 2)
        #expect(!flat.isComplete)
    }

    @Test("Of a handler that keeps nothing but variables, no state is followed twice")
    func stateless() async throws {
        let all = try await explore("endless") { $0.maximumDepth = 4 }
        let distinct = try await explore("endless") {
            $0.maximumDepth = 4
            $0.isStateless = true
        }
        #expect(distinct.calls < all.calls)
        #expect(distinct.findings == all.findings)
    }
}
