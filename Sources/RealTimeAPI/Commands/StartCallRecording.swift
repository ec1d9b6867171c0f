/// Starts to record the call.
public struct StartCallRecording: DefinedCommand {
    /// The recording's id.
    public typealias Result = RecordingID
    /// Which command it is.
    public static let kind = Command.Kind.startCallRecording
    static let summary = "Starts call recording. This will create a Media.Recording object."

    /// Whose audio is processed.
    public enum Feeds: String, WireValue, CaseIterable {
        /// All that there are.
        case all
        /// Those of both legs.
        case both
        /// That of the caller's leg.
        case callerOnly = "leg_a"
        /// That of the callee's leg.
        case calleeOnly = "leg_b"
    }

    /// Announces the recording; nil or none does not.
    public var announce: Media?
    /// Whose audio is processed; both if nil.
    public var feeds: Feeds?
    /// The language for transcription, as in `fr_FR`; detected if nil.
    public var locale: String?
    /// Whether names are recognised in the transcription; true if nil.
    public var recognizesEntities: Bool?
    /// Whether personal information is found in the transcription; true if nil.
    public var findsPersonalInformation: Bool?
    /// Whether sentiment is analysed in the transcription; true if nil.
    public var analyzesSentiment: Bool?
    /// Whether the call is transcribed; the account's setting if nil.
    public var transcribes: Bool?

    /// Starts to record the call; all can be set afterwards.
    public init() {}

    static let definition = ObjectDefinition(
        fields: [
            Field(
                "announce", \StartCallRecording.announce, .media(orNone: true),
                "Media to announce the call is being recorded."),
            Field("feeds", \.feeds, .choice, "The feeds to be processed.", .optional(.string("both"))),
            Field("locale", \.locale, .text(form: .locale), "The language spoken for transcription."),
            Field("ner", \.recognizesEntities, .bool, "Enables Named Entity Recognition.", .optional(.bool(true))),
            Field(
                "pii", \.findsPersonalInformation, .bool, "Enables Personally Identifiable Informations.",
                .optional(.bool(true))),
            Field("sentiment", \.analyzesSentiment, .bool, "Enables sentiment analysis.", .optional(.bool(true))),
            Field("transcription", \.transcribes, .bool, "Enables transcription."),
        ], blank: StartCallRecording.init)
}
