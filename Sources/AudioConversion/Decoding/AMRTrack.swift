import Files

/// AMR in 3GP and MP4 files (3GPP TS 26.244).
///
/// Phones put several frames of AMR into each sample of the file, of which ffmpeg decodes the first only; from the same frames as
/// an AMR file (RFC 4867, section 5) it decodes all.
enum AMRTrack {
    /// Whether a file's first track with sound is AMR whose frames can be taken out.
    static func isOne(_ sound: MP4Sound) -> Bool {
        !sound.isFragmented && (sound.codec == "samr" || sound.codec == "sawb")
    }

    /// The frames of a file's first track with sound as an AMR file, and which kind of it; nil if they are something else.
    ///
    /// - Parameter sound: what the file's boxes say.
    static func extract(
        _ sound: MP4Sound, from source: ByteSource, limits: ConversionLimits
    ) throws(ConversionError) -> (file: ByteSource, container: Container)? {
        guard isOne(sound) else { return nil }
        let isWideband = sound.codec == "sawb"
        var spool = try attempt(on: source.name) { () throws(SystemError) in try Spool(limit: limits.maximumInputBytes)
        }
        func append(_ bytes: [UInt8]) throws(ConversionError) {
            try attempt(on: source.name) { () throws(SystemError) in try spool.append(bytes.span.bytes) }
        }
        try append(AMRFrames.magic(isWideband: isWideband))
        let isWhole = try sound.table.forEachSample(in: source) { (bytes) throws(ConversionError) in
            try append(bytes)
        }
        guard isWhole else { return nil }
        return (ByteSource(source.name, spool), isWideband ? .amrWideband : .amr)
    }
}
