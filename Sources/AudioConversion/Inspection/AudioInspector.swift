import RealModule
public import TelephonyAudio

/// Looks at the format of audio, and at how it sounds.
public struct AudioInspector: Sendable {
    /// What the bytes mean if they have no header; nil looks at the content, then at the name.
    public var raw: HeaderlessFormat?
    /// The limits of what is accepted.
    public var limits: ConversionLimits
    /// The active speech levels that are wanted; nil wants none, and tells of what is far from the usual -26 dBov.
    public var levels: ClosedRange<Level>?

    /// An inspector.
    public init(raw: HeaderlessFormat? = nil, limits: ConversionLimits = ConversionLimits()) {
        self.raw = raw
        self.limits = limits
    }

    /// Reads a whole source.
    ///
    /// - Parameter source: a file, a descriptor or bytes, in any format.
    /// - Returns: what was found; damage is a finding, not an error.
    /// - Throws: a ``ConversionError`` if there is no audio in it, or it can't be read.
    public func inspect(_ source: AudioSource) throws(ConversionError) -> Inspection {
        var options = ConversionOptions()
        options.raw = raw
        options.acceptsPartial = true
        options.limits = limits
        let bytes = try ByteSource(source, isHeaderless: raw != nil, limits: options.limits)
        var conversion = try Conversion(bytes, options: options)
        // Of a plain WAV file the platform's judgement is asked for: it may hold nothing.
        conversion.acceptsNoSamples = conversion.stream.container == .wav
        var measurement = MeasuringSink()
        let report = try conversion.run(into: &measurement, progress: nil)
        let wav = try WAVLayout(bytes, stream: conversion.stream, limits: limits)
        return Inspection(
            file: source.name, container: report.container, encoding: report.encoding, sampleRate: report.sampleRate,
            channels: report.channels, duration: report.duration,
            peak: measurement.peak > 0 ? 20 * .log10(Double(measurement.peak) / 32768) : nil,
            activeLevel: measurement.activeLevel, offset: measurement.offset,
            leadingSilence: measurement.silence.leading, trailingSilence: measurement.silence.trailing,
            clippedRuns: measurement.clippedRuns, base64ByteCount: report.base64ByteCount,
            wav: wav,
            findings: report.warnings.map { .warning($0) } + SoundCheck(measurement, levels: levels).findings)
    }
}

/// Judges how a file sounds.
private struct SoundCheck {
    private(set) var findings: [Inspection.Finding] = []

    init(_ sound: MeasuringSink, levels: ClosedRange<Level>?) {
        if sound.clippedRuns > 0 { findings.append(.clipped(runs: sound.clippedRuns)) }
        if abs(sound.offset) > 0.005 { findings.append(.offCentre(Int((sound.offset * 32768).rounded()))) }
        let level = sound.activeLevel
        if let levels {
            if level.map(levels.contains) != true { findings.append(.levelOutside(level, wanted: levels)) }
        } else if let level, !(-32 ... -20).contains(level.dBov) {
            findings.append(.level(level))
        }
        let (leading, trailing) = sound.silence
        if leading > .milliseconds(500) || trailing > .milliseconds(500) {
            findings.append(.silence(leading: leading, trailing: trailing))
        }
    }
}
