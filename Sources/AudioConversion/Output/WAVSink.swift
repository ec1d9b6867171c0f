import Glibc
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
    private let samples: FileDescriptor
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
            target = try AtomicFile(path)
        }
        if let target, form == .wav {
            samples = target.file
        } else {
            samples = try Spool(name: output.name, limit: .max).file
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
        guard header.withUnsafeBytes({ samples.write($0, at: 0) }) else {
            throw failure("writing failed: \(systemErrorText)")
        }
        if let target {
            if form != .wav { try copy(to: target.file) }
            isUnchanged = try target.commit(replacing: replacing)
        } else {
            try copy(to: try stream())
        }
    }

    private mutating func flush(_ count: Int) throws(ConversionError) {
        let isWritten = pending.withUnsafeBytes { samples.write(.init(rebasing: $0[..<count]), at: written) }
        guard isWritten else { throw failure("writing failed: \(systemErrorText)") }
        written += count
        pending.removeFirst(count)
    }

    private func stream() throws(ConversionError) -> FileDescriptor {
        let number =
            switch output {
            case .file(let path): open(path, O_WRONLY | O_CLOEXEC)
            case .descriptor(let number, _): fcntl(number, F_DUPFD_CLOEXEC, 3)
            }
        guard number >= 0 else { throw failure("can't be opened: \(systemErrorText)", .cannotCreate) }
        return FileDescriptor(owning: number)
    }

    /// Copies the WAV file, in its form, to a descriptor.
    private func copy(to descriptor: FileDescriptor) throws(ConversionError) {
        // A multiple of 3 bytes, so that pieces of base64 join without padding.
        var buffer = [UInt8](repeating: 0, count: 3 << 14)
        var text = Array(form.frame.head.utf8)
        var offset = 0
        while offset < written {
            let count = buffer.withUnsafeMutableBytes { samples.read(at: offset, into: $0) }
            guard let count, count > 0 else { throw failure("reading the temporary file failed: \(systemErrorText)") }
            offset += count
            let bytes = buffer.span.bytes.extracting(first: count)
            if form == .wav { bytes.withUnsafeBytes { text += $0 } } else { Base64.append(bytes, to: &text) }
            if offset >= written { text += form.frame.tail.utf8 }
            guard text.withUnsafeBytes({ descriptor.write($0) }) else {
                throw failure("writing failed: \(systemErrorText)")
            }
            text.removeAll(keepingCapacity: true)
        }
    }

    private func failure(_ reason: String, _ code: ConversionError.Code = .inputOutput) -> ConversionError {
        ConversionError(code, file: output.name, reason)
    }
}
