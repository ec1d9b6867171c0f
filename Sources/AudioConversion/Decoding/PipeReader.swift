import CTelephonyKernels
import Files

/// Reads linear and companded samples from a pipe, each as soon as it has come: those of a WAV file, or headerless ones.
///
/// What is wrong with a WAV file, and what follows its samples, ``WAVParser`` tells at the end, as of any file: it is given all
/// that came but the samples, which it does not look at.
final class PipeReader: SampleReader {
    let stream: StreamDescription
    let decoderName = "built-in"
    private(set) var defect: String?
    private(set) var difference: ChannelDifference? = ChannelDifference()
    private(set) var rest: ByteSource?

    private let pipe: OpenFile
    private let layout: PCMLayout
    private let limits: ConversionLimits
    private let frameSize: Int
    /// What came before the samples; empty of headerless ones.
    private let header: [UInt8]
    /// How many bytes of samples the header promises; nil if they go on to the end of the pipe.
    private var promised: Int?
    /// How many bytes of samples have been decoded.
    private var decodedCount = 0
    /// What has come and is not decoded yet.
    private var pending: [UInt8]
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var phase = Phase.samples
    /// The first channel of the frames that were read last, where there are several.
    private var first: [Float] = []

    private enum Phase {
        /// Samples may come.
        case samples
        /// The pipe has ended, and with it the samples.
        case pipeEnded
        /// All has been read.
        case over
    }

    /// - Parameters:
    ///   - byteCount: what the header says; 0 where it says nothing.
    ///   - head: what was read of the pipe; the samples begin in it where the layout says.
    private init(
        _ pipe: OpenFile, _ layout: PCMLayout, byteCount: Int, head: [UInt8], limits: ConversionLimits
    ) throws(ConversionError) {
        self.pipe = pipe
        self.layout = layout
        self.limits = limits
        header = Array(head[..<layout.dataRange.lowerBound])
        pending = Array(head[layout.dataRange.lowerBound...])
        promised = byteCount > 0 ? byteCount : nil
        frameSize = layout.encoding.bytesPerSample * layout.channels
        // How many frames there are shows at the end: sizes in headers may be wrong.
        stream = StreamDescription(
            container: layout.container, name: layout.container?.name ?? "headerless",
            encoding: .pcm(layout.encoding), sampleRate: layout.sampleRate, channels: layout.channels,
            speakers: layout.speakers)
        try stream.validate(file: pipe.name)
    }

    /// A reader of a pipe; nil where its samples can't be decoded one by one, or the whole pipe has been read.
    ///
    /// - Parameters:
    ///   - pipe: at its beginning.
    ///   - raw: what the bytes mean if they have no header.
    ///   - head: gets what was read of the pipe to find out.
    static func open(
        _ pipe: OpenFile, raw: HeaderlessFormat?, limits: ConversionLimits, head: inout [UInt8]
    ) throws(ConversionError) -> PipeReader? {
        var buffer = [UInt8](repeating: 0, count: 1 << 12)
        while head.count < headLimit {
            let count = try read(pipe, into: &buffer)
            guard count > 0 else { return nil }
            head += buffer[..<count]
            if let raw {
                guard case .samples(let layout) = raw.reading(size: 0) else { return nil }
                return try PipeReader(pipe, layout, byteCount: 0, head: head, limits: limits)
            }
            guard head.count >= 12 else { continue }
            guard let container = Container.recognize(head)?.container, container.decoder == .wav else { return nil }
            let source = try ByteSource(.bytes(head, name: pipe.name), limits: limits)
            switch try WAVParser.beginning(source, container: container) {
            case .open: continue
            case .needsWhole: return nil
            case .samples(let layout, let byteCount):
                return try PipeReader(pipe, layout, byteCount: byteCount, head: head, limits: limits)
            }
        }
        return nil
    }

    /// Headers are shorter, but for those with pictures in them.
    private static let headLimit = 1 << 16

    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int {
        let wanted = samples.count / layout.channels
        guard wanted > 0, case .samples = phase else { return 0 }
        try fill(frameSize)
        let count = min(wanted, min(pending.count, remaining) / frameSize)
        guard count > 0 else {
            guard try goesOn() else {
                try end()
                return 0
            }
            promised = nil
            return try read(into: samples)
        }
        let decoded = UnsafeMutableBufferPointer(rebasing: samples[..<(count * layout.channels)])
        pending.withUnsafeBytes { bytes in
            layout.encoding.decode(
                .init(rebasing: bytes[..<(count * frameSize)]), bigEndian: layout.isBigEndian, into: decoded)
        }
        pending.removeFirst(count * frameSize)
        decodedCount += count * frameSize
        return count
    }

    func readMono(
        _ mixer: inout ChannelMixer, into samples: UnsafeMutableBufferPointer<Float>
    ) throws(ConversionError) -> Int {
        let channels = layout.channels
        guard channels > 1 else {
            return try mixer.mix(into: samples) { (frames) throws(ConversionError) in try read(into: frames) }
        }
        let count = try mixer.mix(into: samples) { (frames) throws(ConversionError) in
            let count = try read(into: frames)
            first = (0..<count).map { frames[$0 * channels] }
            return count
        }
        first.withUnsafeMutableBufferPointer { first in
            guard let start = first.baseAddress else { return }
            _ = tk_silence_unbearable(start, first.count)
            difference?.add(first: .init(first), mix: .init(rebasing: samples[..<count]))
        }
        return count
    }

    /// How many bytes of samples are still to come.
    private var remaining: Int { promised.map { $0 - decodedCount } ?? .max }

    /// Waits until so many bytes have come, or the last of the samples, or the pipe ends.
    private func fill(_ count: Int) throws(ConversionError) {
        while case .samples = phase, pending.count < min(count, remaining) { try readMore() }
    }

    private func readMore() throws(ConversionError) {
        let count = try Self.read(pipe, into: &buffer)
        if count == 0 { phase = .pipeEnded }
        pending += buffer[..<count]
    }

    /// Whether there are more samples than the header promises.
    private func goesOn() throws(ConversionError) -> Bool {
        guard case .samples = phase, let promised, WAVParser.goesOn(behind: promised, []) else { return false }
        while case .samples = phase, pending.count < remaining + 5 { try readMore() }
        return pending.count > remaining && WAVParser.goesOn(behind: promised, Array(pending[remaining...].prefix(5)))
    }

    /// Looks at what is missing of a WAV file, and at what follows its samples.
    private func end() throws(ConversionError) {
        let hasEnded = if case .pipeEnded = phase { true } else { false }
        phase = .over
        guard let container = layout.container else { return }
        let spool = try attempt(on: pipe.name) { [pipe, header, pending] () throws(SystemError) in
            var spool = try Spool(limit: limits.maximumInputBytes)
            try spool.append(header.span.bytes)
            spool.skip(decodedCount)
            if hasEnded {
                try spool.append(pending.span.bytes)
            } else {
                try spool.copy(from: pipe, after: pending) { _ in .wanted }
            }
            return spool
        }
        pending = []
        var parser = try WAVParser(ByteSource(pipe.name, spool), container: container)
        defect = try parser.layout()?.defect
        rest = try parser.following()
    }

    private static func read(_ pipe: OpenFile, into buffer: inout [UInt8]) throws(ConversionError) -> Int {
        try withBytes(of: &buffer) { (bytes) throws(ConversionError) in
            try attempt(on: pipe.name) { () throws(SystemError) in try pipe.read(into: bytes) }
        }
    }
}
