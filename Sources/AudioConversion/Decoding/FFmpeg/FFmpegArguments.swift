import TelephonyAudio

/// What ffmpeg is started with: one thread, no standard input, limits on memory, time and length; it delivers Sun AU, the simplest
/// stream that carries rate and channels, in 32-bit floats.
///
/// It gets files as open descriptors, and for each the one demuxer that its signature calls for, so that no playlist can name
/// other files.
enum FFmpegArguments {
    /// What comes before all inputs.
    static let common = ["-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-timelimit", "3600"]

    /// A part of a file that ffmpeg finds at a descriptor.
    static func input(_ number: Int32, part: Range<Int>, demuxer: String) -> [String] {
        let place = "subfile,,start,\(part.lowerBound),end,\(part.upperBound),,:file:/dev/fd/\(number)"
        return ["-protocol_whitelist", "file,subfile", "-threads", "1", "-max_alloc", "268435456"]
            + ["-f", demuxer, "-i", place]
    }

    /// The sound of an input.
    ///
    /// - Parameters:
    ///   - index: the input's place among all.
    ///   - place: where it goes: a protocol's name and what it needs.
    ///   - size: the most bytes, where they are limited.
    static func output(_ index: Int, to place: String, limits: ConversionLimits, size: Int? = nil) -> [String] {
        let seconds = limits.maximumSampleCount / PhoneAudio.sampleRate + 1
        return ["-map", "\(index):a:0", "-t", "\(seconds)"] + (size.map { ["-fs", "\($0)"] } ?? [])
            + ["-c:a", "pcm_f32be", "-f", "au", "-bitexact", place]
    }
}
