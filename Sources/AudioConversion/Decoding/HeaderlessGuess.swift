/// What headerless audio most likely is, by what its bytes look like when they are read in each way: sound changes little from
/// one sample to the next, and misread bytes jump about.
struct HeaderlessGuess {
    /// The most likely format, at 8000 Hz: a rate leaves no trace.
    let format: HeaderlessFormat

    /// Guesses at a source.
    ///
    /// The bounds part all headerless files of 200 public repositories: 44 of 16 bits, 9 of A-law and mu-law.
    ///
    /// - Returns: nil if nothing is likely, as of noise and pictures.
    init?(_ source: ByteSource) throws(ConversionError) {
        guard let format = Self.format(try Self.sample(of: source)) else { return nil }
        self.format = format
    }

    /// What bytes are whose file's name says what they are.
    enum Judgement {
        /// What the name says.
        case asNamed
        /// Something else.
        case other(HeaderlessFormat)
        /// Loud noise, read as the name says and in every other way.
        case noise
    }

    /// Judges whether bytes are what a file's name says.
    ///
    /// - Parameter format: of samples, each by itself.
    static func judgement(of format: HeaderlessFormat, _ source: ByteSource) throws(ConversionError) -> Judgement {
        let bytes = try sample(of: source)
        // A few samples look like anything.
        guard bytes.count >= 1000 else { return .asNamed }
        let named = correlations(bytes, format.encoding)
        // Nothing is so much more like sound; and to guess takes a dozen times as long.
        guard named.likeness < 0.7 else { return .asNamed }
        let guess = Self.format(bytes)
        if let guess, guess.encoding != format.encoding {
            let found = correlations(bytes, guess.encoding)
            if found.likeness > named.likeness + 0.3, !isConstant(bytes) {
                return .other(guess.atRate(format.sampleRate))
            }
        }
        return guess == nil && named.likeness < 0.1 && named.loudness > loudest ? .noise : .asNamed
    }

    /// Judges what bytes are that were decoded as their file's name says.
    ///
    /// - Parameter loudness: the root mean square of what was decoded, relative to full scale.
    static func judgement(
        ofDecoded loudness: Double, as format: HeaderlessFormat, _ source: ByteSource
    ) throws(ConversionError) -> Judgement {
        // Whatever is no ADPCM drives the decoder's steps to their largest.
        guard loudness > 1.5 * loudest else { return .asNamed }
        return try HeaderlessGuess(source).map { .other($0.format.atRate(format.sampleRate)) } ?? .noise
    }

    /// Sound that is louder, as a root mean square relative to full scale, is not recorded: -10.5 dBov.
    private static let loudest = 0.3

    /// Some of the bytes, of four places.
    private static func sample(of source: ByteSource) throws(ConversionError) -> [UInt8] {
        var bytes: [UInt8] = []
        // Each part begins at an even place, so that samples of two bytes are read right, frames of two as well,
        // and those of three bytes.
        for part in 0..<4 { bytes += try source.bytes(at: source.size / 4 * part / 12 * 12, count: 12 * 1365) }
        return bytes
    }

    private static func isConstant(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { $0 == bytes[0] } }

    private static func format(_ bytes: [UInt8]) -> HeaderlessFormat? {
        if isConstant(bytes) {
            return silentEncoding(bytes.first ?? 0).flatMap { HeaderlessFormat($0, sampleRate: 8000) }
        }
        // Floats of silence with a little noise; small numbers of 16 bits, read so, are smaller than any sound.
        if case let floats = likelyFloats(bytes), floats.others == 0, floats.likely > 0 {
            return HeaderlessFormat(.f32, sampleRate: 8000, channels: correlations(bytes, .f32).channels)
        }
        if let encoding = quietEncoding(bytes) {
            return HeaderlessFormat(encoding, sampleRate: 8000, channels: correlations(bytes, encoding).channels)
        }
        if let encoding = toneEncoding(bytes) { return HeaderlessFormat(encoding, sampleRate: 8000) }
        if let wide = wideFormat(bytes) { return wide }
        let little = correlations(bytes, .s16)
        let big = correlations(bytes, .s16be)
        let (narrow, encoding) = narrowEncodings.map {
            (correlations(bytes, $0).neighbours, $0)
        }.max { $0.0 < $1.0 }!
        let (wide, otherWide) = little.best >= big.best ? (little, big) : (big, little)
        if wide.best - otherWide.neighbours > 0.2, narrow < 0.7 {
            return HeaderlessFormat(
                little.best >= big.best ? .s16 : .s16be, sampleRate: 8000, channels: wide.channels)
        }
        if abs(little.neighbours - big.neighbours) < 0.05, narrow >= 0.65 {
            return HeaderlessFormat(encoding, sampleRate: 8000)
        }
        return nil
    }

