import CTelephonyKernels
import Files
import TelephonyAudio

/// One conversion at work: decoder, mixer, resampler and prompt processing in a row, a few thousand samples at a time.
///
/// Where several streams follow one another in the source, each has a decoder, a mixer and a resampler of its own.
struct Conversion {
    private let source: ByteSource
    private let options: ConversionOptions
    private var reader: any SampleReader
    private var resampler: (any Resampler)?
    private var mixer: ChannelMixer
    private var bandLimiter: BandLimiter?
    /// The first channel, where it is compared with the mix.
    private var firstChannel: FirstChannel?
    private var difference = ChannelDifference()
    /// How many channels the first stream has whose channels differ so much that people should know; nil if none has.
    private var differingChannelCount: Int?
    private var input: [Float]
    private var isAtEnd = false
    /// Where the stream that is read begins in the source, in bytes, and how many of its frames have been read.
    private var streamStart = 0
    private var streamFrameCount = 0
    /// Samples at 8000 Hz that the streams before it made.
    private var earlierSampleCount = 0
    /// What is wrong with the streams before it.
    private var earlierDefect: String?
    /// Samples that were not numbers, and became silence: in the streams before it, and when they were rounded.
    private var notNumberCount = 0
    private var report: ConversionReport

    /// More streams than people put into one file: each may cost the start of a decoder.
    private static let maximumStreamCount = 1000

    /// Opens a source and recognises it.
    ///
    /// - Parameter ahead: where the source may have been decoded before its turn.
    init(_ source: AudioSource, options: ConversionOptions, ahead: FFmpegAhead? = nil) throws(ConversionError) {
        try self.init(
            ByteSource(source, isHeaderless: options.raw != nil, limits: options.limits, ahead: ahead),
            options: options)
    }

    /// Recognises a source.
    init(_ source: ByteSource, options: ConversionOptions) throws(ConversionError) {
        try self.init(
            source, options: options,
            reader: ReaderChoice.open(source, raw: options.raw, channel: options.channel, limits: options.limits))
        firstChannel = try firstChannel(of: source, raw: options.raw)
    }

    /// - Parameter reader: of the source.
    private init(
        _ source: ByteSource, options: ConversionOptions, reader: any SampleReader
    ) throws(ConversionError) {
        self.source = source
        self.options = options
        self.reader = reader
        let stream = reader.stream
        mixer = try ChannelMixer(stream, selection: options.channel, file: source.name)
        bandLimiter = options.processing.limitsBand ? BandLimiter() : nil
        input = Self.buffer(stream.sampleRate)
        resampler = try options.resampler.make(sampleRate: stream.sampleRate, file: source.name)
        report = ConversionReport(
            input: source.name, container: stream.containerName, encoding: stream.encoding.name,
            decoder: reader.decoderName,
            resampler: resampler?.name, sampleRate: stream.sampleRate, channels: stream.channels)
        if let assumption = stream.assumption { report.warnings.append(.assumed(assumption)) }
        try checkLength(of: stream.frameCount ?? 0)
    }

    /// Opens a pipe, and converts what comes as it comes, where its samples are decoded one by one.
    init(_ pipe: OpenFile, options: ConversionOptions) throws(ConversionError) {
        var head: [UInt8] = []
        guard let reader = try PipeReader.open(pipe, raw: options.raw, limits: options.limits, head: &head) else {
            try self.init(
                ByteSource(pipe, after: head, isHeaderless: options.raw != nil, limits: options.limits),
                options: options)
            return
        }
        let source = try ByteSource(.bytes([], name: pipe.name), limits: options.limits)
        try self.init(source, options: options, reader: reader)
    }

    /// The first channel of a source, where it has several, and they are to be compared.
    private func firstChannel(of source: ByteSource, raw: HeaderlessFormat?) throws(ConversionError) -> FirstChannel? {
        guard options.comparesChannels, options.channel == .mix, reader.stream.channels > 1 else { return nil }
        return try FirstChannel(source, raw: raw, capacity: input.count, limits: options.limits)
    }

    /// What the decoder found.
    var stream: StreamDescription { reader.stream }

    /// Whether a whole file without a sample is a result, and not an error.
    var acceptsNoSamples = false

    /// What the input file is known by, so that it is not overwritten.
    var inputIdentity: FileIdentity? { source.identity }

