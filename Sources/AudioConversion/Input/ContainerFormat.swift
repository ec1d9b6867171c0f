/// A file format, recognised by its first bytes, and what can decode it.
///
/// The signatures are those of each format's specification, or of file(1)'s collection where there is none.
struct ContainerFormat: Sendable, Hashable {
    /// What opens the format.
    enum Decoder: Sendable, Hashable {
        /// Our own reader of RIFF, RIFX and RF64, for the encodings that telephony and studios use.
        case wav
        case libsndfile
        /// MPEG audio: our own decoder of Layer III, or libsndfile.
        case mpegAudio
        /// Our own reader of Ogg with Opus in it.
        case opus
        /// An `ffmpeg` child process with the named demuxer, and no other.
        case ffmpeg(demuxer: String)
        /// Nothing: the content is no audio.
        case none
    }

    /// What people call the format, as in "MP4/M4A".
    let name: String
    let decoder: Decoder
    /// Whether the signature is long enough that chance does not make it; headerless audio can look like the others.
    let isCertain: Bool

    /// Recognises a format.
    ///
    /// - Parameter head: the first bytes of a file, 256 or all there are.
    /// - Returns: nil if no signature fits.
    init?(sniffing head: [UInt8]) {
        if let signature = Self.signatures.first(where: { $0.matches(head) }) {
            self = signature.format
        } else if let inner = Self.ogg(head) ?? Self.mpegAudio(head) ?? Self.text(head) ?? Self.htk(head) {
            self = inner
        } else {
            return nil
        }
    }

    init(_ name: String, _ decoder: Decoder, isCertain: Bool = false) {
        self.name = name
        self.decoder = decoder
        self.isCertain = isCertain
    }

    /// An Ogg stream by the codec that its first packet names.
    private static func ogg(_ head: [UInt8]) -> ContainerFormat? {
        guard head.starts(with: Array("OggS".utf8)), head.count > 28 else { return nil }
        let packet = head.dropFirst(27 + Int(head[26]))
        func begins(_ magic: String) -> Bool { packet.starts(with: Array(magic.utf8)) }
        if begins("OpusHead") { return ContainerFormat("Ogg Opus", .opus, isCertain: true) }
        if begins("\u{1}vorbis") { return ContainerFormat("Ogg Vorbis", .libsndfile, isCertain: true) }
        if begins("Speex   ") { return ContainerFormat("Ogg Speex", .ffmpeg(demuxer: "ogg"), isCertain: true) }
        if begins("\u{7F}FLAC") { return ContainerFormat("Ogg FLAC", .ffmpeg(demuxer: "ogg"), isCertain: true) }
        return ContainerFormat("Ogg", .ffmpeg(demuxer: "ogg"), isCertain: true)
    }

    /// MPEG audio without a container: 11 or 12 bits of sync, then version and layer (ISO/IEC 11172-3, 13818-7).
    private static func mpegAudio(_ head: [UInt8]) -> ContainerFormat? {
        guard head.count > 3, head[0] == 0xFF, head[1] & 0xE0 == 0xE0 else { return nil }
        if head[1] & 0xF6 == 0xF0 { return ContainerFormat("AAC (ADTS)", .ffmpeg(demuxer: "aac")) }
        let isValid = head[1] & 0x18 != 0x08 && head[1] & 0x06 != 0 && head[2] & 0xF0 != 0xF0 && head[2] & 0x0C != 0x0C
        return isValid ? ContainerFormat(head[1] & 0x06 == 0x02 ? "MP3" : "MPEG audio", .mpegAudio) : nil
    }

    /// HTK, which has no magic number: samples, period in 100 ns, bytes per sample, and 0 for a waveform (HTK Book, 5.10.1).
    private static func htk(_ head: [UInt8]) -> ContainerFormat? {
        guard head.count > 12, Array(head[8..<12]) == [0, 2, 0, 0] else { return nil }
        let period = head[4..<8].reduce(0) { $0 << 8 | Int($1) }
        return (10...10_000_000).contains(period) ? ContainerFormat("HTK", .libsndfile) : nil
    }

