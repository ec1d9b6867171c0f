import Files

/// Which sounds the engine's voices know, by its data: of one that it does not know it says nothing, and leaves out what follows.
struct SoundTables {
    /// A table, and the one that it adds to.
    struct Table {
        let name: String
        let base: String
        /// As they are written between brackets, as in `h`, `@`, `l`, `'`, `oU`.
        let sounds: [String]
    }

    private let dataPath: String

    init(dataPath: String) { self.dataPath = dataPath }

    /// All tables, of `phontab`; none if it has another form than that of espeak-ng 1.49 to 1.52.
    ///
    /// How many there are; then for each how many sounds it has, the number of the one that it adds to, counted from 1, its name in
    /// 32 bytes from the fourth on; and for each sound 16 bytes, which begin with up to four letters.
    var all: [Table] {
        guard let bytes = try? OpenFile(reading: "\(dataPath)/phontab").contents(limit: 4 << 20), bytes.count > 4 else {
            return []
        }
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range].prefix { $0 != 0 }, as: UTF8.self) }
        var tables: [Table] = []
        var place = 4
        for _ in 0..<bytes[0] {
            let first = place + 36
            guard first <= bytes.count else { return [] }
            let end = first + 16 * Int(bytes[place])
            let base = Int(bytes[place + 1])
            guard end <= bytes.count, base <= tables.count else { return [] }
            let sounds = stride(from: first, to: end, by: 16).map { text($0..<($0 + 4)) }
            tables.append(
                Table(
                    name: text((place + 4)..<first), base: base == 0 ? "" : tables[base - 1].name,
                    sounds: sounds.filter { !$0.isEmpty && $0.utf8.allSatisfy { (33...126).contains($0) } }))
            place = end
        }
        return place == bytes.count ? tables : []
    }

    /// The name of a voice's table: what its file says, or else its language; empty if that can't be read.
    func name(of voice: String) -> String {
        let places = ["lang", "voices"].map { "\(dataPath)/\($0)/\(voice)" }
        guard let file = places.first(where: FileAccess.exists),
            let bytes = try? OpenFile(reading: file).contents(limit: 1 << 16)
        else { return "" }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map {
            $0.split(whereSeparator: \.isWhitespace)
        }
        func first(_ word: String) -> Substring? { lines.first { $0.count > 1 && $0[0] == word }?[1] }
        return (first("phonemes") ?? first("language")?.prefix { $0 != "-" }).map(String.init) ?? ""
    }
}
