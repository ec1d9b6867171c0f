import Dispatch
import Files
public import TelephonyAudio

/// Converts any audio to telephony audio: 8000 Hz, mono, 16 bit.
///
/// ```swift
/// let converter = AudioConverter()
/// let (prompt, report) = try converter.convert(.file("welcome.mp3"))
/// print(prompt.duration, report.warnings)
/// try converter.convert(.file("hello.flac"), to: .file("hello.wav"))
/// ```
///
/// A converter holds only options and may be shared. A conversion blocks its thread for about a ten-thousandth of the
/// audio's length, and needs the same few megabytes for a second as for hours, not counting a result in memory.
public struct AudioConverter: Sendable {
    /// How audio is converted.
    public var options: ConversionOptions
    private let ahead: FFmpegAhead?

    /// A converter.
    public init(options: ConversionOptions = ConversionOptions()) {
        self.options = options
        ahead = nil
    }

    /// A converter of files that are all known beforehand.
    ///
    /// Short ones that need ffmpeg are decoded several at a time, with one start of it. The results are the same.
    ///
    /// - Parameters:
    ///   - options: how audio is converted.
    ///   - sources: what will be converted, each once and in about this order; others may be converted as well.
    public init(options: ConversionOptions = ConversionOptions(), for sources: [AudioSource]) {
        self.options = options
        ahead = sources.count > 1 && options.raw == nil ? FFmpegAhead(sources, limits: options.limits) : nil
    }

    /// Converts a source to a value in memory.
    ///
    /// - Parameter source: a file, a descriptor or bytes, in any format; a pipe is read to its end.
    /// - Returns: the audio, never empty, and what was found and done.
    /// - Throws: a ``ConversionError`` that names the source. Clipping and a large payload are warnings in the report; so is
    ///   damage, if the options accept partial audio.
    public func convert(_ source: AudioSource) throws(ConversionError) -> (audio: PhoneAudio, report: ConversionReport)
    {
        var sink = MemorySink()
        var conversion = try Conversion(source, options: options, ahead: ahead)
        let report = try conversion.run(into: &sink, progress: nil)
        return (PhoneAudio(samples: sink.samples), report)
    }

    /// Converts a source as ``convert(_:)`` does, away from the threads that tasks share: it takes long, and may wait for ffmpeg.
    public func convertInBackground(
        _ source: AudioSource
    ) async throws(ConversionError) -> (audio: PhoneAudio, report: ConversionReport) {
        let result: Result<(audio: PhoneAudio, report: ConversionReport), ConversionError> =
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    do throws(ConversionError) { continuation.resume(returning: .success(try convert(source))) } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
            }
        return try result.get()
    }

    /// Converts a source piece by piece, for what need not or cannot keep the whole.
    ///
    /// - Parameters:
    ///   - source: a file, a descriptor or bytes, in any format.
    ///   - body: is given the samples, 8000 a second, a few thousand at a time; never called if there are none.
    /// - Returns: what was found and done.
    /// - Throws: as ``convert(_:)``; damage is found only at the end, when `body` has been given what could be read.
    @discardableResult
    public func convert(
        _ source: AudioSource, _ body: (Span<Int16>) -> Void
    ) throws(ConversionError) -> ConversionReport {
        try Self.run(Conversion(source, options: options, ahead: ahead), body)
    }

    /// Converts what a pipe delivers as it comes: WAV files and headerless audio whose samples are decoded one by one; all else
    /// is read to its end first, as by ``convert(_:_:)``, and so is what is no pipe.
    ///
    /// - Parameters:
    ///   - descriptor: such as 0 for standard input. It is not closed.
    ///   - name: what messages call it.
    ///   - body: is given the samples, 8000 a second, as soon as they are there.
    /// - Returns: what was found and done.
    /// - Throws: as ``convert(_:_:)``.
    @discardableResult
    public func convertLive(
        _ descriptor: Int32, name: String, _ body: (Span<Int16>) -> Void
    ) throws(ConversionError) -> ConversionReport {
        let pipe = try attempt(on: name) { () throws(SystemError) in
            try OpenFile(duplicating: descriptor, name: name)
        }
        let kind = try attempt(on: name) { () throws(SystemError) in try pipe.status().kind }
        guard kind == .stream else { return try convert(.descriptor(descriptor, name: name), body) }
        return try Self.run(Conversion(pipe, options: options), body)
    }

    private static func run(
        _ conversion: Conversion, _ body: (Span<Int16>) -> Void
    ) throws(ConversionError) -> ConversionReport {
        var conversion = conversion
        var outcome: Result<ConversionReport, ConversionError>?
        withoutActuallyEscaping(body) { body in
            var sink = ClosureSink(body: body)
            do throws(ConversionError) {
                outcome = .success(try conversion.run(into: &sink, progress: nil))
            } catch { outcome = .failure(error) }
        }
        return try outcome!.get()
    }

    /// Converts a source to a file or a stream.
    ///
    /// The result appears whole or not at all: it is written to an unnamed file beside the target first. The input itself
    /// is never replaced; another file that exists only if `replacing` is true, but one that has just this content
    /// already is a success.
    ///
    /// - Parameters:
    ///   - source: a file, a descriptor or bytes, in any format.
    ///   - output: where the result goes.
    ///   - form: a WAV file, or its base64 in the midst of a text.
    ///   - replacing: whether a file that exists may be replaced.
    ///   - progress: called from time to time with the part of the input that has been read, 0...1.
    /// - Returns: what was found and done.
    /// - Throws: a ``ConversionError`` that names the source or the target.
    @discardableResult
    public func convert(
        _ source: AudioSource, to output: OutputTarget, as form: OutputForm = .wav, replacing: Bool = false,
        progress: ((Double) -> Void)? = nil
    ) throws(ConversionError) -> ConversionReport {
        var conversion = try Conversion(source, options: options, ahead: ahead)
        var sink = try WAVSink(output, form: form, replacing: replacing, input: conversion.inputIdentity)
        var report = try conversion.run(into: &sink, progress: progress)
        try sink.finish()
        report.output = output.name
        report.isUnchanged = sink.isUnchanged
        return report
    }
}
