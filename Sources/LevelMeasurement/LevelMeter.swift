package import AudioConversion
import Files
import TelephonyAudio
package import ThresholdTuning

/// Measures the levels of recordings, or finds them where they were kept.
package struct LevelMeter: Sendable {
    /// What an input holds.
    package enum Content: Sendable {
        /// Of one channel, or of several, each by itself; and what is to be known of the recording.
        case recording([RecordingLevels], keptCount: Int, warnings: [ConversionReport.Warning])
        case levels(LevelFile)
    }

    package let options: ConversionOptions
    /// The channels that were chosen for all recordings; nil if none were.
    package let channel: ChannelChoice?
    /// Whether levels are those of the adaptive classifier.
    package var isAdaptive = false
    package let cache: LevelCache?
    /// What is said of a level file that can't be used.
    private let telling: @Sendable (TuningError) -> TuningError

    /// A meter.
    ///
    /// - Parameters:
    ///   - options: how recordings are read.
    ///   - channel: the channels that were chosen for all recordings; nil is all together, because nobody chose.
    ///   - cache: where levels are kept; nil measures each time.
    ///   - telling: what is said of a level file that can't be used, in the words of whoever tells it.
    package init(
        options: ConversionOptions, channel: ChannelChoice? = nil, cache: LevelCache?,
        telling: @escaping @Sendable (TuningError) -> TuningError = { $0 }
    ) {
        self.options = options
        self.channel = channel
        self.cache = cache
        self.telling = telling
    }

    /// The most bytes of a level file: some 60,000 recordings of 10 s.
    private static let levelFileLimit = 1 << 30

    /// The levels of a recording, or those of a level file.
    ///
    /// - Parameter labelled: the channels that labels name, which are measured each by itself if no channel was chosen.
    package func read(_ input: FoundInput, labelled: [Int] = []) throws(ConversionError) -> Content {
        guard input.path != "-" else {
            throw ConversionError(.usage, file: input.path, "recordings can't come from standard input; name files")
        }
        guard let isLevelFile = try isLevelFile(input.path) else {
            throw ConversionError(.noInput, file: input.path, "is not a regular file")
        }
        if isLevelFile {
            guard !isAdaptive else {
                throw ConversionError(
                    .unsupported, file: input.path, "has no levels of the adaptive classifier; name the recordings")
            }
            let bytes = try FileBytes.read(input.path, limit: Self.levelFileLimit)
            do throws(TuningError) { return .levels(try LevelFile(bytes, name: input.path)) } catch {
                throw ConversionError(.damaged, file: error.subject, telling(error).reason)
            }
        }
        var computation = ContentDigest.Computation()
        try FileBytes.forEachPart(of: input.path) { computation.update($0.bytes) }
        let digest = computation.finish()
        var measured = Measured()
        switch channel {
        case .only(let number): try measure(input, digest, channel: number, into: &measured)
        case .mix: try measure(input, digest, channel: nil, into: &measured)
        case nil where labelled.isEmpty: try measure(input, digest, channel: nil, into: &measured)
        case nil:
            for number in labelled { try measure(input, digest, channel: number, isOfSeveral: true, into: &measured) }
        case .each:
            try forEachChannel { (number) throws(ConversionError) in
                try measure(input, digest, channel: number, isOfSeveral: true, into: &measured)
            }
        }
        return .recording(measured.levels, keptCount: measured.keptCount, warnings: measured.warnings)
    }

    private struct Measured {
        var levels: [RecordingLevels] = []
        var keptCount = 0
        var warnings: [ConversionReport.Warning] = []
    }

    /// Measures a channel, from 1, or all together.
    ///
    /// What people are to be warned of is not kept, so that they are each time.
    private func measure(
        _ input: FoundInput, _ digest: ContentDigest, channel number: Int?, isOfSeveral: Bool = false,
        into measured: inout Measured
    ) throws(ConversionError) {
        let options = options.channel(number, isChosen: channel != nil)
        let key = key(digest, path: input.path, options)
        let name =
            isOfSeveral
            ? RecordingLevels.name(input.recordingName, channel: number ?? 1) : input.recordingName
        if let kept = cache?.levels(key, digest: digest) {
            measured.levels.append(kept.named(name, path: input.path))
            measured.keptCount += 1
            return
        }
        var recorder = LevelRecorder(digest: digest, isAdaptive: isAdaptive)
        let report = try AudioConverter(options: options).convert(input.source) { recorder.add($0) }
        let levels = recorder.finish(name: "recording")
        let warnings = report.warnings.filter(\.concernsLevels)
        if warnings.isEmpty { cache?.keep(levels, key) }
        // Channels of one file have the same damage.
        measured.warnings += warnings.filter { !measured.warnings.contains($0) }
        measured.levels.append(levels.named(name, path: input.path))
    }

    /// What was measured of a source: all channels together, or one of them, from 1.
    package struct Measurement: Sendable {
        package let levels: RecordingLevels
        package let channel: Int?
        package let warnings: [ConversionReport.Warning]
    }

    /// The levels of a source, of the channels that were chosen; nothing is kept.
    package func measure(_ source: AudioSource) throws(ConversionError) -> [Measurement] {
        let digest = try ContentDigest(of: source)
        let name = FoundInput(named: source.name).recordingName
        func levels(_ number: Int?, isOfSeveral: Bool = false) throws(ConversionError) -> Measurement {
            var recorder = LevelRecorder(digest: digest, isAdaptive: isAdaptive)
            let options = options.channel(number, isChosen: channel != nil)
            let report = try AudioConverter(options: options).convert(source) { recorder.add($0) }
            let name = isOfSeveral ? RecordingLevels.name(name, channel: number ?? 1) : name
            return Measurement(
                levels: recorder.finish(name: name), channel: number,
                warnings: report.warnings.filter(\.concernsLevels))
        }
        switch channel {
        case nil, .mix: return [try levels(nil)]
        case .only(let number): return [try levels(number)]
        case .each:
            var all: [Measurement] = []
            try forEachChannel { (number) throws(ConversionError) in
                all.append(try levels(number, isOfSeveral: true))
            }
            return all
        }
    }

    /// Works on one channel after another, from 1, up to the first that is not there: a channel is all that usage can get wrong.
    private func forEachChannel(_ body: (Int) throws(ConversionError) -> Void) throws(ConversionError) {
        try body(1)
        do throws(ConversionError) { for number in 2... { try body(number) } } catch {
            if error.code != .usage { throw error }
        }
    }

    /// Whether a file holds levels; nil if it is no file, but a folder or a pipe, which would be waited for.
    private func isLevelFile(_ path: String) throws(ConversionError) -> Bool? {
        try attempt(on: path) { () throws(SystemError) -> Bool? in
            let file = try OpenFile(reading: path, waiting: false)
            guard try file.status().kind == .regular else { return nil }
            var head = [UInt8](repeating: 0, count: 8)
            return try file.read(at: 0, into: &head) == head.count && LevelFile.isLevelFile(head)
        }
    }

    /// A digest of all that the levels and their warnings depend on: the content, and how it is read, which a name's ending may
    /// tell.
    private func key(_ digest: ContentDigest, path: String, _ options: ConversionOptions) -> ContentDigest {
        let manner =
            "levels 3\(isAdaptive ? ", adaptive" : ""), channel \(options.channel)\(options.comparesChannels ? ", compared" : ""), \(LineCondition.standard), ending \(PathName(path).ending.lowercased()), "
            + "raw \(options.raw.map { "\($0)" } ?? "none"), partial \(options.acceptsPartial), content \(digest.text)"
        return ContentDigest(of: Array(manner.utf8).span.bytes)
    }
}

