import CSndfile

/// Reads what libsndfile decodes, through callbacks on a ``ByteSource``.
///
/// Its open error is global, so it is read under the lock that also serialises opening.
final class SndfileReader: SampleReader {
    let stream: StreamDescription
    let decoderName = "libsndfile"

    private let handle: OpaquePointer
    private let io: SndfileInput
    private var framesRead = 0
    private var ended = false
    /// Whether libsndfile has put silence in the place of damaged frames of FLAC: it says so after the read, and then forgets it.
    private var hasSilenced = false
    private let integrity: IntegrityCheck
    private let isMPEG: Bool
    private let isDialogic: Bool
    private let following: ByteSource?
    private let knownDefect: String?
    private let limitsFrames: Bool

    /// The longest packet of Vorbis, in frames.
    private static let longestPacket = 8192

    /// - Parameters:
    ///   - container: the format by its signature; nil if that is not known.
    ///   - rest: what follows the source.
    ///   - defect: what is known to be wrong with it.
    ///   - frameCount: how many frames it has, where that is known better than by libsndfile.
    ///   - dialogicRate: the sample rate, if it is ADPCM of Dialogic's without a header.
    ///   - assumption: what headerless bytes are taken for, where nobody said what they are.
    /// - Throws: `unknownFormat` if libsndfile does not know the format either, `damaged` if it can't read the file.
    init(
        _ source: ByteSource, container: Container?, rest: ByteSource? = nil, defect: String? = nil,
        frameCount: Int? = nil, dialogicRate: Int? = nil, assumption: HeaderlessFormat? = nil
    ) throws(ConversionError) {
        following = rest
        knownDefect = defect
        limitsFrames = frameCount != nil
        io = SndfileInput(source)
        var info = SF_INFO()
        if let dialogicRate {
            (info.samplerate, info.channels) = (Int32(dialogicRate), 1)
            info.format = Int32(SF_FORMAT_RAW) | Int32(SF_FORMAT_VOX_ADPCM)
        }
        guard let handle = io.open(&info) else {
            guard let container else {
                throw ConversionError(
                    .unknownFormat, file: source.name, "is not audio in any known format")
            }
            let reason = Self.reason(io.openError, container)
            throw ConversionError(reason.code, file: source.name, reason.text)
        }
        self.handle = handle
        isDialogic = dialogicRate != nil
        isMPEG = Int32(info.format) & Int32(SF_FORMAT_TYPEMASK) == Int32(SF_FORMAT_MPEG)
        var stream = StreamDescription(
            container: container,
            name: container?.name ?? Self.name(of: Int32(info.format) & Int32(SF_FORMAT_TYPEMASK)),
            encoding: Self.encoding(Int32(info.format) & Int32(SF_FORMAT_SUBMASK)),
            sampleRate: Int(info.samplerate), channels: Int(info.channels),
            speakers: Self.speakers(handle, info),
            // What libsndfile gives for MPEG audio without an index is an estimate.
            frameCount: frameCount ?? (info.frames > 0 && info.frames < 1 << 48 && !isMPEG ? Int(info.frames) : nil))
        stream.assumption = assumption
        self.stream = stream
        integrity = IntegrityCheck(container)
        // With every property set, a throw runs deinit, which closes the handle.
        try stream.validate(file: source.name)
    }

    deinit { sf_close(handle) }

    var defect: String? {
        guard ended else { return nil }
        if sf_error(handle) != Int32(SF_ERR_NO_ERROR) || resumption != nil {
            // libsndfile's own words name its functions; it reads some thousand bytes ahead.
            return "\(stream.containerName) data is damaged near byte \(io.source.position(io.position))"
        }
        // The last page of Ogg may count a little more than the last packet holds: what is missing before shows in the pages.
        let tolerance = stream.container?.end == .oggPages ? Self.longestPacket : 0
        if let promised = stream.frameCount, framesRead < promised - tolerance {
            // Where pages are missing within, the end is there.
            let within = stream.container?.end == .oggPages ? finding.defect : nil
            return within ?? IntegrityCheck.endsEarly(framesRead: framesRead, of: promised)
        }
        guard io.failure == nil else { return nil }
        return knownDefect ?? finding.defect ?? missingFrames
    }

    var endsUnmarked: Bool { ended && following == nil && finding == .endsUnmarked }

    /// What is found in the source beyond what libsndfile tells.
    private lazy var finding: IntegrityCheck.Finding = {
        // To look for the frame costs a twentieth of the conversion.
        if stream.container == .flac, !hasSilenced { return .whole }
        return integrity.finding(in: io.source)
    }()

    /// What is said of MPEG audio that libsndfile has not read to its end: it stops where it estimates that to be.
    private var missingFrames: String? {
        guard isMPEG else { return nil }
        let expected = MPEGFrames(io.source).sampleCount
        // An encoder's delay and padding, which are left out, are two frames each at the most.
        guard framesRead < expected - 5 * 1152 else { return nil }
        return "it could not be decoded to its end: \(framesRead) of \(expected) frames could be read"
    }

    var rest: ByteSource? {
        if let following { return following }
        guard ended, stream.container == .flac, framesRead > 0 else { return nil }
        return resumption ?? FLACStreams.next(in: io.source, near: io.position)
    }

