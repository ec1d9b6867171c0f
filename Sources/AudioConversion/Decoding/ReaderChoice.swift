import Files
import LayerIII
import TelephonyAudio

/// Chooses the reader for a source by its content: ``Container`` says what reads a file of each kind.
enum ReaderChoice {
    /// Opens a source for reading.
    ///
    /// - Parameters:
    ///   - source: the bytes.
    ///   - raw: what the bytes mean if they have no header; then their content is not looked at.
    ///   - channel: what will be taken; some decoders leave out what does not belong to it.
    ///   - limits: bounds on what is accepted.
    /// - Throws: a ``ConversionError`` that names what was found; `damaged` if that is nothing, as of a recording that failed.
    static func open(
        _ source: ByteSource, raw: HeaderlessFormat?, channel: ChannelSelection, limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        guard source.size > 0 else {
            throw ConversionError(.damaged, file: source.name, "is empty: 0 bytes long")
        }
        if let raw { return try headerless(raw, source, limits) }
        let content = try withoutLeadingTags(source)
        let found = Container.recognize(try content.bytes(at: 0, count: 256))
        if found?.isCertain != true, content === source {
            if let named = HeaderlessFormat(fileName: source.name) { return try reader(of: named, source, limits) }
            if HeaderlessFormat.isAmbiguous(fileName: source.name), found?.container != .text {
                return try guessed(source, limits)
            }
        }
        if let found, found.isCertain ? true : try isConfirmed(found.container, content) {
            return try open(content, found.container, channel, limits)
        }
        if FLACStreams.beginsWithFrame(try content.bytes(at: 0, count: 16)[...]) {
            throw ConversionError(
                .damaged, file: source.name,
                "is FLAC whose beginning is missing: its frames can't be decoded without it")
        }
        if let (start, container) = try beginning(of: content) {
            return try open(content.slice(start..<content.size), container, channel, limits)
        }
        if let found { return try open(content, found.container, channel, limits) }
        if try isProTrackerModule(content) { return try open(content, .trackerModule, channel, limits) }
        return try SndfileReader(content, container: nil)
    }

    /// Whether it is a module of ProTracker or one of its like, whose signature stands behind the names of 31 samples.
    private static func isProTrackerModule(_ source: ByteSource) throws(ConversionError) -> Bool {
        let mark = String(decoding: try source.bytes(at: 1080, count: 4), as: UTF8.self)
        return ["M.K.", "M!K!", "M&K!", "N.T.", "FLT4", "FLT8", "OCTA", "OKTA", "CD81"].contains(mark)
            || mark.hasSuffix("CHN") && mark.first?.isNumber == true
            || (mark.hasSuffix("CH") || mark.hasSuffix("CN")) && Int(mark.prefix(2)) != nil
    }

    /// What ffmpeg will be asked to read a whole source as; nil where it is not needed, or more has to be looked at.
    static func containerForFFmpeg(_ source: ByteSource) throws(ConversionError) -> Container? {
        let found = Container.recognize(try source.bytes(at: 0, count: 256))
        if let found, found.isCertain {
            return found.container.decoder == .ffmpeg && takesWhole(source, found.container) ? found.container : nil
        }
        guard let named = HeaderlessFormat(fileName: source.name),
            case .container(let container) = named.reading(size: source.size)
        else { return nil }
        return container
    }

    /// Whether ffmpeg gets a source as it is, and not frames that are taken out of it, or nothing at all.
    private static func takesWhole(_ source: ByteSource, _ container: Container) -> Bool {
        switch container {
        case .amr, .amrWideband: AMRReader.isAllSpeech(source, isWideband: container == .amrWideband)
        default:
            container.demuxer != "mov" || MP4Sound(source).map { !$0.isEncrypted && !AMRTrack.isOne($0) } ?? true
        }
    }

    /// Opens a source whose container is known.
    private static func open(
        _ source: ByteSource, _ container: Container, _ channel: ChannelSelection, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        if let decoded = try base64Content(of: source, limits) {
            return try open(decoded, raw: nil, channel: channel, limits: limits)
        }
        var content = source
        if container.mayEndWithTags {
            content = source.slice(0..<source.size - (try AudioTags.trailingCount(source)))
        }
        do throws(ConversionError) { return try reader(for: container, content, channel, limits) } catch {
            // Of a header whose page has a wrong checksum, decoders say that it is not there.
            guard error.code == .damaged, container.end == .oggPages, let defect = OggPages.finding(in: content).defect
            else {
                throw error
            }
            throw ConversionError(
                .damaged, file: source.name, "is \(container.name), but nothing of it can be decoded: \(defect)")
        }
    }

