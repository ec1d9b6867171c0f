import FuzzRunner

/// The seeds of a folder that `make-seeds.sh` filled.
struct Seeds {
    /// Decoded in the process, unless damage sends them to ffmpeg.
    let native: [Seed]
    /// Decoded by an ffmpeg child, which costs 80 ms.
    let ffmpeg: [Seed]
    private let nativeByEnding: [[Seed]]

    init(folder: String) throws {
        native = try Seed.load("\(folder)/native")
        ffmpeg = try Seed.load("\(folder)/ffmpeg")
        let groups = Dictionary(grouping: native) { $0.name.split(separator: ".").last ?? "" }
        nativeByEnding = groups.keys.sorted().map { groups[$0]! }
    }

    /// One of the native seeds: half of the time any, half of the time any format first, since some have many files.
    func pickNative(_ random: inout SplitMix64) -> Seed {
        random.once(in: 2) ? random.pick(native) : random.pick(random.pick(nativeByEnding))
    }
}
