import Files
import TelephonyAudio

/// Writes a telephony WAV file, in any of the forms, to a file or a stream.
///
/// The samples go to an unnamed file first: in the target's folder where the result is a WAV file there, else in TMPDIR,
/// since the header and base64 need the length, and nothing partial may go out.
struct WAVSink: SampleSink {
    private let output: OutputTarget
    private let form: OutputForm
    private let replacing: Bool
    private var target: AtomicFile?
    private let samples: OpenFile
    /// What is not yet written, beginning with room for the header; written in pieces that begin and end with a page.
    private var pending = [UInt8](repeating: 0, count: WAVHeader.byteCount)
    private var written = 0
    private static let pieceSize = 1 << 16
    private(set) var isUnchanged = false

    /// - Throws: `isInput` if the target is the input, `cannotCreate` if its folder can't be written.
    init(_ output: OutputTarget, form: OutputForm, replacing: Bool, input: FileIdentity?) throws(ConversionError) {
        self.output = output
        self.form = form
        self.replacing = replacing
        if let input, FileIdentity(output) == input {
            throw ConversionError(.isInput, file: output.name, "is the input, which is never overwritten")
        }
        if case .file(let path) = output, !AtomicFile.isStream(path) {
            target = try attempt(on: path) { () throws(SystemError) in try AtomicFile(path) }
        }
        if let target, form == .wav {
            samples = target.file
        } else {
            samples = try attempt(on: output.name) { () throws(SystemError) in try OpenFile.temporary() }
        }
    }

    mutating func write(_ samples: [Int16]) throws(ConversionError) {
        samples.withUnsafeBytes { pending += $0 }
        if pending.count >= Self.pieceSize { try flush(pending.count / Self.pieceSize * Self.pieceSize) }
    }

    /// Writes the header, and makes the result appear.
    mutating func finish() throws(ConversionError) {
        try flush(pending.count)
        let header = WAVHeader(sampleCount: (written - WAVHeader.byteCount) / 2).bytes
        try write(header.span.bytes, at: 0)
        if let target {
            if form != .wav { try copy(to: target.file) }
            isUnchanged = try attempt(on: output.name) { () throws(SystemError) in
                try target.commit(replacing: replacing)
            }
        } else {
            try copy(to: try stream())
        }
    }

    private mutating func flush(_ count: Int) throws(ConversionError) {
        try write(pending.span.bytes.extracting(first: count), at: written)
        written += count
        pending.removeFirst(count)
    }

    private func write(_ bytes: RawSpan, at offset: Int) throws(ConversionError) {
        try attempt(on: output.name) { () throws(SystemError) in
            do throws(SystemError) { try samples.write(bytes, at: offset) } catch {
                // Where the result goes elsewhere at last, it is the folder for temporary files that is full.
                guard samples !== target?.file else { throw error }
                throw SystemError(.spool, samples.name, error.errno)
            }
        }
    }

    private func stream() throws(ConversionError) -> OpenFile {
        do throws(SystemError) {
            switch output {
            case .file(let path): return try OpenFile(writing: path)
            case .descriptor(let number, let name): return try OpenFile(duplicating: number, name: name)
            }
        } catch { throw ConversionError(.cannotCreate, file: output.name, "can't be opened: \(error.reason)") }
    }

    /// Copies the WAV file, in its form, to a file.
    private func copy(to file: OpenFile) throws(ConversionError) {
        // A multiple of 3 bytes, so that pieces of base64 join without padding.
        var buffer = [UInt8](repeating: 0, count: 3 << 14)
        var text = Array(form.frame.head.utf8)
        var offset = 0
        while offset < written {
            let count = try readBack(at: offset, into: &buffer)
            offset += count
            let bytes = buffer.span.bytes.extracting(first: count)
            if form == .wav { bytes.withUnsafeBytes { text += $0 } } else { Base64.append(bytes, to: &text) }
            if offset >= written { text += form.frame.tail.utf8 }
            try attempt(on: output.name) { () throws(SystemError) in try file.write(text.span.bytes) }
            text.removeAll(keepingCapacity: true)
        }
    }

    private func readBack(at offset: Int, into buffer: inout [UInt8]) throws(ConversionError) -> Int {
        do throws(SystemError) {
            let count = try samples.read(at: offset, into: &buffer)
            if count > 0 { return count }
        } catch { throw unreadable(error.reason) }
        throw unreadable("it became shorter")
    }

    private func unreadable(_ reason: String) -> ConversionError {
        ConversionError(.inputOutput, file: output.name, "reading the temporary file failed: \(reason)")
    }
}