    /// A source without the tags that it begins with.
    ///
    /// - Throws: `damaged` if there is nothing behind them.
    private static func withoutLeadingTags(_ source: ByteSource) throws(ConversionError) -> ByteSource {
        let count = try AudioTags.leadingCount(source)
        guard count > 0 else {
            guard let missing = try AudioTags.missingCount(source) else { return source }
            throw ConversionError(
                .damaged, file: source.name,
                "ends within the tag that it begins with, \(missing) bytes early: it was cut off")
        }
        guard count < source.size else {
            throw ConversionError(.damaged, file: source.name, "holds a tag and no audio after it")
        }
        // What is taken for zeros that pad a tag may be the first bytes of what follows, as of MP4.
        for back in 0...min(3, count) where try source.bytes(at: count - back, count: back).allSatisfy({ $0 == 0 }) {
            let content = source.slice((count - back)..<source.size)
            if Container.recognize(try content.bytes(at: 0, count: 256))?.isCertain == true { return content }
        }
        return source.slice(count..<source.size)
    }

    /// Whether a second frame follows the one that a source begins with, where a few bits are all that tells its container.
    private static func isConfirmed(_ container: Container, _ source: ByteSource) throws(ConversionError) -> Bool {
        switch container {
        case .mp3, .mpegAudio: try MPEGSync.find(source, from: 0, within: 4, frames: 2) == 0
        case .aac: try ADTSFrames.find(source, from: 0, within: 1, frames: 2) == 0
        default: true
        }
    }

    /// Where a stream begins in a source that no signature fits: a capture may begin within a frame, or with silence of zeros.
    private static func beginning(of source: ByteSource) throws(ConversionError) -> (start: Int, container: Container)?
    {
        let zeros = try AudioTags.end(source, from: 0)
        if zeros > 0, let found = Container.recognize(try source.bytes(at: zeros, count: 256)), found.isCertain {
            return (zeros, found.container)
        }
        // Several frames in a row, since two are found by chance in what is not audio.
        let start = try MPEGSync.find(source, from: zeros, within: 1 << 18, frames: 3)
        let adts = try ADTSFrames.find(source, from: zeros, within: 1 << 18, frames: 4)
        let loas = FrameSync.findLOAS(source, from: zeros, within: 1 << 16, frames: 4)
        let ac3 = FrameSync.findAC3(source, from: zeros, within: 1 << 16, frames: 4)
        let dts = FrameSync.findDTS(source, from: zeros, within: 1 << 16, frames: 4)
        let packets = FrameSync.findTransportPackets(source, from: zeros, within: 2 * 188, frames: 8)
        let candidates: [(start: Int?, container: Container)] = [
            (start, try start.map { (start) throws(ConversionError) in try layered(source, at: start) } ?? .mp3),
            (adts, .aac), (loas, .loas), (ac3, .ac3), (dts, .dts), (packets, .transportStream),
        ]
        return candidates.compactMap { candidate in candidate.start.map { ($0, candidate.container) } }
            .min { $0.0 < $1.0 }
    }

    /// MPEG audio by the layer of the frame at a place.
    private static func layered(_ source: ByteSource, at start: Int) throws(ConversionError) -> Container {
        let header = MPEGFrameHeader(try source.bytes(at: start, count: 4)[...])
        return header?.layer == 3 ? .mp3 : .mpegAudio
    }

    /// The sound file that a source holds as base64 text; nil if it holds none.
    ///
    /// - Throws: `damaged` if it begins like one and goes on as something else than base64, or is cut off.
    static func base64Content(of source: ByteSource, _ limits: ConversionLimits) throws(ConversionError) -> ByteSource?
    {
        guard
            (Container.recognize(try source.bytes(at: 0, count: 256))?.container.decoder ?? .notAudio) == .notAudio,
            let beginning = Base64Text.beginning(try source.bytes(at: 0, count: Base64Text.headSize)),
            let inner = Container.recognize(Array(beginning.prefix(256))), inner.container.decoder != .notAudio
        else { return nil }
        if let decoded = try source.decodedBase64(limits: limits) { return decoded }
        guard inner.isCertain else { return nil }
        throw ConversionError(
            .damaged, file: source.name,
            "looks like \(inner.container.name) in base64, but the text is cut off or damaged")
    }

    /// Whether a pipe that begins like this may carry audio, so that the rest of it must be taken.
    ///
    /// - Parameter head: the first bytes, 256 or more.
    static func judgement(ofBeginning head: [UInt8], name: String, limits: ConversionLimits) -> Spool.Judgement {
        let found = Container.recognize(head)?.container.decoder ?? .notAudio
        if found != .notAudio || Base64Text.beginning(head) != nil { return .wanted }
        // Within so much, streams are looked for.
        guard head.count >= searchLimit else { return .open }
        do throws(ConversionError) {
            return try canOpen(ByteSource(.bytes(head, name: name), limits: limits)) ? .wanted : .unwanted
        } catch { return .unwanted }
    }

