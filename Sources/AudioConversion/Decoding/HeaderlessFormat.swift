/// Audio without a header: what its bytes mean must be said, by a file name's ending or by the caller.
public struct HeaderlessFormat: Sendable, Hashable, CustomStringConvertible {
    /// How a sample is stored.
    public enum Encoding: String, Sendable, Hashable, CaseIterable {
        /// G.711 A-law.
        case alaw
        /// G.711 mu-law.
        case ulaw
        /// 8-bit unsigned linear PCM.
        case u8
        /// 8-bit signed linear PCM.
        case s8
        /// 16-bit signed linear PCM, little-endian.
        case s16
        /// 16-bit signed linear PCM, big-endian (RFC 3551's L16).
        case s16be
        /// 24-bit signed linear PCM, little-endian.
        case s24
        /// 32-bit signed linear PCM, little-endian.
        case s32
        /// 32-bit float, little-endian.
        case f32
        /// G.722 at 64 kbit/s, decoded by ffmpeg.
        case g722
        /// GSM 06.10 full rate, decoded by ffmpeg.
        case gsm
        /// Dialogic's ADPCM of 4 bits, of 6000 or 8000 samples a second, decoded by libsndfile.
        case vox

        /// What people call it, as in "16-bit linear PCM".
        var words: String {
            switch self {
            case .alaw: "A-law"
            case .ulaw: "mu-law"
            case .u8: "8-bit unsigned linear PCM"
            case .s8: "8-bit linear PCM"
            case .s16: "16-bit linear PCM"
            case .s16be: "16-bit linear PCM, big-endian"
            case .s24: "24-bit linear PCM"
            case .s32: "32-bit linear PCM"
            case .f32: "32-bit float"
            case .g722: "G.722"
            case .gsm: "GSM 06.10"
            case .vox: "Dialogic ADPCM"
            }
        }

        /// The one rate that the code has, in hertz; nil where any can be.
        fileprivate var fixedRate: Int? {
            switch self {
            case .g722: 16_000
            case .gsm: 8000
            case .alaw, .ulaw, .u8, .s8, .s16, .s16be, .s24, .s32, .f32, .vox: nil
            }
        }
    }

    /// How a sample is stored.
    public let encoding: Encoding
    /// Frames per second: 1...768,000; 16,000 for G.722, 8000 for GSM, and 1000...48,000 for Dialogic ADPCM.
    public let sampleRate: Int
    /// Samples per frame: 1...1024; 1 for G.722, GSM and Dialogic ADPCM.
    public let channels: Int

    /// The rates of Dialogic's ADPCM, in hertz: 6000 and 8000, and what people try.
    private static let dialogicRates = 1000...48_000

    /// A headerless format; nil if the rate or the number of channels is out of range.
    public init?(_ encoding: Encoding, sampleRate: Int, channels: Int = 1) {
        guard SampleRate.range.contains(sampleRate), (1...1024).contains(channels) else { return nil }
        if encoding == .vox, channels != 1 || !Self.dialogicRates.contains(sampleRate) { return nil }
        if let fixedRate = encoding.fixedRate, sampleRate != fixedRate || channels != 1 { return nil }
        self.encoding = encoding
        self.sampleRate = sampleRate
        self.channels = channels
    }

    /// Reads `FORMAT:RATE:CHANNELS`, as in `ulaw:8000:1`; rate and channels may be left out (8000 and 1).
    ///
    /// - Returns: nil if the text has another form or a value is out of range.
    public init?(_ text: String) {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(fields.count), let encoding = Encoding(rawValue: fields[0].lowercased()) else {
            return nil
        }
        let rate = fields.count > 1 ? Int(fields[1]) : encoding.fixedRate ?? 8000
        let channels = fields.count > 2 ? Int(fields[2]) : 1
        guard let rate, let channels else { return nil }
        self.init(encoding, sampleRate: rate, channels: channels)
    }

    /// What a file's name says of its content, by the endings that Asterisk uses; nil if the ending is none of them.
    ///
    /// - Parameter name: a path or a file's name, as in `hello.ulaw` or `hello.sln16`.
    public init?(fileName name: String) {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        switch name[name.index(after: dot)...].lowercased() {
        case "ulaw", "ul", "mu", "mulaw", "pcmu": self.init(.ulaw, sampleRate: 8000)
        case "alaw", "al", "pcma": self.init(.alaw, sampleRate: 8000)
        case "sln", "slin", "sln8", "slin8": self.init(.s16, sampleRate: 8000)
        case "sln12", "slin12": self.init(.s16, sampleRate: 12_000)
        case "sln16", "slin16": self.init(.s16, sampleRate: 16_000)
        case "sln24", "slin24": self.init(.s16, sampleRate: 24_000)
        case "sln32", "slin32": self.init(.s16, sampleRate: 32_000)
        case "sln44", "slin44": self.init(.s16, sampleRate: 44_100)
        case "sln48", "slin48": self.init(.s16, sampleRate: 48_000)
        case "sln96", "slin96": self.init(.s16, sampleRate: 96_000)
        case "sln192", "slin192": self.init(.s16, sampleRate: 192_000)
        case "g722": self.init(.g722, sampleRate: 16_000)
        case "gsm": self.init(.gsm, sampleRate: 8000)
        case "vox": self.init(.vox, sampleRate: 8000)
        default: return nil
        }
    }

    /// Whether a file's name says that it has no header, but not what its bytes mean: they are looked at.
    static func isAmbiguous(fileName name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return ["pcm", "raw", "snd", "l16", "lin"].contains(name[name.index(after: dot)...].lowercased())
    }

    /// The form that ``init(_:)`` reads, as in `ulaw:8000:1`.
    public var description: String { "\(encoding.rawValue):\(sampleRate):\(channels)" }

    /// How a file is read.
    enum Reading {
        /// Its samples as they are.
        case samples(PCMLayout)
        /// By ffmpeg, as a container.
        case container(Container)
        /// By libsndfile, as ADPCM.
        case dialogic(sampleRate: Int)
    }

    /// How a file of so many bytes is read.
    func reading(size: Int) -> Reading {
        let (encoding, isBigEndian): (PCMEncoding, Bool)
        switch self.encoding {
        case .alaw: (encoding, isBigEndian) = (.alaw, false)
        case .ulaw: (encoding, isBigEndian) = (.ulaw, false)
        case .u8: (encoding, isBigEndian) = (.u8, false)
        case .s8: (encoding, isBigEndian) = (.s8, false)
        case .s16: (encoding, isBigEndian) = (.s16, false)
        case .s16be: (encoding, isBigEndian) = (.s16, true)
        case .s24: (encoding, isBigEndian) = (.s24, false)
        case .s32: (encoding, isBigEndian) = (.s32, false)
        case .f32: (encoding, isBigEndian) = (.f32, false)
        case .g722: return .container(.g722)
        case .gsm: return .container(.gsm)
        case .vox: return .dialogic(sampleRate: sampleRate)
        }
        return .samples(
            PCMLayout(
                encoding: encoding, isBigEndian: isBigEndian, sampleRate: sampleRate, channels: channels,
                dataRange: 0..<size))
    }
}