    /// What of FLAC follows the damage at which decoding ended, with an error or without: at a frame with a wrong checksum it does not.
    private lazy var resumption: ByteSource? = {
        guard stream.container == .flac, framesRead > 0 else { return nil }
        let isWhole = stream.frameCount.map { framesRead >= $0 } ?? true
        guard !isWhole || sf_error(handle) != Int32(SF_ERR_NO_ERROR) else { return nil }
        return FLACStreams.resumed(io.source, after: framesRead)
    }()

    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int {
        var wanted = samples.count / stream.channels
        if limitsFrames, let count = stream.frameCount { wanted = min(wanted, count - framesRead) }
        // Of Dialogic's ADPCM, two samples of which are a byte, libsndfile drops one where an odd number is asked for, and counts it.
        if isDialogic { wanted -= wanted % 2 }
        // No more than there is room for, whatever is counted.
        let frames = wanted > 0 ? min(wanted, Int(sf_readf_float(handle, samples.baseAddress!, sf_count_t(wanted)))) : 0
        if let failure = io.failure { throw failure }
        if stream.container == .flac, sf_error(handle) != Int32(SF_ERR_NO_ERROR) { hasSilenced = true }
        guard frames > 0 else {
            ended = true
            return 0
        }
        framesRead += frames
        return frames
    }

    /// A sentence about a container that libsndfile can't open, made of what it says, which names chunks of formats.
    private static func reason(_ words: String, _ container: Container) -> (code: ConversionErrorCode, text: String) {
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if says("nimplemented", "nsupported", "unknown format", "unknown encoding") {
            return (.unsupported, "is \(container.name), with audio in a codec that can't be decoded here")
        }
        if says("no sound data", "No 'data' chunk", "no 'BODY' marker", "no data could be read") {
            return (.damaged, "is \(container.name) without audio: it ends after its header")
        }
        return (.damaged, "looks like \(container.name), but its header is damaged")
    }

    private static func name(of format: Int32) -> String {
        var info = SF_FORMAT_INFO(format: format, name: nil, extension: nil)
        let size = Int32(MemoryLayout<SF_FORMAT_INFO>.size)
        guard sf_command(nil, Int32(SFC_GET_FORMAT_INFO), &info, size) == 0, let name = info.name else {
            return "unknown"
        }
        return String(cString: name)
    }

    /// The encoding that one of libsndfile's sub-formats is; other libraries' codes are called as libsndfile does.
    private static func encoding(_ format: Int32) -> StreamEncoding {
        switch Int(format) {
        case SF_FORMAT_PCM_S8: .pcm(.s8)
        case SF_FORMAT_PCM_16: .pcm(.s16)
        case SF_FORMAT_PCM_24: .pcm(.s24)
        case SF_FORMAT_PCM_32: .pcm(.s32)
        default: .coded(name(of: format))
        }
    }

    private static func speakers(_ handle: OpaquePointer, _ info: SF_INFO) -> [Speaker]? {
        let channels = Int(info.channels)
        guard channels > 2, channels <= 1024 else { return nil }
        // libsndfile neither reorders Vorbis' channels nor tells their order.
        if Int32(info.format) & Int32(SF_FORMAT_SUBMASK) == Int32(SF_FORMAT_VORBIS) {
            return Speaker.vorbis(channels: channels)
        }
        var map = [Int32](repeating: 0, count: channels)
        let size = Int32(channels * MemoryLayout<Int32>.size)
        guard sf_command(handle, Int32(SFC_GET_CHANNEL_MAP_INFO), &map, size) != 0 else { return nil }
        let speakers = map.compactMap { Speaker(sndfile: Int($0)) }
        return speakers.count == channels ? speakers : nil
    }
}

extension Speaker {
    /// The speaker for one of libsndfile's `SF_CHANNEL_MAP_` numbers.
    fileprivate init?(sndfile: Int) {
        switch sndfile {
        case SF_CHANNEL_MAP_MONO, SF_CHANNEL_MAP_CENTER, SF_CHANNEL_MAP_FRONT_CENTER: self = .center
        case SF_CHANNEL_MAP_LEFT, SF_CHANNEL_MAP_FRONT_LEFT: self = .left
        case SF_CHANNEL_MAP_RIGHT, SF_CHANNEL_MAP_FRONT_RIGHT: self = .right
        case SF_CHANNEL_MAP_LFE: self = .lowFrequency
        case SF_CHANNEL_MAP_REAR_LEFT: self = .backLeft
        case SF_CHANNEL_MAP_REAR_RIGHT: self = .backRight
        case SF_CHANNEL_MAP_REAR_CENTER: self = .backCenter
        case SF_CHANNEL_MAP_FRONT_LEFT_OF_CENTER: self = .frontLeftOfCenter
        case SF_CHANNEL_MAP_FRONT_RIGHT_OF_CENTER: self = .frontRightOfCenter
        case SF_CHANNEL_MAP_SIDE_LEFT: self = .sideLeft
        case SF_CHANNEL_MAP_SIDE_RIGHT: self = .sideRight
        default: return nil
        }
    }
}
