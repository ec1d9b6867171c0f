import Files

/// A time zone of the system's database, by its name there.
///
/// Foundation's `TimeZone` knows none where it is linked statically, as in the tool, since nothing else names the part of it that
/// reads the database; so the file is read here (RFC 9636).
struct FlowZone: Sendable {
    /// A day of the week, 0 for Monday, and a minute of the day.
    struct LocalTime: Hashable {
        let day: Int
        let minute: Int
    }

    /// Why there is no such zone, in one sentence.
    struct Failure: Error {
        let reason: String
    }

    /// When the time changes, in seconds since 1970, and how far it is ahead of UTC from then on.
    private let changes: [(time: Int, offset: Int)]
    private let firstOffset: Int
    /// What holds after the last change.
    private let rule: ZoneRule?

    /// A zone by its name, as in `Europe/Paris`.
    init(_ name: String) throws(Failure) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.allSatisfy(Self.isName) else {
            throw Failure(reason: "must be the name of a time zone, as in Europe/Paris")
        }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try OpenFile(reading: "\(Self.folder)/\(name)").contents(limit: 1 << 20)
        } catch {
            throw Failure(
                reason: FileStatus.kind(of: Self.folder) == .folder
                    ? "there is no time zone \"\(name)\"" : "the time zones are missing: install tzdata")
        }
        guard let zone = FlowZone(bytes) else { throw Failure(reason: "there is no time zone \"\(name)\"") }
        self = zone
    }

    private static let folder = "/usr/share/zoneinfo"

    private static func isName(_ part: Substring) -> Bool {
        !part.isEmpty
            && part.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || [43, 45, 95].contains($0)
            }
    }

    /// The zone of a file's bytes.
    init?(_ bytes: [UInt8]) {
        var reader = ZoneFileReader(bytes)
        guard let first = reader.block(wide: false) else { return nil }
        var block = first
        var rule: ZoneRule?
        if first.version >= 2 {
            guard let second = reader.block(wide: true) else { return nil }
            block = second
            if let text = reader.footer, !text.isEmpty {
                guard let last = ZoneRule(text) else { return nil }
                rule = last
            }
        }
        (changes, firstOffset, self.rule) = (block.changes, block.firstOffset, rule)
    }

    /// How far the zone is ahead of UTC, in seconds.
    ///
    /// - Parameter time: seconds since 1970.
    func offset(at time: Int) -> Int {
        guard let last = changes.last else { return rule?.offset(at: time) ?? firstOffset }
        if time >= last.time, let rule { return rule.offset(at: time) }
        return changes.last { $0.time <= time }?.offset ?? firstOffset
    }

    /// A moment in the zone.
    func localTime(at time: Int) -> LocalTime {
        let local = time + offset(at: time)
        let days = ZoneRule.quotient(local, 86_400)
        // 1970 began on a Thursday.
        return LocalTime(day: ZoneRule.remainder(days + 3, 7), minute: ZoneRule.remainder(local, 86_400) / 60)
    }
}

/// Reads the blocks of a time zone's file.
private struct ZoneFileReader {
    struct Block {
        let version: Int
        var changes: [(time: Int, offset: Int)] = []
        var firstOffset = 0
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// - Parameter wide: whether times have eight bytes.
    mutating func block(wide: Bool) -> Block? {
        guard let head = take(44), head.starts(with: "TZif".utf8) else { return nil }
        let version = head[head.startIndex + 4]
        let counts = (0..<6).map { Self.number(head.dropFirst(20 + 4 * $0).prefix(4)) }
        let (isUTC, isStandard, leaps, changes, types, names) = (
            counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]
        )
        guard counts.allSatisfy({ (0...100_000).contains($0) }), types > 0 else { return nil }
        let width = wide ? 8 : 4
        guard let times = take(changes * width), let indices = take(changes), let kinds = take(types * 6),
            take(names + leaps * (width + 4) + isStandard + isUTC) != nil
        else { return nil }
        let offsets = (0..<types).map { Self.number(kinds.dropFirst(6 * $0).prefix(4)) }
        guard indices.allSatisfy({ Int($0) < types }) else { return nil }
        var block = Block(version: version == 0 ? 1 : Int(version) - 48)
        block.firstOffset = offsets[0]
        block.changes = indices.enumerated().map { number, index in
            (Self.number(times.dropFirst(width * number).prefix(width)), offsets[Int(index)])
        }
        return block
    }

    /// The text behind the last block.
    var footer: String? {
        guard rest.first == 10 else { return nil }
        return String(decoding: rest.dropFirst().prefix { $0 != 10 }, as: UTF8.self)
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        let value = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return bytes.count == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(bitPattern: value))
    }
}
