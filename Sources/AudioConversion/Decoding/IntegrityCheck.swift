/// Looks over a compressed stream once it has been decoded: decoders skip what is damaged or missing without a word.
struct IntegrityCheck {
    private let format: ContainerFormat?

    init(_ format: ContainerFormat?) {
        self.format = format
    }

    /// What is wrong with the stream, or nil.
    func defect(in source: ByteSource) -> String? {
        switch format?.name {
        case "MP3", "MPEG audio": MPEGFrames.defect(in: source)
        case let name? where name.hasPrefix("Ogg"): OggPages.defect(in: source)
        default: nil
        }
    }
}
