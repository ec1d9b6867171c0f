package import AudioConversion
import CommandArguments
import Files
import ParallelWork
import Presentation
import TelephonyAudio

/// A command at work as a filter.
package struct FilterRun {
    private let arguments: FilterArguments
    private let jobs: Int

    /// - Parameter jobs: how many files to work on at a time.
    package init(_ arguments: FilterArguments, jobs: Int) {
        self.arguments = arguments
        self.jobs = jobs
    }

    /// Works on each file, and writes its lines, in the order in which the files come, each as soon as it is due.
    ///
    /// Ends quietly, as other filters do, when nobody reads the lines any more.
    ///
    /// - Parameter work: the lines of a file; runs on several threads at once.
    /// - Throws: the exit code if the stream of names or files itself can't be read.
    package func run(_ work: @Sendable (StreamedFile) -> [String]) throws {
        Console.silenceLibraries()
        OwnProcess.endWithoutReaders()
        var failure: ConversionError?
        let path = arguments.filesFrom ?? "-"
        do throws(ConversionError) {
            let input = try attempt(on: path) { () throws(SystemError) in
                path == "-" ? try OpenFile(duplicating: 0, name: "standard input") : try OpenFile(reading: path)
            }
            let format: StreamFormat =
                arguments.framed ? .framed : .names(end: arguments.endsWithZero ? 0 : UInt8(ascii: "\n"))
            var stream = NamedStream(input, format: format, limits: ConversionLimits())
            parallelMap(jobs: jobs) { () -> StreamedFile? in
                do throws(ConversionError) { return try stream.next() } catch {
                    failure = error
                    return nil
                }
            } work: {
                work($0)
            } deliver: { lines in
                for line in lines { Console.data(line) }
            }
        } catch { failure = error }
        try Console.checkData()
        guard let failure else { return }
        Console.note("rtmedia: \(failure)")
        throw ExitStatus.code(for: failure)
    }
}

extension StreamedFile {
    /// The lines of a file: its records, or the one that says why there are none.
    ///
    /// - Parameter options: those that advice may name.
    package func lines<Record: Encodable, Failure: Encodable>(
        _ options: HelpfulOptions, records: (AudioSource) throws(ConversionError) -> [Record],
        failure: (FailureRecord) -> Failure
    ) -> [String] {
        do throws(ConversionError) { return try withSource(records).map { jsonLine($0) } } catch {
            return [jsonLine(failure(FailureRecord(error.advised(options), of: name)))]
        }
    }
}