    private static let narrowEncodings: [HeaderlessFormat.Encoding] = [.ulaw, .alaw, .u8, .s8]

    /// In which code one byte, over and over, is silence; nil if it is in none.
    private static func silentEncoding(_ byte: UInt8) -> HeaderlessFormat.Encoding? {
        switch byte {
        case 0: .s16
        case 0x80: .u8
        case 0xD5, 0x55: .alaw
        case 0xFF, 0x7F: .ulaw
        default: nil
        }
    }

    /// The byte order of samples of 16 bits that are all small, so that the high byte of each is that of its sign; nil of all else.
    private static func quietEncoding(_ bytes: [UInt8]) -> HeaderlessFormat.Encoding? {
        let pairs = bytes.count / 2
        var (littleSigns, bigSigns, littleSmall, bigSmall) = (0, 0, 0, 0)
        for place in stride(from: 0, to: 2 * pairs, by: 2) {
            let (first, second) = (bytes[place], bytes[place + 1])
            if second == 0 || second == 0xFF { littleSigns += 1 }
            if first == 0 || first == 0xFF { bigSigns += 1 }
            if second == (first < 128 ? 0 : 0xFF) { littleSmall += 1 }
            if first == (second < 128 ? 0 : 0xFF) { bigSmall += 1 }
        }
        // In the other order, small numbers are large ones; of 32 bits, all but one byte in four are signs.
        let isClear = abs(littleSmall - bigSmall) * 20 > pairs
        if littleSigns * 50 > pairs * 49, isClear, littleSmall > bigSmall { return .s16 }
        return bigSigns * 50 > pairs * 49 && isClear && bigSmall > littleSmall ? .s16be : nil
    }

    /// The byte order of samples of 16 bits that are a tone, which other readings misread as something regular, too; nil of all else.
    private static func toneEncoding(_ bytes: [UInt8]) -> HeaderlessFormat.Encoding? {
        // Pairs of bytes of a tone of 8 bits may look like one of 16.
        let isNarrow = narrowEncodings.contains { correlations(bytes, $0).unpredictable < 0.02 }
        guard !isNarrow else { return nil }
        let (little, big) = (correlations(bytes, .s16), correlations(bytes, .s16be))
        if little.isHighTone, little.unpredictable <= big.unpredictable { return .s16 }
        return big.isHighTone ? .s16be : nil
    }

    /// What samples of three and four bytes look like; nil if they look like something else.
    ///
    /// Read as floats, other bytes have exponents of all sizes. Of 32 bits, the low half of each sample is noise, or nothing; of
    /// 24 bits, samples of 16 would be misread at every other place.
    private static func wideFormat(_ bytes: [UInt8]) -> HeaderlessFormat? {
        func format(_ encoding: HeaderlessFormat.Encoding, _ found: Correlations) -> HeaderlessFormat? {
            HeaderlessFormat(encoding, sampleRate: 8000, channels: found.channels)
        }
        let float = correlations(bytes, .f32)
        let floats = likelyFloats(bytes)
        if float.best > 0.5, floats.likely + floats.zeros >= floats.others * 99 { return format(.f32, float) }
        let narrow = correlations(bytes, .s16)
        let (long, three) = (correlations(bytes, .s32), correlations(bytes, .s24))
        if long.best > 0.7, narrow.neighbours < 0.3, isLowHalfNoise(bytes) { return format(.s32, long) }
        if three.best > 0.7, narrow.best < 0.3 { return format(.s24, three) }
        return nil
    }

