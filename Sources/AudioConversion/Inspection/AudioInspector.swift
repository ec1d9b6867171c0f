import Glibc
public import TelephonyAudio

/// Looks whether audio is what the platform wants.
public struct AudioInspector: Sendable {
    /// What the bytes mean if they have no header; nil looks at the content, then at the name.
    public var raw: HeaderlessFormat?
    /// Bounds on what is accepted.
    public var limits: ConversionLimits

    /// An inspector.
    public init(raw: HeaderlessFormat? = nil, limits: ConversionLimits = ConversionLimits()) {
        self.raw = raw
        self.limits = limits
    }

    /// Reads a whole source and judges it.
    ///
    /// - Parameter source: a file, a descriptor or bytes, in any format.
    /// - Returns: what was found; a file that the platform would refuse is a finding, not an error.
    /// - Throws: a ``ConversionError`` if there is no audio in it, or it can't be read.
    public func inspect(_ source: AudioSource) throws(ConversionError) -> Inspection {
        var options = ConversionOptions()
        options.raw = raw
        options.acceptsPartial = true
        options.limits = limits
        let bytes = try ByteSource(source, isHeaderless: raw != nil, limits: options.limits)
        var conversion = try Conversion(bytes, options: options)
        var measurement = MeasuringSink()
        let report = try conversion.run(into: &measurement, progress: nil)
        let header = try HeaderCheck(bytes, stream: conversion.stream, limits: limits)
        let payload = report.payloadWarning.map { [Inspection.Finding.warning($0)] } ?? []
        return Inspection(
            file: source.name, container: report.container, encoding: report.encoding, sampleRate: report.sampleRate,
            channels: report.channels, duration: report.duration,
            peak: measurement.peak > 0 ? 20 * log10(Double(measurement.peak) / 32768) : nil,
            activeLevel: measurement.activeLevel, offset: measurement.offset,
            leadingSilence: measurement.silence.leading, trailingSilence: measurement.silence.trailing,
            clippedRuns: measurement.clippedRuns, payloadByteCount: report.payloadByteCount,
            findings: header.findings + report.warnings.map { .warning($0) } + SoundCheck(measurement).findings
                + payload)
    }
}

/// Compares a file's header with the one that the platform wants.
private struct HeaderCheck {
    private(set) var findings: [Inspection.Finding] = []

    /// - Parameter stream: what the decoder found in the file.
    init(_ file: ByteSource, stream: StreamDescription, limits: ConversionLimits) throws(ConversionError) {
        guard let container = stream.container, container.decoder == .wav else {
            findings = [.notWAV(container: stream.containerName)]
            return
        }
        // The platform takes base64 as well: what counts is what it holds.
        let source = try Decoding.base64Content(of: file, limits) ?? file
        if container != .wav { findings.append(.notRIFF(container: container.name)) }
        if stream.encoding != .pcm(.s16) { findings.append(.encoding(stream.encoding.name)) }
        if stream.sampleRate != PhoneAudio.sampleRate { findings.append(.sampleRate(stream.sampleRate)) }
        if stream.channels != 1 { findings.append(.channels(stream.channels)) }
        let canonical = WAVHeader(sampleCount: min(max(0, source.size - 44) / 2, WAVHeader.maximumSampleCount)).bytes
        if findings.isEmpty, try source.bytes(at: 0, count: WAVHeader.byteCount) != canonical {
            findings.append(try Self.difference(source))
        }
    }

    /// In what a header of the right format differs from the canonical one.
    private static func difference(_ source: ByteSource) throws(ConversionError) -> Inspection.Finding {
        var parser = try WAVParser(source, container: .wav)
        let header = try parser.header()
        if header.formatTag != 1 || header.chunks.first?.size != 16 { return .formatChunk }
        let data = header.chunks.last { $0.id == "data" }
        // What follows a size that is not true are no chunks.
        guard let data, data.size > 0, data.size <= source.size - data.start else { return .sizes }
        let extra = header.chunks.map(\.id).filter { $0 != "fmt " && $0 != "data" }
        let behind = source.size - data.start - data.size
        if !extra.isEmpty { return .extraChunks(extra) }
        return behind > 0 ? .trailingBytes(behind) : .sizes
    }
}

/// Judges how a file sounds.
private struct SoundCheck {
    private(set) var findings: [Inspection.Finding] = []

    init(_ sound: MeasuringSink) {
        if sound.clippedRuns > 0 { findings.append(.clipped(runs: sound.clippedRuns)) }
        if abs(sound.offset) > 0.005 { findings.append(.offCentre(Int((sound.offset * 32768).rounded()))) }
        if let level = sound.activeLevel, !(-32 ... -20).contains(level.dBov) { findings.append(.level(level)) }
        let (leading, trailing) = sound.silence
        if leading > .milliseconds(500) || trailing > .milliseconds(500) {
            findings.append(.silence(leading: leading, trailing: trailing))
        }
    }
}
