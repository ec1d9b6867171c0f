import Files

/// What ffmpeg delivers of one input: through a pipe while it runs, or whole in a temporary file.
struct FFmpegOutput {
    private enum Storage {
        case pipe(ChildProcess, patience: Duration)
        case file(OpenFile)
    }

    /// How ffmpeg ended.
    struct End {
        let exit: ChildProcess.Exit
        /// What it complained of, if it did.
        let complaint: FFmpegComplaint?
    }

    private let storage: Storage
    /// What errors call the input.
    private let name: String
    private var place = 0

    /// The output of an ffmpeg of its own.
    ///
    /// - Throws: `inputOutput` if it can't be started.
    init(
        _ ffmpeg: String, _ source: ByteSource, demuxer: String, limits: ConversionLimits
    ) throws(ConversionError) {
        let (file, part) = try source.file()
        let arguments =
            FFmpegArguments.common + FFmpegArguments.input(3, part: part, demuxer: demuxer)
            + FFmpegArguments.output(0, to: "pipe:1", limits: limits)
        let child = try attempt(on: source.name) { () throws(SystemError) in
            try ChildProcess(ffmpeg, arguments: arguments, input: file)
        }
        storage = .pipe(child, patience: limits.ffmpegTimeout)
        name = source.name
    }

    /// The output of an ffmpeg that had nothing to complain of.
    ///
    /// - Parameter name: what errors call the input.
    init(_ file: OpenFile, of name: String) {
        storage = .file(file)
        self.name = name
    }

    /// Reads what comes next, up to the buffer's size; 0 at the end.
    ///
    /// - Throws: `limit` if ffmpeg delivers nothing for too long, `inputOutput` if reading fails.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ConversionError) -> Int {
        switch storage {
        case .file(let file):
            let count = try attempt(on: name) { () throws(SystemError) in try file.read(at: place, into: buffer) }
            place += count
            return count
        case .pipe(let child, let patience):
            do throws(ChildProcess.Failure) { return try child.read(into: buffer, patience: patience) } catch {
                switch error {
                case .timedOut:
                    throw ConversionError(
                        .limit, file: name, "ffmpeg sent nothing for \(patience) and was stopped")
                case .failed(let error):
                    throw ConversionError(.inputOutput, file: name, "reading from ffmpeg failed: \(error.reason)")
                }
            }
        }
    }

    /// Waits for the end of an ffmpeg that has closed its output.
    ///
    /// - Throws: `limit` if it does not end.
    func end() throws(ConversionError) -> End {
        guard case .pipe(let child, let patience) = storage else { return End(exit: .code(0), complaint: nil) }
        guard let exit = child.wait(until: .now + patience) else {
            throw ConversionError(
                .limit, file: name, "ffmpeg did not end within \(patience) of its last output and was stopped")
        }
        return End(exit: exit, complaint: FFmpegComplaint(child.errorText))
    }
}