    /// Converts all there is.
    ///
    /// - Throws: `damaged` if there is not one sample, `recoverable` if there is a part and partial audio is not accepted.
    mutating func run(
        into sink: inout some SampleSink, progress: ((Double) -> Void)?
    ) throws(ConversionError) -> ConversionReport {
        var treatment =
            options.processing.needsWholeFile ? try PromptProcessor(options.processing, name: source.name) : nil
        var samples: [Float] = []
        while try convertNext(into: &samples) {
            if treatment == nil { try write(samples, to: &sink) } else { try treatment!.add(samples) }
            if let progress, let part { progress(part) }
        }
        let defect = earlierDefect ?? reader.defect
        guard report.frameCount > 0 || acceptsNoSamples && defect == nil else {
            guard let defect else {
                throw ConversionError(.damaged, file: source.name, "contains no audio: it is 0 samples long")
            }
            throw ConversionError(.damaged, file: source.name, "contains no audio that can be recovered: \(defect)")
        }
        try checkIntegrity()
        if report.frameCount > 0 { try checkSampleCount() }
        if var treatment {
            report.processing = try treatment.decide()
            report.warnings += treatment.warnings
            while let treated = try treatment.next() { try write(treated, to: &sink) }
        }
        addWarnings()
        return report
    }

    /// Decodes, mixes, resamples and limits the band of the next few thousand samples; false once there are no more.
    private mutating func convertNext(into output: inout [Float]) throws(ConversionError) -> Bool {
        guard !isAtEnd else { return false }
        output.removeAll(keepingCapacity: true)
        var input: [Float] = []
        swap(&input, &self.input)
        defer { swap(&input, &self.input) }
        let count = try withFloats(&input) { (input) throws(ConversionError) in
            let count = try reader.readMono(&mixer, into: input)
            try firstChannel?.compare(with: .init(rebasing: input[..<count]), &difference)
            try resample(.init(rebasing: input[..<count]), into: &output)
            return count
        }
        streamFrameCount += count
        report.frameCount += count
        try checkLength(of: streamFrameCount)
        if count == 0 { isAtEnd = try !openNext() }
        bandLimiter?.process(&output, isLast: isAtEnd)
        return true
    }

    /// Goes on with the stream that follows the one that has been read; false if there is none.
    private mutating func openNext() throws(ConversionError) -> Bool {
        guard let rest = reader.rest else { return false }
        guard report.streamCount < Self.maximumStreamCount else {
            throw ConversionError(
                .limit, file: source.name,
                "holds more than \(Self.maximumStreamCount) streams one after another, which is the limit")
        }
        let next: any SampleReader
        do throws(ConversionError) {
            next = try ReaderChoice.open(rest, raw: nil, channel: options.channel, limits: options.limits)
        } catch {
            // What comes before it is there all the same.
            guard [.damaged, .notAudio, .unsupported].contains(error.code.group) else { throw error }
            earlierDefect = earlierDefect ?? reader.defect ?? "the data after byte \(rest.position(0)) \(error.reason)"
            return false
        }
        earlierDefect = earlierDefect ?? reader.defect
        noteDifference()
        earlierSampleCount += resampledCount(streamFrameCount, from: reader.stream.sampleRate)
        notNumberCount += mixer.nonFiniteCount
        mixer = try ChannelMixer(next.stream, selection: options.channel, file: source.name)
        resampler = try options.resampler.make(sampleRate: next.stream.sampleRate, file: source.name)
        input = Self.buffer(next.stream.sampleRate)
        reader = next
        firstChannel = try firstChannel(of: rest, raw: nil)
        difference = ChannelDifference()
        streamStart = rest.position(0)
        streamFrameCount = 0
        report.streamCount += 1
        try checkLength(of: reader.stream.frameCount ?? 0)
        return true
    }

    /// How much of the source has been read, 0...1; nil if that is not known.
    private var part: Double? {
        guard let total = reader.stream.frameCount else { return nil }
        let end = reader.rest?.position(0) ?? source.size
        let read = min(1, Double(streamFrameCount) / Double(max(1, total)))
        return (Double(streamStart) + read * Double(end - streamStart)) / Double(max(1, source.size))
    }

