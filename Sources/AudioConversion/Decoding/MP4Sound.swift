/// What the boxes of an MP4, M4A, 3GP or QuickTime file (ISO/IEC 14496-12) say of its first track with sound: how many samples
/// of the codec there are, how long they are, and where the sound begins and ends in them.
///
/// ffmpeg skips the encoder's delay, but delivers the last frame of a codec whole, and leaves gaps in time out.
struct MP4Sound {
    /// Units of the track's time in a second.
    private(set) var timescale = 0
    /// What the track's header says; 0 if it does not tell.
    ///
    /// In fragmented files it may be true of the beginning only.
    private(set) var duration = 0
    /// How many samples of the codec, which its specification calls access units or packets, there are in all fragments.
    private(set) var sampleCount = 0
    /// How long all of them are together.
    private(set) var totalDuration = 0
    /// How long most of them are; gaps in time make single ones longer.
    private(set) var sampleDuration = 0
    /// The codec by its four characters, as in `mp4a` or `samr`.
    private(set) var codec = ""
    /// Whether the samples are encrypted, by MPEG's common encryption or as iTunes' were (ISO/IEC 14496-12, 8.12).
    var isEncrypted: Bool { codec == "enca" || codec == "drms" }
    /// Where the samples lie, in a file without fragments.
    private(set) var table = MP4SampleTable()
    private(set) var isFragmented = false

    /// Frames at 48 kHz to leave out at the beginning of Opus.
    private var preSkip = 0
    private var movieTimescale = 0
    /// The edits that play something: where in the media each starts, and how long it is in units of the movie.
    private var edits: [(mediaTime: Int, duration: Int)] = []
    private var hasDelay = false
    /// What iTunes writes: samples to leave out at the beginning, and samples of sound.
    private var gapless: (delay: Int, padding: Int, count: Int)?
    private var track = 0
    private var isSound = false
    /// The length of a sample in fragments that do not tell, by track.
    private var defaults: [Int: Int] = [:]

    /// Reads the boxes of a file; nil if they tell of no track with sound.
    init?(_ source: ByteSource) {
        var boxes = MP4Boxes(source)
        // Boxes that can't be read end the walk; what was found before counts.
        try? boxes.walk(0..<source.size) { (box, boxes) throws(ConversionError) in try self.visit(box, &boxes) }
        guard isSound, timescale > 0 else { return nil }
    }

    /// Where the sound ends, in frames from its beginning; nil if the boxes do not say more than ffmpeg knows.
    func end(sampleRate: Int) -> Int? {
        if let gapless, edits.isEmpty {
            // A file that was edited since says what is not true any more: then only the delay counts.
            let total = gapless.delay + gapless.padding + gapless.count
            let isTrue = abs(total - Self.product(sampleCount, sampleDuration)) <= sampleDuration
            return isTrue && gapless.count > 0 ? gapless.count * sampleRate / timescale : nil
        }
        // A duration beyond what the samples make is a gap, or not true.
        if isFragmented {
            guard edits.count <= 1, !hasDelay, sampleDuration > 0, totalDuration < 1 << 42 else { return nil }
            // The edit of such a file tells where the sound begins; how long it will be was not known yet.
            let units = totalDuration - (edits.first?.mediaTime ?? 0)
            return units > 0 ? units * sampleRate / timescale : nil
        }
        guard duration > 0, duration <= Self.product(sampleCount, sampleDuration),
            edits.count <= 1, !hasDelay
        else { return nil }
        var units = duration
        if let edit = edits.first {
            units -= edit.mediaTime
            // The edit's length is often rounded to milliseconds: it counts only where it is shorter by more than that.
            if movieTimescale > 0, edit.duration > 0 {
                let length = (Double(edit.duration) + 1) * Double(timescale) / Double(movieTimescale)
                units = Int(min(Double(units), length))
            }
        }
        let frames = units.multipliedReportingOverflow(by: sampleRate)
        return units > 0 && !frames.overflow && frames.partialValue >= timescale ? frames.partialValue / timescale : nil
    }

    /// How many frames of sound there are at the least: those of all samples, but for the delay that is left out, for what the
    /// edit leaves out, and for two samples, which decoders need to begin and to end.
    func leastFrameCount(sampleRate: Int) -> Int {
        guard edits.count <= 1, sampleDuration > 0, sampleCount > 2, sampleCount < 1 << 32, sampleDuration < 1 << 24
        else { return 0 }
        let delay = max(edits.first?.mediaTime ?? gapless?.delay ?? 0, preSkip * timescale / 48_000)
        let units = (sampleCount - 2) * sampleDuration - delay
        guard units > 0, units < 1 << 42 else { return 0 }
        let frames = units * sampleRate / timescale
        return min(frames, max(0, (end(sampleRate: sampleRate) ?? .max) - 2 * sampleDuration * sampleRate / timescale))
    }

