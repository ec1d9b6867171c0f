import CallSimulation
import TelephonyAudio
import TestSupport
import Testing

/// What a line makes of a voice.
@Suite(.waiting, .timeLimit(.minutes(15))) struct LineTests {
    private func outcome(_ change: (inout CallerLine) -> Void, saying: PhoneAudio? = nil) async throws -> CallOutcome {
        let wait = CommandResultTests.command("wait", #""wait":20"#)
        return try await PythonHandler(wait).call(saying.map { [.init(.time(.zero), .sound($0))] } ?? []) {
            change(&$0.caller.line)
        }
    }

    private func level(_ audio: PhoneAudio) -> Double {
        let squares = audio.samples.reduce(0.0) { $0 + Double($1) * Double($1) }
        return Level(meanSquare: squares / Double(audio.samples.count) / (32768 * 32768)).dBov
    }

    @Test("Noise is as far below the voice as it is asked to be", arguments: CallerLine.Noise.allCases)
    func noise(_ noise: CallerLine.Noise) async throws {
        let outcome = try await outcome { line in
            line.noise = noise
            line.level = Level(dBov: -20)
            line.signalToNoise = 12
        }
        #expect(abs(level(outcome.caller) - -32) < 0.5)
    }

    @Test("The same seed is the same noise, another one is another")
    func seeds() async throws {
        var tracks: [PhoneAudio] = []
        for seed: UInt64 in [5, 5, 6] {
            tracks.append(
                try await outcome { line in
                    line.noise = .pink
                    line.seed = seed
                }.caller)
        }
        #expect(tracks[0] == tracks[1])
        #expect(tracks[0] != tracks[2])
    }

    @Test("The level is that at which speech arrives that is at -26 dBov")
    func gain() async throws {
        let voice = PythonHandler.tone(.seconds(20))
        let outcome = try await outcome({ $0.level = Level(dBov: -36) }, saying: voice)
        #expect(abs(level(voice) - level(outcome.caller) - 10) < 0.1)
    }

    @Test("Either code of G.711 is the line's", arguments: G711.allCases)
    func codec(_ codec: G711) async throws {
        let outcome = try await outcome({ $0.codec = codec }, saying: PythonHandler.tone(.seconds(1)))
        #expect(outcome.caller.samples.allSatisfy { codec.decode(codec.encode($0)) == $0 })
        let other: G711 = codec == .alaw ? .ulaw : .alaw
        #expect(!outcome.caller.samples.allSatisfy { other.decode(other.encode($0)) == $0 })
    }
}
