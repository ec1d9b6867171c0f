/// How time passes while Asterisk's `wait_for_silence` listens: it waits for each packet no longer than `silence_ms`, and counts
/// that time as silence if none has come.
public enum PacketClock: String, Sendable, Hashable, CaseIterable {
    /// As on a line, where a packet comes when its audio is over: with a `silence_ms` that is not longer than a packet none comes
    /// in time, so that the command is answered at once, whatever is heard.
    case live
    /// As if every packet were there already: the audio alone decides.
    case audio
}