extension ConversionReport.Warning {
    /// Whether the levels may be others than those of the recording that people mean: what is clamped is as loud as can be.
    fileprivate var concernsLevels: Bool {
        switch self {
        case .damaged, .endUnmarked, .channelsDiffer, .assumed, .silenced: true
        case .clamped, .noSpeechLevel, .gainHeldBack, .onlySilence, .noiseNotTrimmed: false
        }
    }
}

extension FoundInput {
    /// What a recording is called: the folder that was named, and the path under it; whatever the machine's folders are.
    package var recordingName: String {
        let base = isWalked ? String(path.dropLast(relativePath.count)) : PathName(path).folder
        let parts = base.split(separator: "/").filter { $0 != "." && $0 != ".." }
        return parts.last.map { "\($0)/\(relativePath)" } ?? relativePath
    }
}

extension ContentDigest {
    /// Of all bytes of a source.
    fileprivate init(of source: AudioSource) throws(ConversionError) {
        var computation = Computation()
        switch source {
        case .bytes(let bytes, _): computation.update(bytes.span.bytes)
        case .file(let path): try FileBytes.forEachPart(of: path) { computation.update($0.bytes) }
        case .descriptor(let descriptor, let name):
            try attempt(on: name) { () throws(SystemError) in
                let file = try OpenFile(duplicating: descriptor, name: name)
                var (position, buffer) = (0, [UInt8](repeating: 0, count: 1 << 16))
                while true {
                    let count = try file.read(at: position, into: &buffer)
                    if count == 0 { return }
                    computation.update(buffer.span.bytes.extracting(first: count))
                    position += count
                }
            }
        }
        self = computation.finish()
    }
}
