import NIOCore
import NIOHTTP1

/// Bounds on what the server takes from whoever speaks to it.
struct StudioLimits: Sendable {
    /// How many connections there may be.
    var connections = 64
    /// The longest audio that is taken, in bytes.
    var uploadSize = 64 << 20
    /// The longest other body.
    var messageSize = 1 << 20
    /// The longest file of labels.
    var labelSize = 16 << 20
    /// How many bytes prompts may take in memory, each in its three forms: 46 minutes of one, or more of shorter ones.
    var promptSize = 256 << 20
    /// How long a request may take to arrive.
    var requestTime = TimeAmount.seconds(60)
    /// How long a client may take nothing of its answer.
    var writeTime = TimeAmount.seconds(60)
    /// How long a connection may be idle.
    var idleTime = TimeAmount.seconds(120)
    /// How many calls there may be from the phone at a time.
    var phoneCalls = 8
    /// The longest message from a phone, in bytes: a frame at 384 kHz, the highest rate of browsers, has 15,360.
    var phoneMessageSize = 1 << 14
    /// How many bytes of messages may wait for a phone that does not take them.
    var phoneBacklog = 1 << 20
    /// How long a phone may say nothing, not even silence.
    var phoneIdleTime = TimeAmount.seconds(30)
    /// How long a call may last: as long as a scripted caller's, so that it can be saved as one.
    var phoneCallTime = TimeAmount.seconds(600)

    /// The longest body of a request.
    func bodySize(_ method: HTTPMethod, _ path: [String]) -> Int {
        guard method == .POST, path.count == 2, path[0] == "api" else { return messageSize }
        switch path[1] {
        case "recordings", "prompts": return uploadSize
        case "labels": return labelSize
        default: return messageSize
        }
    }
}