    /// Text, of which only base64 can be audio.
    private static func text(_ head: [UInt8]) -> ContainerFormat? {
        let isPrintable = head.allSatisfy { $0 >= 32 && $0 != 127 || (9...13).contains($0) }
        // One byte over and over is silence: 0x55, a U, in A-law.
        guard isPrintable, Set(head).count > 1, isUTF8(head) || hasFewAccents(head) else { return nil }
        return ContainerFormat("text", .none)
    }

    /// Whether bytes are UTF-8, the last character of which may be cut off.
    private static func isUTF8(_ head: [UInt8]) -> Bool {
        let mostCutOff = head.count < 256 ? 0 : 3
        return (0...mostCutOff).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
    }

    /// Whether bytes may be text in one of the 8-bit codes of Latin letters: under a fifth of such text is above ASCII.
    ///
    /// Of speech in A-law and mu-law that is all positive samples, and most of G.722: more than a third even of the 256
    /// bytes of Debian's prompts that have fewest.
    private static func hasFewAccents(_ head: [UInt8]) -> Bool {
        head.count { $0 >= 128 } * 5 < head.count
    }
}

/// Bytes at a place in a file that tell its format.
private struct Signature: Sendable {
    let format: ContainerFormat
    let parts: [(offset: Int, bytes: [UInt8])]

    init(_ name: String, _ decoder: ContainerFormat.Decoder, _ parts: (Int, [UInt8])...) {
        format = ContainerFormat(name, decoder, isCertain: parts.reduce(0) { $0 + $1.1.count } >= 4)
        self.parts = parts.map { (offset: $0.0, bytes: $0.1) }
    }

    init(
        _ name: String, _ decoder: ContainerFormat.Decoder, _ text: String, at offset: Int = 0,
        and second: String? = nil
    ) {
        format = ContainerFormat(name, decoder, isCertain: text.utf8.count >= 3)
        parts = [(offset, Array(text.utf8))] + (second.map { [(8, Array($0.utf8))] } ?? [])
    }

    func matches(_ head: [UInt8]) -> Bool {
        parts.allSatisfy { head.dropFirst($0.offset).starts(with: $0.bytes) }
    }
}