    /// Longer than any sound: so far times are counted, whatever hostile boxes say.
    private static let longest = 1 << 42

    /// The product of two numbers that are not negative, no more than the longest time.
    private static func product(_ first: Int, _ second: Int) -> Int {
        let (product, overflow) = first.multipliedReportingOverflow(by: second)
        return overflow ? longest : min(longest, product)
    }

    private mutating func visit(_ box: MP4Box, _ boxes: inout MP4Boxes) throws(ConversionError) {
        switch box.type {
        case "moov", "mdia", "minf", "stbl", "edts", "udta", "ilst", "mvex", "moof":
            try boxes.walk(box.content) { (box, boxes) throws(ConversionError) in try self.visit(box, &boxes) }
        case "trak": try visitTrack(box, &boxes)
        case "traf": try readFragment(box, &boxes)
        case "mvhd": (movieTimescale, _) = try times(box, boxes)
        case "trex":
            let bytes = try boxes.bytes(box, 16)
            if bytes.count == 16 { defaults[number(bytes, 4, 4)] = number(bytes, 12, 4) }
            isFragmented = true
        case "meta":
            // In QuickTime it is a plain box of boxes, in MPEG-4 a version comes first.
            let isPlain = try boxes.bytes(box, 8).dropFirst(4).elementsEqual("hdlr".utf8)
            let start = box.content.lowerBound + (isPlain ? 0 : 4)
            guard start <= box.content.upperBound else { return }
            try boxes.walk(start..<box.content.upperBound) { (box, boxes) throws(ConversionError) in
                try self.visit(box, &boxes)
            }
        case "----": try readTag(box, boxes)
        default: break
        }
    }

    private mutating func visitTrack(_ box: MP4Box, _ boxes: inout MP4Boxes) throws(ConversionError) {
        guard !isSound else { return }
        let before = self
        try boxes.walk(box.content) { (box, boxes) throws(ConversionError) in try self.visitInTrack(box, &boxes) }
        guard !isSound else { return }
        self = before
    }

    private mutating func visitInTrack(_ box: MP4Box, _ boxes: inout MP4Boxes) throws(ConversionError) {
        switch box.type {
        case "mdia", "minf", "stbl", "edts":
            try boxes.walk(box.content) { (box, boxes) throws(ConversionError) in try self.visitInTrack(box, &boxes) }
        case "tkhd":
            let bytes = try boxes.bytes(box, 24)
            guard bytes.count == 24 else { return }
            track = bytes[0] == 0 ? number(bytes, 12, 4) : number(bytes, 20, 4)
        case "mdhd": (timescale, duration) = try times(box, boxes)
        case "hdlr":
            let bytes = try boxes.bytes(box, 12)
            isSound = isSound || bytes.dropFirst(8).elementsEqual("soun".utf8)
        case "elst": try readEdits(box, boxes)
        case "stsd":
            let bytes = try boxes.bytes(box, 256)
            guard bytes.count >= 16 else { return }
            codec = String(decoding: bytes[12..<16], as: UTF8.self)
            // What a decoder of Opus leaves out: behind a version and the number of channels (Opus in ISOBMFF, 4.3.2).
            if let place = bytes.firstRange(of: Array("dOps".utf8))?.upperBound, place + 4 <= bytes.count {
                preSkip = number(bytes, place + 2, 2)
            }
        case "stts": try readDurations(box, boxes)
        case "stsz", "stz2":
            let bytes = try boxes.bytes(box, 12)
            guard bytes.count == 12 else { return }
            sampleCount = number(bytes, 8, 4)
            table.add(box, sampleSize: box.type == "stsz" ? number(bytes, 4, 4) : nil)
        case "stsc", "stco", "co64": table.add(box, sampleSize: nil)
        default: break
        }
    }

    /// The time scale and the duration of a movie or media header, of version 0 or 1; a duration of all ones is unknown.
    private func times(_ box: MP4Box, _ boxes: MP4Boxes) throws(ConversionError) -> (timescale: Int, duration: Int) {
        let bytes = try boxes.bytes(box, 32)
        guard bytes.count >= 20 else { return (0, 0) }
        if bytes[0] == 0 {
            let duration = number(bytes, 16, 4)
            return (number(bytes, 12, 4), duration == 0xFFFF_FFFF ? 0 : duration)
        }
        guard bytes.count >= 32 else { return (0, 0) }
        let duration = number(bytes, 24, 8)
        return (number(bytes, 20, 4), duration < 1 << 40 ? duration : 0)
    }

