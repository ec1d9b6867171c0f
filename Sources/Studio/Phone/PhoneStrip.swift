import CallSimulation
import RealTimeAPI
import Synchronization
import TalkDetection
import TelephonyAudio

/// Tells a phone what a command that listens hears: levels, a tenth of a second at a time, and talkspurts.
final class PhoneStrip: Sendable {
    private let sender: PhoneSender
    /// What is told next.
    private let levels = Mutex<[JSON]>([])
    private static let frameCount = 5

    init(_ sender: PhoneSender) { self.sender = sender }

    func add(_ hearing: Hearing) {
        switch hearing {
        case .begins(let command, let threshold):
            levels.withLock { $0 = [] }
            tell([
                JSON.Member("command", .string(command.rawValue)),
                JSON.Member("threshold", .double(threshold.level.dBov)),
            ])
        case .level(let level):
            let full: [JSON]? = levels.withLock { levels in
                levels.append(.double(level.level.dBov))
                guard levels.count == Self.frameCount else { return nil }
                defer { levels = [] }
                return levels
            }
            if let full { tell([JSON.Member("levels", .array(full))]) }
        case .talkspurt(let talkspurt):
            tell([
                JSON.Member("talkspurt", .string(talkspurt.description)),
                JSON.Member("start_ms", .milliseconds(talkspurt.start)),
                JSON.Member("length_ms", .milliseconds(talkspurt.length)),
                JSON.Member("qualifies", .bool(talkspurt.outcome.qualifies)),
            ])
        case .ends:
            let rest = levels.withLock { levels in
                defer { levels = [] }
                return levels
            }
            tell([JSON.Member("levels", .array(rest)), JSON.Member("ends", .bool(true))])
        }
    }

    private func tell(_ members: [JSON.Member]) {
        sender.send(.object([JSON.Member("type", .string("hearing"))] + members))
    }
}