    /// Of the numbers of four bytes, how many are floats of the size of sound, how many are 0, and how many are neither.
    private static func likelyFloats(_ bytes: [UInt8]) -> (likely: Int, zeros: Int, others: Int) {
        var counts = (likely: 0, zeros: 0, others: 0)
        for place in stride(from: 0, through: bytes.count - 4, by: 4) {
            let bits = bytes[place..<(place + 4)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            if bits << 1 == 0 {
                counts.zeros += 1
            } else if (1e-9...8).contains(Float(bitPattern: bits).magnitude) {
                counts.likely += 1
            } else {
                counts.others += 1
            }
        }
        return counts
    }

    /// Whether, of each four bytes, the first two change without a pattern from one to the next, or are 0, unlike the others.
    private static func isLowHalfNoise(_ bytes: [UInt8]) -> Bool {
        let halves = [0, 2].map { offset in
            stride(from: offset, through: bytes.count - 2, by: 4).flatMap { bytes[$0..<($0 + 2)] }
        }
        return correlations(halves[0], .s16).best < 0.3 && correlations(halves[1], .s16).best > 0.7
    }

    /// How alike samples are to their neighbours, and to the next but one, -1...1: the normalised autocorrelation.
    private struct Correlations {
        var neighbours = 0.0
        var nextButOne = 0.0
        /// The energy of the steps from even to odd samples, relative to that of the steps from odd to even ones.
        var pairing = 1.0
        /// The root mean square relative to full scale.
        var loudness = 0.0
        /// Of mono, a neighbour is more alike than the next but one, and all steps are the same; of stereo, samples come in pairs.
        private var looksLikeStereo: Bool { nextButOne > neighbours + 0.05 || !(0.5...2).contains(pairing) }
        /// Noise looks like anything, and is one channel.
        var channels: Int { best > 0.3 && looksLikeStereo ? 2 : 1 }
        var best: Double { max(neighbours, nextButOne) }

        /// The part of the energy that can't be told from the two samples before, 0...1: the residual of linear prediction.
        var unpredictable: Double {
            let first = 1 - neighbours * neighbours
            guard first > 1e-9 else { return 0 }
            let reflection = (nextButOne - neighbours * neighbours) / first
            return max(0, first * (1 - reflection * reflection))
        }

        /// Whether it is a tone of more than an eighth of the sample rate: neighbours differ, and yet one follows from two others.
        ///
        /// Stereo, whose next but one is alike, and what changes its sign with each sample, as bytes of two kinds do, are none.
        var isHighTone: Bool {
            unpredictable < 0.02 && neighbours > -0.95 && neighbours < 0.7 && (nextButOne < 0.5 || neighbours < -0.4)
        }

        /// How much it is like sound, 0...1.
        var likeness: Double { max(best, 1 - unpredictable) }
    }

    private static func correlations(_ bytes: [UInt8], _ encoding: HeaderlessFormat.Encoding) -> Correlations {
        guard let format = HeaderlessFormat(encoding, sampleRate: 8000),
            case .samples(let layout) = format.reading(size: bytes.count)
        else { return Correlations() }
        let count = bytes.count / layout.encoding.bytesPerSample
        var samples = [Float](repeating: 0, count: count)
        bytes.withUnsafeBytes { bytes in
            samples.withUnsafeMutableBufferPointer { samples in
                let whole = UnsafeRawBufferPointer(rebasing: bytes[..<(count * layout.encoding.bytesPerSample)])
                layout.encoding.decode(whole, bigEndian: layout.isBigEndian, into: samples)
            }
        }
        let mean = samples.reduce(0, +) / Float(max(1, count))
        let centred = samples.map { $0 - mean }
        func product(_ lag: Int) -> Double {
            zip(centred, centred.dropFirst(lag)).reduce(0) { $0 + Double($1.0 * $1.1) }
        }
        let energy = product(0)
        guard energy > 0 else { return Correlations() }
        var steps = [0.0, 0.0]
        for index in 1..<centred.count {
            let step = Double(centred[index] - centred[index - 1])
            steps[index % 2] += step * step
        }
        return Correlations(
            neighbours: product(1) / energy, nextButOne: product(2) / energy,
            pairing: steps[0] > 0 ? steps[1] / steps[0] : steps[1] > 0 ? .infinity : 1,
            loudness: (samples.reduce(0.0) { $0 + Double($1 * $1) } / Double(samples.count)).squareRoot())
    }
}

extension HeaderlessFormat {
    /// The same at another rate.
    fileprivate func atRate(_ rate: Int) -> HeaderlessFormat {
        HeaderlessFormat(encoding, sampleRate: rate, channels: channels) ?? self
    }
}