    private mutating func readEdits(_ box: MP4Box, _ boxes: MP4Boxes) throws(ConversionError) {
        let bytes = try boxes.bytes(box, 1024)
        guard bytes.count >= 8 else { return }
        let wide = bytes[0] == 1
        let entrySize = wide ? 20 : 12
        for index in 0..<min(number(bytes, 4, 4), (bytes.count - 8) / entrySize) {
            let start = 8 + index * entrySize
            let duration = number(bytes, start, wide ? 8 : 4)
            let mediaTime = number(bytes, start + (wide ? 8 : 4), wide ? 8 : 4)
            // A media time of -1 is a pause.
            if mediaTime >= 1 << 31 { hasDelay = true } else { edits.append((mediaTime, duration)) }
        }
    }

    /// Finds how long most samples are, by the table of how many have which length.
    private mutating func readDurations(_ box: MP4Box, _ boxes: MP4Boxes) throws(ConversionError) {
        let bytes = try boxes.bytes(box, 8 + 8 * 4096)
        guard bytes.count >= 8 else { return }
        var counts: [Int: Int] = [:]
        for start in stride(from: 8, through: bytes.count - 8, by: 8) {
            let (count, length) = (number(bytes, start, 4), number(bytes, start + 4, 4))
            counts[length, default: 0] += count
            totalDuration = min(Self.longest, totalDuration + Self.product(count, length))
        }
        sampleDuration = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    }

    /// Counts the samples of a track's part of a fragment.
    private mutating func readFragment(_ box: MP4Box, _ boxes: inout MP4Boxes) throws(ConversionError) {
        isFragmented = true
        var isOurs = false
        var duration = 0
        try boxes.walk(box.content) { (box, boxes) throws(ConversionError) in
            switch box.type {
            case "tfhd":
                let bytes = try boxes.bytes(box, 32)
                guard bytes.count >= 8 else { return }
                let flags = self.number(bytes, 1, 3)
                let track = self.number(bytes, 4, 4)
                isOurs = track == self.track
                let place = 8 + (flags & 1 != 0 ? 8 : 0) + (flags & 2 != 0 ? 4 : 0)
                duration =
                    flags & 8 != 0 && place + 4 <= bytes.count
                    ? self.number(bytes, place, 4) : self.defaults[track] ?? 0
            case "trun":
                guard isOurs else { return }
                let bytes = try boxes.bytes(box, 20)
                guard bytes.count >= 8 else { return }
                let flags = self.number(bytes, 1, 3)
                self.sampleCount += self.number(bytes, 4, 4)
                // Where each sample tells its own length, that of the first stands for them.
                let place = 8 + (flags & 1 != 0 ? 4 : 0) + (flags & 4 != 0 ? 4 : 0)
                if flags & 0x100 != 0, place + 4 <= bytes.count { duration = self.number(bytes, place, 4) }
                if self.sampleDuration == 0 { self.sampleDuration = duration }
                let length =
                    try self.runDuration(box, boxes, flags, place) ?? Self.product(self.number(bytes, 4, 4), duration)
                self.totalDuration = min(Self.longest, self.totalDuration + length)
            default: break
            }
        }
    }

    /// How long the samples of a run are that tell their own lengths; nil if they do not.
    private func runDuration(
        _ box: MP4Box, _ boxes: MP4Boxes, _ flags: Int, _ place: Int
    ) throws(ConversionError) -> Int? {
        guard flags & 0x100 != 0 else { return nil }
        let width = 4 * [0x100, 0x200, 0x400, 0x800].count { flags & $0 != 0 }
        let bytes = try boxes.bytes(box, 1 << 20)
        return stride(from: place, through: bytes.count - width, by: width).reduce(0) { $0 + number(bytes, $1, 4) }
    }

    /// Reads a tag of iTunes': its name, and a text of hexadecimal numbers (delay, padding, samples of sound).
    private mutating func readTag(_ box: MP4Box, _ boxes: MP4Boxes) throws(ConversionError) {
        let text = String(decoding: try boxes.bytes(box, 512), as: UTF8.self)
        guard let name = text.firstRange(of: "iTunSMPB") else { return }
        let words = text[name.upperBound...].split { !$0.isHexDigit }.map(String.init).filter {
            $0.count == 8 || $0.count == 16
        }
        let numbers = words.compactMap { Int($0, radix: 16) }
        guard numbers.count >= 4, numbers[1] < 1 << 20, numbers[2] < 1 << 20, numbers[3] < 1 << 40 else { return }
        gapless = (numbers[1], numbers[2], numbers[3])
    }

    /// A big-endian number; what has the sign bit of 64 bits set is made the largest.
    private func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
        bigEndian(bytes[offset..<(offset + count)])
    }
}

/// A big-endian number of up to 8 bytes; what has the sign bit of 64 bits set is made the largest.
func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int { Int(clamping: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) }
