import CallSimulation
import RealTimeAPI
import Synchronization
import TalkDetection
import TelephonyAudio

/// A call of a phone: its line, and how loud both sides are.
final class PhoneCall: Sendable {
    /// What a caller is heard on: the network's code makes it, as it does a scripted caller's.
    let line: LiveLine
    private let meter: Meter

    /// How loud both sides were since they were last told.
    private final class Meter: Sendable {
        private struct Side {
            var sum = 0
            var count = 0

            mutating func add(_ samples: [Int16]) {
                sum += samples.reduce(0) { $0 + Int($1.magnitude) }
                count += samples.count
            }

            var level: Double? {
                count == 0 ? nil : MeanMagnitude(rawValue: min(32768, sum / count)).map(\.level.dBov)
            }
        }

        private struct State {
            var said = Side()
            var heard = Side()
            var frames = 0
        }

        private let state = Mutex(State())

        func add(said samples: [Int16]) { state.withLock { $0.said.add(samples) } }

        /// Adds a frame of what the caller hears.
        ///
        /// - Returns: the levels, every tenth of a second.
        func add(heard frame: [Int16]) -> JSON? {
            state.withLock { state in
                state.heard.add(frame)
                state.frames += 1
                guard state.frames.isMultiple(of: 5) else { return nil }
                let levels = JSON.object([
                    JSON.Member("type", .string("levels")), JSON.Member("caller", .double(state.said.level)),
                    JSON.Member("platform", .double(state.heard.level)),
                ])
                (state.said, state.heard) = (Side(), Side())
                return levels
            }
        }
    }

    init(_ sender: PhoneSender) {
        let meter = Meter()
        self.meter = meter
        line = LiveLine(code: .alaw) { frame in
            let isSent = sender.send(frame)
            if let levels = meter.add(heard: frame) { sender.send(levels) }
            return isSent
        }
    }

    /// Takes what the caller says, at 8000 Hz.
    func hear(_ samples: [Int16]) {
        meter.add(said: samples)
        line.take(samples)
    }
}
