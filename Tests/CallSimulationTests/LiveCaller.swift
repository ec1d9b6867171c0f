import CallSimulation
import Foundation
import RealTimeAPI
import Synchronization
import TelephonyAudio
import TestSupport

/// Somebody on a live line, who says a frame of a tone for each that is heard.
final class LiveCaller: Sendable {
    private struct State {
        var line: LiveLine?
        var said = 0
        var loudFrames = 0
    }

    private final class Mouth: Sendable {
        let state = Mutex(State())
    }

    let line: LiveLine
    private let mouth = Mouth()

    /// - Parameters:
    ///   - frequency: of the tone, whose amplitude is 8000.
    ///   - body: is told with each frame how many were loud so far.
    init(_ frequency: Double, _ body: @escaping @Sendable (_ loudFrames: Int, LiveLine) -> Void = { _, _ in }) {
        let mouth = mouth
        line = LiveLine { frame in
            let (said, loudFrames, line) = mouth.state.withLock { state in
                let said = (state.said..<state.said + 160).map {
                    Int16(8000 * sin(2 * .pi * frequency * Double($0) / 8000))
                }
                state.said += 160
                if frame.contains(where: { abs(Int($0)) > 5000 }) { state.loudFrames += 1 }
                return (said, state.loudFrames, state.line)
            }
            guard let line else { return true }
            line.take(said)
            body(loudFrames, line)
            return true
        }
        mouth.state.withLock { [line] in $0.line = line }
    }

    /// Places a call of it, to a handler that does what calls bring along; media 1 is not there.
    ///
    /// - Parameters:
    ///   - steps: what the handler answers, in JSON.
    ///   - id: the call's.
    func call(
        _ handler: HandlerProgram, _ steps: String..., on switchboard: Switchboard, id: UInt64,
        _ change: (inout CallSetup) -> Void = { _ in }
    ) async throws -> CallOutcome {
        // Line and mouth know each other.
        defer { mouth.state.withLock { $0.line = nil } }
        var setup = CallSetup(
            try HandlerAddress(handler.address),
            sounds: Sounds(folder: nil) { _, _ in PhoneAudio(samples: [Int16](repeating: 300, count: 4000)) })
        setup.liveLine = line
        setup.switchboard = switchboard
        setup.call = CallID(rawValue: id)
        setup.patience = .seconds(60)
        setup.variables = try JSONText(#"{"steps":[\#(steps.joined(separator: ","))]}"#)
        change(&setup)
        return try await CallSimulator.place(setup)
    }
}

extension PhoneAudio {
    /// How much of a tone of 8000 is in a second of it, a quarter of a second after it is first loud: more than half of it unless it
    /// is another one, since on a busy machine some frames come too late.
    func loudAmplitude(of frequency: Double) -> Double {
        guard let start = samples.firstIndex(where: { abs(Int($0)) > 5000 }) else { return 0 }
        return amplitude(of: frequency, from: .milliseconds(start / 8 + 250), for: .seconds(1))
    }
}
