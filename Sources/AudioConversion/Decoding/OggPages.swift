/// The pages of an Ogg stream (RFC 3533), one after another.
struct OggPages {
    /// A page: its header fields, where its packets' bytes lie, and how they are laced.
    struct Page {
        /// Where it begins in the whole file, in bytes, for messages.
        let place: Int
        let isLast: Bool
        let isContinued: Bool
        /// The codec's position at the end of the last packet that ends here; -1 if none does.
        let granule: Int64
        let serial: UInt32
        let sequence: UInt32
        /// Lengths of the segments; a packet ends with the first below 255.
        let lacing: [UInt8]
        let body: [UInt8]
        let isIntact: Bool
    }

    private let source: ByteSource
    private(set) var offset = 0

    init(_ source: ByteSource) {
        self.source = source
    }

    /// The next page; nil at the end.
    ///
    /// Other bytes between pages are skipped, up to 64 KiB of them.
    mutating func next() throws(ConversionError) -> Page? {
        if let page = try pageHere() { return page }
        let start = offset
        let bytes = try source.bytes(at: start, count: 1 << 16)
        for index in bytes.indices where bytes[index] == UInt8(ascii: "O") {
            offset = start + index
            if let page = try pageHere(), page.isIntact { return page }
        }
        offset = start
        return nil
    }

    /// The page that begins at the present place; nil if none does.
    private mutating func pageHere() throws(ConversionError) -> Page? {
        let head = try source.bytes(at: offset, count: 27)
        guard head.count == 27, head.starts(with: Array("OggS".utf8)), head[4] == 0 else { return nil }
        let lacing = try source.bytes(at: offset + 27, count: Int(head[26]))
        let bodySize = lacing.reduce(0) { $0 + Int($1) }
        let body = try source.bytes(at: offset + 27 + lacing.count, count: bodySize)
        guard lacing.count == Int(head[26]), body.count == bodySize else { return nil }
        func number(_ range: Range<Int>) -> UInt64 { head[range].reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        var crc = OggCRC()
        crc.add(head[..<22])
        crc.add([0, 0, 0, 0])
        crc.add(head[26...])
        crc.add(lacing[...])
        crc.add(body[...])
        defer { offset += 27 + lacing.count + bodySize }
        return Page(
            place: source.position(offset), isLast: head[5] & 4 != 0, isContinued: head[5] & 1 != 0,
            granule: Int64(bitPattern: number(6..<14)),
            serial: UInt32(number(14..<18)), sequence: UInt32(number(18..<22)), lacing: lacing, body: body,
            isIntact: crc.value == UInt32(number(22..<26)))
    }

    /// The granule position of a stream's last page, looked for in the last 128 KiB; nil if there is none.
    static func lastGranule(in source: ByteSource, serial: UInt32) throws(ConversionError) -> Int? {
        let start = max(0, source.size - 1 << 17)
        let tail = try source.bytes(at: start, count: 1 << 17)
        let magic = Array("OggS".utf8)
        for index in stride(from: tail.count - 27, through: 0, by: -1) where tail[index] == magic[0] {
            guard tail[index..<(index + 4)].elementsEqual(magic) else { continue }
            var pages = OggPages(source)
            pages.offset = start + index
            if let page = try pages.next(), page.isIntact, page.serial == serial, page.granule >= 0 {
                return Int(page.granule)
            }
        }
        return nil
    }

    /// Whether pages that are missing before this one were never there: a stream that is joined late, as from a radio, has the
    /// pages of its header and then those of the present (RFC 7845, 4.5).
    ///
    /// - Parameter granule: the position of the page before it in the stream: 0 for a header.
    static func beginsLate(_ page: Page, after granule: Int64?) -> Bool {
        granule == 0 && page.granule > latestStart
    }

    /// Ten seconds at the rate of Opus: less that is missing behind a header is damage rather than a late start.
    private static let latestStart = 480_000

    /// How the stream in a source ends, and what is wrong with it before.
    static func finding(in source: ByteSource) -> IntegrityCheck.Finding {
        var pages = OggPages(source)
        var expected: [UInt32: UInt32] = [:]
        var granules: [UInt32: Int64] = [:]
        // The streams whose last page has not come, and whether their last packet goes on behind their page.
        var open: [UInt32: Bool] = [:]
        var endsWithLastPage = false
        // Where reading fails the stream breaks off, which is told.
        while let page = try? pages.next() {
            guard page.isIntact else { return .damaged("the page at byte \(page.place) has a wrong checksum") }
            if let sequence = expected[page.serial], sequence != page.sequence,
                !beginsLate(page, after: granules[page.serial])
            {
                return .damaged("pages are missing before byte \(page.place)")
            }
            expected[page.serial] = page.sequence &+ 1
            granules[page.serial] = page.granule
            open[page.serial] = page.isLast ? nil : page.lacing.last == 255
            endsWithLastPage = page.isLast
        }
        // Behind a stream that has its last page, some bytes may be of a tag that is not known.
        if let end = try? AudioTags.end(source, from: pages.offset), end < source.size,
            !open.isEmpty || source.size - end >= 512
        {
            return .damaged(
                "the stream breaks off at byte \(source.position(pages.offset)) of \(source.position(source.size))")
        }
        // Some programs mark the last page of one stream only, as of the pictures.
        if open.isEmpty || endsWithLastPage { return .whole }
        return open.values.contains(true) ? .damaged(endsInPacket) : .endsUnmarked
    }

    /// What is said of a stream that ends with a page whose last packet goes on.
    static let endsInPacket = "the stream ends in the middle of a packet: the file was cut off"
}

/// The checksum of Ogg pages: CRC-32 with polynomial 0x04C11DB7, unreflected, from 0 (RFC 3533, section 6).
struct OggCRC {
    private(set) var value: UInt32 = 0

    /// Tables for four bytes at a time.
    private static let tables: [[UInt32]] = {
        var tables = [
            (0..<256).map { index in
                (0..<8).reduce(UInt32(index) << 24) { crc, _ in
                    crc & 0x8000_0000 != 0 ? crc << 1 ^ 0x04C1_1DB7 : crc << 1
                }
            }
        ]
        for _ in 1..<4 { tables.append(tables.last!.map { $0 << 8 ^ tables[0][Int($0 >> 24)] }) }
        return tables
    }()

    mutating func add(_ bytes: ArraySlice<UInt8>) {
        let tables = Self.tables
        var crc = value
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index + 4 <= bytes.count {
                crc ^= UInt32(bytes[index]) << 24 | UInt32(bytes[index + 1]) << 16
                crc ^= UInt32(bytes[index + 2]) << 8 | UInt32(bytes[index + 3])
                crc =
                    tables[3][Int(crc >> 24)] ^ tables[2][Int(crc >> 16 & 255)] ^ tables[1][Int(crc >> 8 & 255)]
                    ^ tables[0][Int(crc & 255)]
                index += 4
            }
            while index < bytes.count {
                crc = crc << 8 ^ tables[0][Int(crc >> 24 ^ UInt32(bytes[index]))]
                index += 1
            }
        }
        value = crc
    }
}
