/// The tags that programs put around audio of any kind: ID3v2 and APE before it; ID3v1, APE, Lyrics3 and ID3v2 behind it.
///
/// Their layouts are those of id3.org's "ID3 tag version 2.4.0" and "ID3v1", of "APE Tags Specification" (Hydrogenaudio), and of
/// "Lyrics3 v2.00".
enum AudioTags {
    /// The length of the tags that a source begins with, and of zeros that pad them; 0 if there are none.
    static func leadingCount(_ source: ByteSource) throws(ConversionError) -> Int {
        guard try length(source, at: 0) != nil else { return 0 }
        var offset = try end(source, from: 0)
        // Some programs pad with spaces.
        while try source.bytes(at: offset, count: 1).first == UInt8(ascii: " ") { offset += 1 }
        return offset
    }

    /// How many bytes of the ID3v2 tag that a source begins with are missing; nil if it begins with none, or has all of it.
    static func missingCount(_ source: ByteSource) throws(ConversionError) -> Int? {
        let head = try source.bytes(at: 0, count: 10)
        guard head.count == 10, head.starts(with: Array("ID3".utf8)), head[6...].allSatisfy({ $0 < 128 }) else {
            return nil
        }
        let missing = 10 + head[6...].reduce(0) { $0 << 7 | Int($1) } - source.size
        return missing > 0 ? missing : nil
    }

    /// Where the tags that stand at a place, and zeros between them, end.
    static func end(_ source: ByteSource, from start: Int) throws(ConversionError) -> Int {
        var offset = start
        while true {
            let begin = offset
            while let length = try length(source, at: offset) { offset += length }
            offset += try zeroCount(source, from: offset)
            if offset == begin { return offset }
        }
    }

    /// The length of the tags that a source ends with; 0 if there are none.
    static func trailingCount(_ source: ByteSource) throws(ConversionError) -> Int {
        var end = source.size
        while let length = try lengthOfTag(source, endingAt: end), (1...end).contains(length) { end -= length }
        return source.size - end
    }

    /// The length of the tag that begins at a place; nil if none does, or it would be longer than the source.
    private static func length(_ source: ByteSource, at offset: Int) throws(ConversionError) -> Int? {
        let head = try source.bytes(at: offset, count: 32)
        func begins(_ magic: String) -> Bool { head.starts(with: Array(magic.utf8)) }
        let length: Int
        if head.count >= 10, begins("ID3"), head[3] < 0xFF, head[4] < 0xFF {
            let hasFooter = head[5] & 0x10 != 0
            length = 10 + head[6..<10].reduce(0) { $0 << 7 | Int($1 & 127) } + (hasFooter ? 10 : 0)
        } else if head.count == 32, begins("APETAGEX") {
            // The size counts the footer, but not the header; bit 29 of the flags tells which of them this is.
            length = head[23] & 0x20 != 0 ? 32 + littleEndian(head[12..<16]) : 32
        } else if begins("TAG"), offset > 0 {
            length = min(128, source.size - offset)
        } else if begins("LYRICSBEGIN") {
            guard let end = try endOfLyrics(source, from: offset) else { return nil }
            length = end - offset
        } else {
            return nil
        }
        return length <= source.size - offset ? length : nil
    }

    /// Where lyrics end: they are 64 KiB at the most.
    private static func endOfLyrics(_ source: ByteSource, from offset: Int) throws(ConversionError) -> Int? {
        let text = try source.bytes(at: offset, count: 1 << 16)
        let ends = ["LYRICS200", "LYRICSEND"].compactMap { text.firstRange(of: Array($0.utf8))?.upperBound }
        return ends.min().map { offset + $0 }
    }

    /// The length of the tag that ends at a place; nil if none does.
    private static func lengthOfTag(_ source: ByteSource, endingAt end: Int) throws(ConversionError) -> Int? {
        if end >= 128, try source.bytes(at: end - 128, count: 3) == Array("TAG".utf8) {
            // An extended tag of 227 bytes may stand before it.
            let before = end >= 355 ? try source.bytes(at: end - 355, count: 4) : []
            return before == Array("TAG+".utf8) ? 355 : 128
        }
        guard end >= 32 else { return nil }
        let tail = try source.bytes(at: end - 32, count: 32)
        if tail.starts(with: Array("APETAGEX".utf8)) {
            // The size counts the footer, but not the header that bit 31 of the flags tells of.
            return littleEndian(tail[12..<16]) + (tail[23] & 0x80 != 0 ? 32 : 0)
        }
        if tail.suffix(9).elementsEqual("LYRICS200".utf8) {
            return Int(String(decoding: tail[17..<23], as: UTF8.self)).map { $0 + 15 }
        }
        if tail[22..<25].elementsEqual("3DI".utf8) {
            return 20 + tail[28..<32].reduce(0) { $0 << 7 | Int($1 & 127) }
        }
        return nil
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// How many bytes from a place on are 0.
    private static func zeroCount(_ source: ByteSource, from start: Int) throws(ConversionError) -> Int {
        var offset = start
        while true {
            let bytes = try source.bytes(at: offset, count: 1 << 16)
            let zeros = bytes.prefix { $0 == 0 }.count
            offset += zeros
            if bytes.isEmpty || zeros < bytes.count { return offset - start }
        }
    }
}