    /// How far in a source the beginning of a stream is looked for, with the frames that follow it.
    private static let searchLimit = 1 << 19

    /// Whether ``open(_:raw:channel:limits:)`` finds something in a source whose first bytes no signature of audio fits.
    private static func canOpen(_ source: ByteSource) throws(ConversionError) -> Bool {
        let content = try withoutLeadingTags(source)
        if content !== source, let found = Container.recognize(try content.bytes(at: 0, count: 256)) {
            return found.container.decoder != .notAudio
        }
        if try beginning(of: content) != nil { return true }
        if try isProTrackerModule(content) { return true }
        // Formats that only libsndfile knows.
        return (try? SndfileReader(content, container: nil)) != nil
    }

    /// Reads headerless bytes as what they look like.
    private static func guessed(
        _ source: ByteSource, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        guard let guess = try HeaderlessGuess(source) else { throw noise(source) }
        return try headerless(guess.format, source, limits, isAssumed: true)
    }

    /// Reads headerless bytes as their file's name says, or as what they look like if that is clearly something else.
    private static func reader(
        of format: HeaderlessFormat, _ source: ByteSource, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        let judgement: HeaderlessGuess.Judgement
        // The name tells nothing of the rate, which is one of two.
        var isAssumed = false
        switch format.reading(size: source.size) {
        case .samples: judgement = try HeaderlessGuess.judgement(of: format, source)
        case .dialogic:
            let loudness = try loudness(of: try headerless(format, source, limits))
            judgement = try HeaderlessGuess.judgement(ofDecoded: loudness, as: format, source)
            isAssumed = true
        case .container: judgement = .asNamed
        }
        switch judgement {
        case .asNamed: return try headerless(format, source, limits, isAssumed: isAssumed)
        case .other(let format): return try headerless(format, source, limits, isAssumed: true)
        case .noise: throw noise(source)
        }
    }

    private static func noise(_ source: ByteSource) -> ConversionError {
        ConversionError(
            .unknownFormat, file: source.name,
            "may be headerless audio by its name, but looks like noise in every format")
    }

    /// The root mean square of the first two seconds or so, relative to full scale.
    private static func loudness(of reader: any SampleReader) throws(ConversionError) -> Double {
        let samples = UnsafeMutableBufferPointer<Float>.allocate(capacity: 1 << 14)
        samples.initialize(repeating: 0)
        defer { samples.deallocate() }
        let count = try reader.read(into: samples)
        let energy = samples[..<count].reduce(0.0) { $0 + Double($1 * $1) }
        return count > 0 ? (energy / Double(count)).squareRoot() : 0
    }

    private static func headerless(
        _ format: HeaderlessFormat, _ source: ByteSource, _ limits: ConversionLimits, isAssumed: Bool = false
    ) throws(ConversionError) -> any SampleReader {
        switch format.reading(size: source.size) {
        case .samples(let layout):
            try PCMReader(source, layout: layout, decoderName: "built-in", assumption: isAssumed ? format : nil)
        case .dialogic(let rate):
            try SndfileReader(source, container: nil, dialogicRate: rate, assumption: isAssumed ? format : nil)
        case .container(let container): try FFmpegReader(source, container: container, limits: limits)
        }
    }