    /// Room for the input of a round: little enough at low rates that its output stays small.
    private static func buffer(_ sampleRate: Int) -> [Float] {
        [Float](repeating: 0, count: max(1, min(8192, 8192 * sampleRate / PhoneAudio.sampleRate)))
    }

    private func resample(_ input: UnsafeBufferPointer<Float>, into output: inout [Float]) throws(ConversionError) {
        guard let resampler else { return output.append(contentsOf: input) }
        do throws(ResamplingError) {
            if input.isEmpty {
                try resampler.finish(into: &output)
            } else {
                try resampler.process(input, into: &output)
            }
        } catch { throw ConversionError(.unsupported, file: source.name, error.reason) }
    }

    /// Rounds to 16 bits and hands on.
    private mutating func write(_ samples: [Float], to sink: inout some SampleSink) throws(ConversionError) {
        guard !samples.isEmpty else { return }
        var changes = tk_quantized()
        var rounded = [Int16](unsafeUninitializedCapacity: samples.count) { rounded, count in
            changes = samples.withUnsafeBufferPointer { samples in
                tk_quantize(samples.baseAddress!, samples.count, rounded.baseAddress!)
            }
            count = samples.count
        }
        if let law = options.processing.codecRoundTrip { rounded = rounded.map { law.decode(law.encode($0)) } }
        report.clampedCount += changes.clamped
        notNumberCount += changes.not_numbers
        report.sampleCount += rounded.count
        try sink.write(rounded)
    }

    /// - Throws: `tooLong` if so many frames of the present stream make more than the longest result that is accepted.
    private func checkLength(of frameCount: Int) throws(ConversionError) {
        let limit = options.limits.maximumSampleCount
        guard earlierSampleCount + resampledCount(frameCount, from: reader.stream.sampleRate) > limit else { return }
        throw ConversionError(
            .tooLong, file: source.name,
            "is longer than the \(limit / PhoneAudio.sampleRate) seconds that are accepted")
    }

    /// How many samples at 8000 Hz all frames that were read make.
    private var recoveredSampleCount: Int {
        earlierSampleCount + resampledCount(streamFrameCount, from: reader.stream.sampleRate)
    }

    /// - Throws: `recoverable` if something is wrong with the source and partial audio is not accepted.
    private mutating func checkIntegrity() throws(ConversionError) {
        let growth = try source.hasGrown() ? "the file grew while it was read: it is still being recorded" : nil
        guard let defect = earlierDefect ?? reader.defect ?? growth else { return }
        let recovered = Duration.microseconds(recoveredSampleCount * 125)
        guard options.acceptsPartial else {
            throw ConversionError(
                .recoverable, file: source.name, "\(defect); \(recovered.secondsText) s can be recovered")
        }
        report.isPartial = true
        report.warnings.append(.damaged(defect: defect, recovered: recovered))
    }

    /// - Throws: `damaged` if all there is rounds to not one sample at 8000 Hz.
    private func checkSampleCount() throws(ConversionError) {
        guard recoveredSampleCount == 0 else { return }
        throw ConversionError(
            .damaged, file: source.name,
            "is too short: \(report.frameCount) samples at \(report.sampleRate) Hz are less than half a sample at 8000 Hz"
        )
    }

    /// Looks at the channels of a stream that has been read.
    private mutating func noteDifference() {
        guard options.comparesChannels, options.channel == .mix, differingChannelCount == nil,
            difference.isNoticeable || reader.difference?.isNoticeable == true
        else { return }
        differingChannelCount = reader.stream.channels
    }

    private mutating func addWarnings() {
        if reader.endsUnmarked { report.warnings.append(.endUnmarked) }
        noteDifference()
        if let differingChannelCount { report.warnings.append(.channelsDiffer(differingChannelCount)) }
        if report.clampedCount > 0 { report.warnings.append(.clamped(sampleCount: report.clampedCount)) }
        let nonFiniteCount = mixer.nonFiniteCount + notNumberCount
        if nonFiniteCount > 0 { report.warnings.append(.silenced(sampleCount: nonFiniteCount)) }
    }
}

extension Duration {
    /// Seconds to a hundredth, as in `2.5` or `0.13`.
    var secondsText: String {
        let hundredths = (self / .milliseconds(10)).rounded()
        let text = "\(hundredths / 100)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
