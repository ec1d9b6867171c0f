/// Plays an entry of the Media Library, or says something.
public struct Play: DefinedCommand {
    /// What ``Play`` can answer.
    public typealias Result = PlaybackResult
    /// The name on the wire.
    public static let name = "play"
    static let summary = "Plays a Media.Library or says something with the Text-to-Speech."

    /// What is played.
    public var media = Media.none

    /// Plays media.
    public init(_ media: Media) { self.media = media }
    private init() {}

    static let definition = ObjectDefinition(
        fields: [Field("media_id", \Play.media, .media(orNone: false), "Media id or text to say.")], blank: Play.init)
}
