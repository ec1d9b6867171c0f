/// Plays media and listens: talk of the right length, followed by silence, ends it.
public struct PlayTalkDetect: DefinedCommand {
    /// The name on the wire.
    public static let name = "play_talk_detect"
    static let summary = "Plays a Media with talk detection."

    /// What ``PlayTalkDetect`` can answer.
    public enum Result: NamedResult {
        /// The media ended without talk.
        case noTalk
        /// Talk was detected, and playback aborted.
        case talk
        /// One that is not documented.
        case other(String)

        static let names: [(Result, String)] = [(.noTalk, "0"), (.talk, "TALK")]

        /// The text on the wire.
        public var wire: String {
            if case .other(let wire) = self { return wire }
            return knownWire!
        }
    }

    /// What is played.
    public var media = Media.none
    /// Talk has to be longer, 1...60000 ms.
    public var minimum = Duration.milliseconds(500)
    /// Talk has to be shorter, 1...60000 ms.
    public var maximum = Duration.milliseconds(60_000)
    /// The silence that has to follow, 1...5000 ms.
    public var silence = Duration.milliseconds(5)
    /// The time in which all has to happen, 1...60000 ms.
    public var analysisTime = Duration.milliseconds(4000)

    /// Plays media and listens; the defaults are those that the page recommends.
    public init(
        _ media: Media, minimum: Duration = .milliseconds(500), maximum: Duration = .milliseconds(60_000),
        silence: Duration = .milliseconds(5), analysisTime: Duration = .milliseconds(4000)
    ) {
        self.media = media
        self.minimum = minimum
        self.maximum = maximum
        self.silence = silence
        self.analysisTime = analysisTime
    }
    private init() {}

    static let definition = ObjectDefinition(
        fields: [
            .milliseconds(
                "analysistime_ms", \PlayTalkDetect.analysisTime, 1...60_000, "Analysis time.", .expected(.integer(4000))
            ),
            .milliseconds(
                "max_ms", \.maximum, 1...60_000, "Maximum non-silence duration.", .expected(.integer(60_000))),
            Field("media_id", \.media, .media(orNone: false), "Message."),
            .milliseconds("min_ms", \.minimum, 1...60_000, "Minimum non-silence duration.", .expected(.integer(500))),
            .milliseconds("silence_ms", \.silence, 1...5000, "Silence after non-silence.", .expected(.integer(5))),
        ],
        check: { command in
            guard command.minimum >= command.maximum else { return [] }
            let minimum = Int(command.minimum / .milliseconds(1))
            let maximum = Int(command.maximum / .milliseconds(1))
            return [
                .warning("\(minimum) is not below max_ms \(maximum): talk can never be detected").inside("min_ms")
            ]
        }, blank: PlayTalkDetect.init)
}
