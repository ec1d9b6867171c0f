extension Container {
    /// A container as the first bytes of a file tell it.
    struct Recognition: Sendable, Hashable {
        let container: Container
        /// Whether the signature is long enough that chance does not make it; headerless audio can look like the others.
        let isCertain: Bool

        init(_ container: Container, isCertain: Bool = false) {
            self.container = container
            self.isCertain = isCertain
        }
    }

    /// Recognises a container.
    ///
    /// - Parameter head: the first bytes of a file, 256 or all there are.
    /// - Returns: nil if no signature fits.
    static func recognize(_ head: [UInt8]) -> Recognition? {
        Signature.all.first { $0.matches(head) }?.recognition
            ?? ogg(head) ?? mpegAudio(head) ?? text(head) ?? htk(head)
    }

    /// A sound file that begins in a source behind a place, where tags and zeros may lie between; nil if none does.
    static func beginning(in source: ByteSource, behind place: Int) throws(ConversionError) -> ByteSource? {
        let start = try AudioTags.end(source, from: place)
        guard start < source.size, let found = recognize(try source.bytes(at: start, count: 256)), found.isCertain,
            found.container.decoder != .notAudio, found.container.decoder != .unreadable
        else { return nil }
        return source.slice(start..<source.size)
    }

    /// An Ogg stream by the codec that its first packet names.
    private static func ogg(_ head: [UInt8]) -> Recognition? {
        guard head.starts(with: Array("OggS".utf8)), head.count > 28 else { return nil }
        let packet = head.dropFirst(27 + Int(head[26]))
        func begins(_ magic: String) -> Bool { packet.starts(with: Array(magic.utf8)) }
        if begins("OpusHead") { return Recognition(.oggOpus, isCertain: true) }
        if begins("\u{1}vorbis") { return Recognition(.oggVorbis, isCertain: true) }
        if begins("Speex   ") { return Recognition(.oggSpeex, isCertain: true) }
        if begins("\u{7F}FLAC") { return Recognition(.oggFLAC, isCertain: true) }
        return Recognition(.ogg, isCertain: true)
    }

    /// MPEG audio without a container: 11 or 12 bits of sync, then version and layer (ISO/IEC 11172-3, 13818-7).
    private static func mpegAudio(_ head: [UInt8]) -> Recognition? {
        // LOAS: 11 bits of sync, 13 of length, and sync again (ISO/IEC 14496-3, 1.7.2).
        if head.count > 3, head[0] == 0x56, head[1] & 0xE0 == 0xE0 {
            let next = 3 + (Int(head[1] & 0x1F) << 8 | Int(head[2]))
            let isCut = next + 2 > head.count
            return isCut || head[next] == 0x56 && head[next + 1] & 0xE0 == 0xE0 ? Recognition(.loas) : nil
        }
        guard head.count > 3, head[0] == 0xFF, head[1] & 0xE0 == 0xE0 else { return nil }
        if head[1] & 0xF6 == 0xF0 { return Recognition(.aac) }
        let isValid = head[1] & 0x18 != 0x08 && head[1] & 0x06 != 0 && head[2] & 0xF0 != 0xF0 && head[2] & 0x0C != 0x0C
        return isValid ? Recognition(head[1] & 0x06 == 0x02 ? .mp3 : .mpegAudio) : nil
    }

    /// HTK, which has no magic number: samples, period in 100 ns, bytes per sample, and 0 for a waveform (HTK Book, 5.10.1).
    private static func htk(_ head: [UInt8]) -> Recognition? {
        guard head.count > 12, Array(head[8..<12]) == [0, 2, 0, 0] else { return nil }
        let period = head[4..<8].reduce(0) { $0 << 8 | Int($1) }
        return (10...10_000_000).contains(period) ? Recognition(.htk) : nil
    }

    /// Text, of which only base64 can be audio.
    private static func text(_ head: [UInt8]) -> Recognition? {
        let isPrintable = head.allSatisfy { $0 >= 32 && $0 != 127 || (9...13).contains($0) }
        // One byte over and over is silence: 0x55, a U, in A-law.
        guard isPrintable, Set(head).count > 1, isUTF8(head) || hasFewAccents(head) else { return nil }
        return Recognition(.text)
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
///
/// The signatures are those of each format's specification, or of file(1)'s collection where there is none.
private struct Signature: Sendable {
    let recognition: Container.Recognition
    let parts: [(offset: Int, bytes: [UInt8])]

    init(_ container: Container, _ parts: (Int, [UInt8])...) {
        recognition = .init(container, isCertain: parts.reduce(0) { $0 + $1.1.count } >= 4)
        self.parts = parts.map { (offset: $0.0, bytes: $0.1) }
    }

    init(_ container: Container, _ text: String, at offset: Int = 0, and second: String? = nil) {
        recognition = .init(container, isCertain: text.utf8.count >= 3)
        parts = [(offset, Array(text.utf8))] + (second.map { [(8, Array($0.utf8))] } ?? [])
    }

    func matches(_ head: [UInt8]) -> Bool {
        parts.allSatisfy { head.dropFirst($0.offset).starts(with: $0.bytes) }
    }

    /// All, those first that others begin like.
    static let all: [Signature] = [
        Signature(.wav, "RIFF", and: "WAVE"),
        Signature(.rifx, "RIFX", and: "WAVE"),
        Signature(.rf64, "RF64", and: "WAVE"),
        Signature(.bw64, "BW64", and: "WAVE"),
        Signature(.wave64, "riff\u{2E}"),
        Signature(.aiff, "FORM", and: "AIFF"),
        Signature(.aifc, "FORM", and: "AIFC"),
        Signature(.iff8SVX, "FORM", and: "8SVX"),
        Signature(.iff16SV, "FORM", and: "16SV"),
        Signature(.sunAU, ".snd"),
        Signature(.sunAU, "dns."),
        Signature(.flac, "fLaC"),
        Signature(.mp3, "ID3"),
        Signature(.coreAudio, "caff"),
        Signature(.sphere, "NIST_1A"),
        Signature(.voc, "Creative Voice File\u{1A}"),
        Signature(.ircam, (0, [0x64, 0xA3])),
        Signature(.ircam, (2, [0xA3, 0x64])),
        Signature(.paf, " paf"),
        Signature(.paf, "fap "),
        Signature(.pvf, "PVF1"),
        Signature(.avr, "2BIT"),
        Signature(.matlab5, "MATLAB 5.0 MAT-file"),
        // With a matrix first that is called samplerate: silence begins with such numbers as well.
        Signature(.matlab4, (0, [0, 0, 0, 0]), (8, [1, 0, 0, 0]), (20, Array("samplerate".utf8))),
        Signature(.matlab4, (0, [0, 0, 0x03, 0xE8]), (8, [0, 0, 0, 1]), (20, Array("samplerate".utf8))),
        Signature(.midiSampleDump, (0, [0xF0, 0x7E]), (3, [0x01])),
        Signature(.xi, "Extended Instrument: "),
        Signature(.psionWVE, "ALawSoundFile**"),
        Signature(.mpc2000, (0, [0x01, 0x04])),
        Signature(.quickTime, "ftypqt", at: 4),
        Signature(.m4a, "ftypM4A", at: 4),
        Signature(.threeGP, "ftyp3g", at: 4),
        Signature(.mp4, "ftyp", at: 4),
        Signature(.quickTime, "moov", at: 4),
        Signature(.quickTime, "wide", at: 4),
        Signature(.quickTime, "free", at: 4),
        Signature(.quickTime, "skip", at: 4),
        Signature(.quickTime, "pnot", at: 4),
        Signature(.quickTime, "mdat", at: 4),
        Signature(.mp4Fragment, "moof", at: 4),
        Signature(.mp4Fragment, "styp", at: 4),
        Signature(.mp4Fragment, "sidx", at: 4),
        Signature(.matroska, (0, [0x1A, 0x45, 0xDF, 0xA3])),
        Signature(.asf, (0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11])),
        Signature(.amrChannels, "#!AMR-WB_MC"),
        Signature(.amrChannels, "#!AMR_MC"),
        Signature(.amrWideband, "#!AMR-WB"),
        Signature(.amr, "#!AMR"),
        Signature(.ac3, (0, [0x0B, 0x77])),
        Signature(.dts, (0, [0x7F, 0xFE, 0x80, 0x01])),
        Signature(.avi, "RIFF", and: "AVI "),
        Signature(.qcp, "RIFF", and: "QLCM"),
        Signature(.xwma, "RIFF", and: "XWMA"),
        Signature(.flashVideo, "FLV\u{1}"),
        Signature(.transportStream, (0, [0x47]), (188, [0x47])),
        Signature(.transportStream, (4, [0x47, 0x40]), (196, [0x47])),
        Signature(.mlp, (4, [0xF8, 0x72, 0x6F, 0xBB])),
        Signature(.trueHD, (4, [0xF8, 0x72, 0x6F, 0xBA])),
        Signature(.nut, "nut/multimedia container"),
        Signature(.sox, ".SoX"),
        Signature(.sox, "XoS."),
        Signature(.hcom, "FSSD", at: 65),
        Signature(.maud, "FORM", and: "MAUD"),
        Signature(.ilbc, "#!iLBC30\n"),
        Signature(.ilbc, "#!iLBC20\n"),
        Signature(.programStream, (0, [0, 0, 1, 0xBA])),
        Signature(.monkeysAudio, "MAC "),
        Signature(.wavPack, "wvpk"),
        Signature(.trueAudio, "TTA1"),
        Signature(.musepack, "MP+"),
        Signature(.musepack8, "MPCK"),
        Signature(.realAudio, ".RMF"),
        Signature(.realAudio, (0, [0x2E, 0x72, 0x61, 0xFD])),
        Signature(.dsd, "DSD "),
        Signature(.tak, "tBaK"),
        Signature(.dsdiff, "FRM8"),
        Signature(.shorten, "ajkg"),
        // Known, and read by nothing here.
        Signature(.adif, "ADIF"),
        Signature(.audible, (4, [0x57, 0x90, 0x75, 0x36])),
        Signature(.flashMovie, "FWS"),
        Signature(.flashMovie, "CWS"),
        Signature(.flashMovie, "ZWS"),
        Signature(.midi, "MThd"),
        Signature(.silk, "#!SILK"),
        Signature(.silk, "\u{2}#!SILK"),
        Signature(.trackerModule, "Extended Module: "),
        Signature(.trackerModule, "IMPM"),
        Signature(.trackerModule, "SCRM", at: 44),
        Signature(.optimFROG, "OFR "),
        Signature(.qoa, "qoaf"),
        Signature(.pdf, "%PDF"),
        Signature(.png, (0, [0x89, 0x50, 0x4E, 0x47])),
        Signature(.jpeg, (0, [0xFF, 0xD8, 0xFF])),
        Signature(.gif, "GIF8"),
        Signature(.zip, "PK\u{3}\u{4}"),
        Signature(.gzip, (0, [0x1F, 0x8B])),
        Signature(.program, (0, [0x7F, 0x45, 0x4C, 0x46])),
        Signature(.sqlite, "SQLite format 3\u{0}"),
    ]
}
