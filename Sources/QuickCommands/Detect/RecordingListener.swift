import AudioConversion
import RecordingDetection
import TelephonyAudio

/// Listens to recordings: by each setting that is compared, and to each channel that is wanted.
struct RecordingListener: Sendable {
    private let detections: [Detection]
    private let channel: ChannelChoice?
    private let options: ConversionOptions

    /// - Parameters:
    ///   - detections: what is detected, one or more.
    ///   - channel: what is listened to; nil is all channels together, because nobody chose.
    ///   - isPartial: whether what can be recovered is a result.
    ///   - raw: what headerless audio is.
    init(detections: [Detection], channel: ChannelChoice?, isPartial: Bool, raw: HeaderlessFormat?) {
        self.detections = detections
        self.channel = channel
        var options = ConversionOptions()
        options.raw = raw
        options.acceptsPartial = isPartial
        self.options = options
    }

    /// What is found in a recording: channel after channel, and of each setting after setting.
    func results(
        of input: AudioSource, onEvent: ((DetectionEvent) -> Void)? = nil
    ) throws(ConversionError) -> [DetectionResult] {
        switch channel {
        case nil, .mix: return try results(of: input, channel: nil, onEvent)
        case .only(let number): return try results(of: input, channel: number, onEvent)
        case .each:
            let first = try results(of: input, channel: 1, onEvent)
            var all = first
            for number in 1..<max(1, first[0].channelCount) {
                all += try results(of: input, channel: number + 1, onEvent)
            }
            return all
        }
    }

    private func results(
        of input: AudioSource, channel number: Int?, _ onEvent: ((DetectionEvent) -> Void)?
    ) throws(ConversionError) -> [DetectionResult] {
        var results: [DetectionResult] = []
        for var detection in detections {
            detection.channel = number
            detection.isOfEachChannel = channel == .each
            // Of several settings one tells.
            let isChosen = channel != nil || !results.isEmpty
            results.append(
                try detection.run(
                    input, options: options.channel(number, isChosen: isChosen), onEvent: onEvent))
        }
        return results
    }
}
