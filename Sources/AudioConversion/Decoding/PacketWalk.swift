/// Follows packets that tell their own size, in formats whose header does not say how long the file is.
struct PacketWalk {
    private let source: ByteSource
    /// The size of the packet that begins with such bytes; nil if they begin none.
    private let size: ([UInt8]) -> Int?
    private let headSize: Int

    private init(_ source: ByteSource, headSize: Int, size: @escaping ([UInt8]) -> Int?) {
        self.source = source
        self.headSize = headSize
        self.size = size
    }

    /// Where the last packet would end; nil if no packet is where one should be.
    private func end(from start: Int) throws(ConversionError) -> Int? {
        var position = start
        while position < source.size {
            let head = try source.bytes(at: position, count: headSize)
            // A head that is cut off: its packet ends later in any case.
            guard head.count == headSize else { return position + headSize }
            guard let size = size(head), size > 0 else { return nil }
            position += size
        }
        return position
    }

    /// The end of Flash video: tags of 11 bytes and their data, each followed by its size (Adobe, FLV 10.1, E.4).
    static func endOfFlashVideo(_ source: ByteSource) throws(ConversionError) -> Int? {
        try PacketWalk(source, headSize: 4) { head in
            15 + head[1...3].reduce(0) { $0 << 8 | Int($1) }
        }.end(from: 13)
    }

    /// The end of an MPEG program stream: packs, and packets that tell their length (ISO/IEC 13818-1, 2.5.3).
    static func endOfProgramStream(_ source: ByteSource) throws(ConversionError) -> Int? {
        let end = try PacketWalk(source, headSize: 6) { head in
            guard head[..<3] == [0, 0, 1] else { return nil }
            // A pack's header is longer in MPEG-2; what may be stuffed into it ends the walk without a finding.
            if head[3] == 0xBA { return head[4] >> 6 == 1 ? 14 : 12 }
            if head[3] == 0xB9 { return 4 }
            return 6 + (Int(head[4]) << 8 | Int(head[5]))
        }.end(from: 0)
        // The code that may end the stream has 4 bytes only.
        return end.map { $0 - 2 }
    }

    /// The end of AC-3 or E-AC-3: frames that begin with 0x0B77 (ETSI TS 102 366, 4.3 and E.1.3).
    static func endOfAC3(_ source: ByteSource) throws(ConversionError) -> Int? {
        try PacketWalk(source, headSize: 6, size: lengthOfAC3).end(from: 0)
    }

    /// The length of the frame of AC-3 or E-AC-3 that 6 bytes begin; nil if they begin none.
    static func lengthOfAC3(_ head: [UInt8]) -> Int? {
        guard head[0] == 0x0B, head[1] == 0x77 else { return nil }
        if head[5] >> 3 > 10 { return 2 * ((Int(head[2] & 7) << 8 | Int(head[3])) + 1) }
        let (rate, code) = (Int(head[4] >> 6), Int(head[4] & 63))
        guard rate < 3, code / 2 < bitRates.count else { return nil }
        let words = bitRates[code / 2] * 96_000 / [48_000, 44_100, 32_000][rate]
        return 2 * (words + (rate == 1 ? code % 2 : 0))
    }

    /// The end of a MAT-file of level 4: matrices of 20 bytes, a name, and their elements (MathWorks, MAT-File Format, 2).
    static func endOfMatlab4(_ source: ByteSource) throws(ConversionError) -> Int? {
        // The thousands of a matrix' type are 1 in files of big-endian machines.
        let isLittle = try source.bytes(at: 2, count: 2) == [0, 0]
        return try PacketWalk(source, headSize: 20) { head in
            let words = words(head, isLittle: isLittle)
            let width = [8, 4, 4, 2, 2, 1]
            guard words[0] / 10 % 10 < width.count, words.allSatisfy({ $0 < 1 << 31 }) else { return nil }
            let (elements, overflow) = words[1].multipliedReportingOverflow(by: words[2])
            guard !overflow, elements < 1 << 48 else { return nil }
            return 20 + words[4] + elements * width[words[0] / 10 % 10] * (words[3] == 0 ? 1 : 2)
        }.end(from: 0)
    }

    /// The end of a MAT-file of level 5: after 128 bytes, elements of 8 bytes and their data (MathWorks, MAT-File Format, 1).
    static func endOfMatlab5(_ source: ByteSource) throws(ConversionError) -> Int? {
        let isLittle = try source.bytes(at: 126, count: 2) == Array("IM".utf8)
        let end = try PacketWalk(source, headSize: 8) { head in
            let words = words(head, isLittle: isLittle)
            // A small element holds its data in the second word.
            return words[0] > 0xFFFF ? 8 : 8 + (words[1] + 7) / 8 * 8
        }.end(from: 128)
        // Files of libsndfile end up to 14 bytes before what their sizes say, without padding.
        return end.map { $0 - 14 }
    }

    private static func words(_ bytes: [UInt8], isLittle: Bool) -> [Int] {
        stride(from: 0, to: bytes.count, by: 4).map { start in
            let word = bytes[start..<(start + 4)]
            return (isLittle ? Array(word.reversed()) : Array(word)).reduce(0) { $0 << 8 | Int($1) }
        }
    }

    /// Of AC-3, in kbit/s.
    private static let bitRates = [
        32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640,
    ]
}
