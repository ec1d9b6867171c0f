/// Plays media and listens: talk of the right length, followed by silence, ends it.
public struct PlayTalkDetect: DefinedCommand {
    /// Which command it is.
    public static let kind = Command.Kind.playTalkDetect
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

    /// `min_ms`; the default is the one that the page recommends.
    public static let minimum = NumberParameter<Duration>(
        "min_ms", .milliseconds, in: 1...60_000, default: 500, "Minimum non-silence duration.")
    /// `max_ms`; the default is the one that the page recommends.
    public static let maximum = NumberParameter<Duration>(
        "max_ms", .milliseconds, in: 1...60_000, default: 60_000, "Maximum non-silence duration.")
    /// `silence_ms`; the default is the one that the page recommends.
    public static let silence = NumberParameter<Duration>(
        "silence_ms", .milliseconds, in: 1...5000, default: 5, "Silence after non-silence.")
    /// `analysistime_ms`; the default is the one that the page recommends.
    public static let analysisTime = NumberParameter<Duration>(
        "analysistime_ms", .milliseconds, in: 1...60_000, default: 4000, "Analysis time.")

    /// What is played.
    public var media: Media
    /// Talk has to be longer, 1...60000 ms.
    public var minimum: Duration
    /// Talk has to be shorter, 1...60000 ms.
    public var maximum: Duration
    /// The silence that has to follow, 1...5000 ms.
    public var silence: Duration
    /// The time in which all has to happen, 1...60000 ms.
    public var analysisTime: Duration

    /// Plays media and listens.
    public init(
        _ media: Media, minimum: Duration = Self.minimum.default, maximum: Duration = Self.maximum.default,
        silence: Duration = Self.silence.default, analysisTime: Duration = Self.analysisTime.default
    ) {
        self.media = media
        self.minimum = minimum
        self.maximum = maximum
        self.silence = silence
        self.analysisTime = analysisTime
    }

    /// What to tell of media that is over before the analysis time is, since listening ends with it; nil if it lasts long enough.
    ///
    /// - Parameter length: how long the media lasts.
    package func warning(aboutMediaLasting length: Duration) -> String? {
        let length = length.wholeMilliseconds
        let least = minimum.wholeMilliseconds + silence.wholeMilliseconds
        guard length < analysisTime.wholeMilliseconds else { return nil }
        let end = "the media lasts \(length) ms, and listening ends with it"
        guard length > least else {
            return "\(end): no longer than min_ms + silence_ms, \(least), so that talk can never be detected"
        }
        return
            "\(end): analysistime_ms \(analysisTime.wholeMilliseconds) is never reached, and who talks later is answered 0"
    }

    /// ``warning(aboutMediaLasting:)`` as a finding on a response with the command.
    package func finding(aboutMediaLasting length: Duration) -> Finding? {
        warning(aboutMediaLasting: length).map { .warning($0).inside("analysistime_ms").inside("params") }
    }

    static let definition = ObjectDefinition(
        fields: [
            Field(analysisTime, \PlayTalkDetect.analysisTime), Field(maximum, \.maximum),
            Field("media_id", \.media, .media(orNone: false), "Message."), Field(minimum, \.minimum),
            Field(silence, \.silence),
        ],
        check: { command in
            let minimum = command.minimum.wholeMilliseconds
            let maximum = command.maximum.wholeMilliseconds
            let time = command.analysisTime.wholeMilliseconds
            let least = minimum + command.silence.wholeMilliseconds
            var findings: [Finding] = []
            if time < least {
                findings.append(
                    .warning("\(time) is below min_ms + silence_ms, \(least): talk can never be detected")
                        .inside("analysistime_ms"))
            }
            if minimum >= maximum {
                findings.append(
                    .warning("\(minimum) is not below max_ms \(maximum): talk can never be detected").inside("min_ms"))
            }
            return findings
        }, blank: { PlayTalkDetect(.none) })
}