    private static func reader(
        for container: Container, _ source: ByteSource, _ channel: ChannelSelection, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        switch container.decoder {
        case .wav:
            var parser = try WAVParser(source, container: container)
            if try parser.isWavPack3() { return try reader(for: .wavPack3, source, channel, limits) }
            if let layout = try parser.layout() {
                return try PCMReader(
                    source, layout: layout, decoderName: "built-in", rest: try parser.following())
            }
            if let (stream, defect) = try parser.mpegAudio(),
                let reader = try LayerIIIReader(stream, container: container, selection: channel, defect: defect)
            {
                return reader
            }
            return try library(
                container, try parser.mended(), limits, rest: try parser.following(),
                defect: WAVParser.defect(in: source),
                frameCount: try parser.blockFrameCount())
        case .mpegAudio:
            if let header = MPEGFrameHeader(try source.bytes(at: 0, count: 4)[...]), header.layer < 3,
                header.length == nil
            {
                throw ConversionError(
                    .unsupported, file: source.name,
                    "is MPEG Layer \(header.layer == 1 ? "I" : "II") of a free bit rate, which can't be decoded")
            }
            if let reader = try LayerIIIReader(source, container: container, selection: channel) { return reader }
            // libsndfile stops where it estimates the end of such a stream to be.
            if container.demuxer != nil, ChildProcess.find("ffmpeg") != nil, MPEGFrames(source).isVariableWithoutIndex {
                return try FFmpegReader(source, container: container, limits: limits)
            }
            let (first, rest) = try MPEGFrames.divide(source)
            return try library(container, first, limits, rest: rest)
        case .libsndfile:
            if container == .voc, try VOCBlocks.areSeveral(in: source), ChildProcess.find("ffmpeg") != nil {
                return try FFmpegReader(source, container: .voc, limits: limits)
            }
            let (first, rest) = try divide(source, container)
            if container == .flac, let reader = try flac(first, limits, rest: rest) { return reader }
            return try library(container, first, limits, rest: rest)
        case .opus:
            let (first, rest) = try OggLinks.divide(source)
            return try OpusReader(first, rest: rest)
        case .ffmpeg:
            if container.demuxer == "mov", let sound = MP4Sound(source) {
                if sound.isEncrypted {
                    throw ConversionError(
                        .unsupported, file: source.name,
                        "is \(container.name) whose audio is encrypted; only what plays it can decrypt it")
                }
                if let track = try AMRTrack.extract(sound, from: source, limits: limits) {
                    return try AMRReader(track.file, container: track.container, limits: limits)
                }
            }
            if container == .amr || container == .amrWideband {
                return try AMRReader(source, container: container, limits: limits)
            }
            let (first, rest) = try divide(source, container)
            return try FFmpegReader(first, container: container, limits: limits, rest: rest)
        case .notAudio: throw ConversionError(.notAudio, file: source.name, "is \(container.name), not audio")
        case .unreadable:
            throw ConversionError(.unsupported, file: source.name, "is \(container.name), which can't be converted")
        }
    }

    /// libsndfile, and where it has no decoder for what is inside a container, or refuses a file that was cut off, ffmpeg.
    private static func library(
        _ container: Container, _ source: ByteSource, _ limits: ConversionLimits, rest: ByteSource? = nil,
        defect: String? = nil, frameCount: Int? = nil
    ) throws(ConversionError) -> any SampleReader {
        do throws(ConversionError) {
            return try SndfileReader(source, container: container, rest: rest, defect: defect, frameCount: frameCount)
        } catch {
            guard error.code == .damaged || error.code == .unsupported, container.demuxer != nil,
                ChildProcess.find("ffmpeg") != nil
            else { throw error }
            return try FFmpegReader(source, container: container, limits: limits, rest: rest)
        }
    }

    /// A reader for FLAC that libsndfile gets wrong: of 32 bits, where the sample rate or the channels change, and where the header counts too few samples; nil for all other.
    private static func flac(
        _ source: ByteSource, _ limits: ConversionLimits, rest: ByteSource?
    ) throws(ConversionError) -> (any SampleReader)? {
        guard let information = try FLACStreams.information(source) else { return nil }
        if information.bitsPerSample == 32 {
            if let reader = try FFmpegReader.decoding(source, container: .flac, limits: limits, rest: rest) {
                return reader
            }
            throw ConversionError(
                .unsupported, file: source.name,
                "is FLAC with 32 bits per sample, which can't be decoded here; reduce it to 24, as with: sox IN.flac -b 24 OUT.flac"
            )
        }
        guard try FLACStreams.changesFormat(source, from: information) else {
            let mended = try FLACStreams.mended(source, information)
            return mended === source ? nil : try SndfileReader(mended, container: .flac, rest: rest)
        }
        // The frames of another format may be those of a stream that follows.
        let next = FLACStreams.next(in: source, near: 0)
        let first = next.map { source.slice(0..<$0.position(0) - source.position(0)) } ?? source
        if next != nil, try !FLACStreams.changesFormat(first, from: information) {
            return try SndfileReader(first, container: .flac, rest: next)
        }
        return try FFmpegReader(first, container: .flac, limits: limits, rest: next ?? rest)
    }

    /// The first of the streams that follow one another in a source, and the others, where that is known beforehand.
    private static func divide(
        _ source: ByteSource, _ container: Container
    ) throws(ConversionError) -> (first: ByteSource, rest: ByteSource?) {
        switch container {
        case .ogg, .oggFLAC, .oggSpeex, .oggVorbis: try OggLinks.divide(source)
        case .flac: try FLACStreams.divide(source)
        case .wavPack: try WavPackStreams.divide(source)
        default: try IntegrityCheck(container).divide(source)
        }
    }
}
