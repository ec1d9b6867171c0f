/// Finds where frames that tell their own length begin, as in a capture of a broadcast, which may begin within one.
enum FrameSync {
    /// Where frames of AAC in LOAS begin: 11 bits of sync, 13 of length (ISO/IEC 14496-3, 1.7.2).
    ///
    /// - Parameters:
    ///   - start: where to begin to look.
    ///   - reach: how many bytes to look at.
    ///   - count: how many frames must follow one another.
    /// - Returns: the place of the first of them; nil if there are none.
    static func findLOAS(_ source: ByteSource, from start: Int, within reach: Int, frames count: Int) -> Int? {
        find(source, from: start, within: reach, frames: count, sync: 0x56) { head in
            guard head[0] == 0x56, head[1] & 0xE0 == 0xE0 else { return nil }
            return 3 + (Int(head[1] & 0x1F) << 8 | Int(head[2]))
        }
    }

    /// Where frames of AC-3 or E-AC-3 begin; the parameters are those of ``findLOAS(_:from:within:frames:)``.
    static func findAC3(_ source: ByteSource, from start: Int, within reach: Int, frames count: Int) -> Int? {
        find(source, from: start, within: reach, frames: count, sync: 0x0B, length: PacketWalk.lengthOfAC3)
    }

    /// Where frames of DTS begin, in 16-bit words of either byte order (ETSI TS 102 114, 5.3.1); the parameters are those of
    /// ``findLOAS(_:from:within:frames:)``.
    static func findDTS(_ source: ByteSource, from start: Int, within reach: Int, frames count: Int) -> Int? {
        let big = find(source, from: start, within: reach, frames: count, sync: 0x7F) { head in
            guard head.starts(with: [0x7F, 0xFE, 0x80, 0x01]) else { return nil }
            return lengthOfDTS(head[5], head[6], head[7])
        }
        let little = find(source, from: start, within: reach, frames: count, sync: 0xFE) { head in
            guard head.starts(with: [0xFE, 0x7F, 0x01, 0x80]) else { return nil }
            return lengthOfDTS(head[4], head[7], head[6])
        }
        return [big, little].compactMap(\.self).min()
    }

    /// The length of a frame of DTS: 14 bits, one less, behind 14 bits of other fields.
    private static func lengthOfDTS(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int? {
        let length = (Int(first & 3) << 12 | Int(second) << 4 | Int(third >> 4)) + 1
        return length >= 96 ? length : nil
    }

    /// Where packets of an MPEG transport stream begin, each of 188 bytes (ISO/IEC 13818-1, 2.4.3.2).
    static func findTransportPackets(
        _ source: ByteSource, from start: Int, within reach: Int, frames count: Int
    ) -> Int? {
        find(source, from: start, within: reach, frames: count, sync: 0x47) { $0[0] == 0x47 ? 188 : nil }
    }

    private static func find(
        _ source: ByteSource, from start: Int, within reach: Int, frames count: Int, sync: UInt8,
        length: ([UInt8]) -> Int?
    ) -> Int? {
        var window = ByteWindow(source)
        // A window of its own, which only goes forwards.
        var ahead = ByteWindow(source)
        for offset in start..<max(start, min(source.size, start + reach)) where window[offset, 1].first == sync {
            var place = offset
            var agreeing = 0
            while agreeing < count, case let head = Array(ahead[place, 8]), head.count == 8, let length = length(head) {
                place += length
                agreeing += 1
            }
            if agreeing == count { return offset }
        }
        return nil
    }
}
