import AudioConversion
import Files
import FoundationEssentials
import QuickCommands
import TelephonyAudio

/// What a folder of prompts was made of: a hidden file in it.
struct SheetRecords: Codable {
    /// One prompt.
    struct Entry: Codable, Equatable {
        /// A number for all that it was made of.
        let digest: String
        /// A number for the file.
        let content: String
        let samples: Int
        /// A number for the sheet's row; nil where it was not kept.
        var row: String?
    }

    private var version = 1
    /// The prompts by their files.
    var prompts: [String: Entry] = [:]

    private enum CodingKeys: CodingKey { case version, prompts }

    static let name = ".rtmedia-prompts.json"

    /// Reads the records of a folder; none if there are none, or none that can be read.
    ///
    /// Without them prompts are made anew, which changes no file that was not changed by hand.
    init(in folder: String) {
        let path = PathName.join(folder, Self.name)
        guard FileStatus.kind(of: path) == .regular,
            let bytes = try? OpenFile(reading: path).contents(limit: 16 << 20),
            let records = try? JSONDecoder().decode(SheetRecords.self, from: Data(bytes)), records.version == 1
        else { return }
        self = records
    }

    /// Writes the records.
    func write(in folder: String) throws(ConversionError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        // Strings and whole numbers can be encoded.
        let bytes = Array(try! encoder.encode(self))
        try OutputFile.write(bytes, to: PathName.join(folder, Self.name), replacing: true)
    }

    /// A number for bytes, as text.
    static func number(_ bytes: [UInt8]) -> String { String(FNV1a.hash64(bytes), radix: 16) }
}
