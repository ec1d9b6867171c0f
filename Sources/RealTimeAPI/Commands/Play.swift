/// Plays an entry of the Media Library, or says something.
public struct Play: DefinedCommand {
    /// What ``Play`` can answer.
    public typealias Result = PlaybackResult
    /// Which command it is.
    public static let kind = Command.Kind.play
    static let summary = "Plays a Media.Library or says something with the Text-to-Speech."

    /// What is played.
    public var media: Media

    /// Plays media.
    public init(_ media: Media) { self.media = media }

    static let definition = ObjectDefinition(
        fields: [Field("media_id", \Play.media, .media(orNone: false), "Media id or text to say.")],
        blank: { Play(.none) })
}