extension ContainerFormat {
    private static let signatures: [Signature] = [
        // Ours.
        Signature("WAV", .wav, "RIFF", and: "WAVE"),
        Signature("WAV (RIFX)", .wav, "RIFX", and: "WAVE"),
        Signature("WAV (RF64)", .wav, "RF64", and: "WAVE"),
        Signature("WAV (BW64)", .wav, "BW64", and: "WAVE"),
        // What libsndfile opens.
        Signature("Wave64", .libsndfile, "riff\u{2E}"),
        Signature("AIFF", .libsndfile, "FORM", and: "AIFF"),
        Signature("AIFF-C", .libsndfile, "FORM", and: "AIFC"),
        Signature("8SVX", .libsndfile, "FORM", and: "8SVX"),
        Signature("16SV", .libsndfile, "FORM", and: "16SV"),
        Signature("Sun AU", .libsndfile, ".snd"),
        Signature("Sun AU", .libsndfile, "dns."),
        Signature("FLAC", .libsndfile, "fLaC"),
        Signature("MP3", .mpegAudio, "ID3"),
        Signature("Core Audio Format", .libsndfile, "caff"),
        Signature("NIST SPHERE", .libsndfile, "NIST_1A"),
        Signature("Creative VOC", .libsndfile, "Creative Voice File\u{1A}"),
        Signature("IRCAM", .libsndfile, (0, [0x64, 0xA3])),
        Signature("IRCAM", .libsndfile, (2, [0xA3, 0x64])),
        Signature("Paris PAF", .libsndfile, " paf"),
        Signature("Paris PAF", .libsndfile, "fap "),
        Signature("PVF", .libsndfile, "PVF1"),
        Signature("AVR", .libsndfile, "2BIT"),
        Signature("Matlab 5", .libsndfile, "MATLAB 5.0 MAT-file"),
        Signature("Matlab 4", .libsndfile, (0, [0, 0, 0, 0]), (8, [1, 0, 0, 0])),
        Signature("Matlab 4", .libsndfile, (0, [0, 0, 0x03, 0xE8]), (8, [0, 0, 0, 1])),
        Signature("MIDI Sample Dump", .libsndfile, (0, [0xF0, 0x7E]), (3, [0x01])),
        Signature("FastTracker XI", .libsndfile, "Extended Instrument: "),
        Signature("Psion WVE", .libsndfile, "ALawSoundFile**"),
        Signature("Akai MPC 2000", .libsndfile, (0, [0x01, 0x04])),
        // What only ffmpeg opens.
        Signature("QuickTime", .ffmpeg(demuxer: "mov"), "ftypqt", at: 4),
        Signature("M4A", .ffmpeg(demuxer: "mov"), "ftypM4A", at: 4),
        Signature("3GP", .ffmpeg(demuxer: "mov"), "ftyp3g", at: 4),
        Signature("MP4", .ffmpeg(demuxer: "mov"), "ftyp", at: 4),
        Signature("QuickTime", .ffmpeg(demuxer: "mov"), "moov", at: 4),
        Signature("QuickTime", .ffmpeg(demuxer: "mov"), "mdat", at: 4),
        Signature("WebM/Matroska", .ffmpeg(demuxer: "matroska"), (0, [0x1A, 0x45, 0xDF, 0xA3])),
        Signature("WMA/ASF", .ffmpeg(demuxer: "asf"), (0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11])),
        Signature("AMR wideband", .ffmpeg(demuxer: "amr"), "#!AMR-WB"),
        Signature("AMR", .ffmpeg(demuxer: "amr"), "#!AMR"),
        Signature("AC-3", .ffmpeg(demuxer: "ac3"), (0, [0x0B, 0x77])),
        Signature("DTS", .ffmpeg(demuxer: "dts"), (0, [0x7F, 0xFE, 0x80, 0x01])),
        Signature("AVI", .ffmpeg(demuxer: "avi"), "RIFF", and: "AVI "),
        Signature("Flash video", .ffmpeg(demuxer: "flv"), "FLV\u{1}"),
        Signature("MPEG transport stream", .ffmpeg(demuxer: "mpegts"), (0, [0x47]), (188, [0x47])),
        Signature("MPEG program stream", .ffmpeg(demuxer: "mpeg"), (0, [0, 0, 1, 0xBA])),
        Signature("Monkey's Audio", .ffmpeg(demuxer: "ape"), "MAC "),
        Signature("WavPack", .ffmpeg(demuxer: "wv"), "wvpk"),
        Signature("True Audio", .ffmpeg(demuxer: "tta"), "TTA1"),
        Signature("Musepack", .ffmpeg(demuxer: "mpc"), "MP+"),
        Signature("Musepack", .ffmpeg(demuxer: "mpc8"), "MPCK"),
        Signature("RealAudio", .ffmpeg(demuxer: "rm"), ".RMF"),
        Signature("RealAudio", .ffmpeg(demuxer: "rm"), (0, [0x2E, 0x72, 0x61, 0xFD])),
        Signature("DSD", .ffmpeg(demuxer: "dsf"), "DSD "),
        // What people drop into folders of audio by mistake.
        Signature("a PDF document", .none, "%PDF"),
        Signature("a PNG picture", .none, (0, [0x89, 0x50, 0x4E, 0x47])),
        Signature("a JPEG picture", .none, (0, [0xFF, 0xD8, 0xFF])),
        Signature("a GIF picture", .none, "GIF8"),
        Signature("a ZIP archive", .none, "PK\u{3}\u{4}"),
        Signature("a gzip archive", .none, (0, [0x1F, 0x8B])),
        Signature("a program", .none, (0, [0x7F, 0x45, 0x4C, 0x46])),
        Signature("an SQLite database", .none, "SQLite format 3\u{0}"),
    ]
}
