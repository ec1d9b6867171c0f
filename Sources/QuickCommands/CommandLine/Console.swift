package import AudioConversion
package import CommandArguments
package import Files
import RealTimeAPI
import Synchronization

/// What goes to people, on standard error, and to programs, on standard output.
package enum Console {
    /// Descriptors of our own for standard output and standard error; -1, which can't be written to, for one that is closed.
    package static let output = StandardStreams.ownDescriptor(for: 1)
    package static let error = StandardStreams.ownDescriptor(for: 2)
    package static let errorIsTerminal = Terminal.isTerminal(error)
    package static let outputIsTerminal = Terminal.isTerminal(output)

    /// How many columns standard output has: what COLUMNS says, or the terminal, or else 100.
    package static var outputWidth: Int {
        if let columns = Environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
        return Terminal.columns(of: output) ?? 100
    }

    /// How many columns help has: what COLUMNS says, or the terminal, or else 80.
    package static var helpWidth: Int {
        if let columns = Environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
        return Terminal.columns(of: output) ?? 80
    }

    /// Leaves standard output and standard error to the tool alone.
    ///
    /// Decoders write there what they think of a damaged file: libmpg123 notes, libsndfile even on standard output (MIDI
    /// sample dumps, ALAC), into the midst of a WAV file. From here on nobody hears them.
    package static func silenceLibraries() {
        _ = (output, error)
        StandardStreams.silence()
    }

    /// Writes a line to standard error; what terminals would act on, as in a file's name, and line ends in it are escaped.
    package static func note(_ line: String) { write(line.harmless + "\n", to: error) }

    /// Writes lines to standard error, each as ``note(_:)`` does.
    package static func note(lines text: String) { for line in lines(of: text) { note(line) } }

    /// Why a line could not be written to standard output, if one could not.
    private static let dataFailure = Mutex<String?>(nil)

    /// Writes a line to standard output; ``checkData()`` tells whether that failed.
    ///
    /// What terminals would act on, and line ends in it, are escaped as in JSON, so that JSON stays the same.
    package static func data(_ line: String) {
        guard let failure = write(line.harmless + "\n", to: output) else { return }
        dataFailure.withLock { $0 = $0 ?? failure.reason }
    }

    /// Writes lines to standard output, each as ``data(_:)`` does.
    package static func data(lines text: String) { for line in lines(of: text) { data(line) } }

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// - Throws: the exit code for output that is lost, having told so.
    package static func checkData() throws(ExitCode) {
        guard let reason = dataFailure.withLock({ $0 }) else { return }
        note("rtmedia: standard output: writing failed: \(reason)")
        throw ExitStatus.inputOutput
    }

    /// Writes bytes to standard output.
    ///
    /// - Throws: `inputOutput`.
    package static func write(_ bytes: [UInt8]) throws(ConversionError) {
        try attempt(on: "standard output") { () throws(SystemError) in
            try StandardStreams.write(bytes.span.bytes, to: output)
        }
    }

    /// Writes text to a descriptor; the reason if that failed.
    @discardableResult
    package static func write(_ text: String, to descriptor: Int32) -> SystemError? {
        do throws(SystemError) { try StandardStreams.write(text.utf8.span.bytes, to: descriptor) } catch {
            return error
        }
        return nil
    }
}
