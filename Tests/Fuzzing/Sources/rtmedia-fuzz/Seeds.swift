import Foundation

/// A whole file that mutation starts from.
struct Seed {
    let name: String
    let bytes: [UInt8]
}

/// The seeds of a folder that `make-seeds.sh` filled.
struct Seeds {
    /// Decoded in the process, unless damage sends them to ffmpeg.
    let native: [Seed]
    /// Decoded by an ffmpeg child, which costs 80 ms.
    let ffmpeg: [Seed]
    /// Texts, by the kind that the folder under `texts` is named for.
    let texts: [TextKind: [Seed]]
    private let nativeByEnding: [[Seed]]

    init(folder: String) throws {
        native = try Self.load("\(folder)/native")
        ffmpeg = try Self.load("\(folder)/ffmpeg")
        texts = Dictionary(
            uniqueKeysWithValues: try TextKind.allCases.map { ($0, try Self.load("\(folder)/texts/\($0.rawValue)")) })
        let groups = Dictionary(grouping: native) { $0.name.split(separator: ".").last ?? "" }
        nativeByEnding = groups.keys.sorted().map { groups[$0]! }
    }

    private static func load(_ folder: String) throws -> [Seed] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
            Seed(name: name, bytes: Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
        }
    }

    /// One of the native seeds: half of the time any, half of the time any format first, since some have many files.
    func pickNative(_ random: inout SplitMix64) -> Seed {
        random.once(in: 2) ? random.pick(native) : random.pick(random.pick(nativeByEnding))
    }
}
