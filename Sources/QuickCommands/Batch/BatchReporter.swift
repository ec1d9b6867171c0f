package import AudioConversion
import CommandArguments
import Presentation
import TelephonyAudio

/// What became of one file of a batch.
package enum BatchOutcome<Result: Sendable>: Sendable {
    case done(Result)
    case failed(ConversionError)
    /// Found in a folder, and no audio.
    case skipped(ConversionError)

    /// Does the work on one file.
    package init(_ input: FoundInput, _ work: () throws(ConversionError) -> Result) {
        do throws(ConversionError) { self = .done(try work()) } catch {
            self = error.code.group == .notAudio && input.isWalked ? .skipped(error) : .failed(error)
        }
    }
}

/// Reports on a batch of files: progress, failures and what was skipped, for people or in JSON.
package struct BatchReporter {
    private let count: Int
    /// What is done to the files, as in "convert".
    private let verb: String
    private let reporting: ReportingArguments
    private let jsonGoesToError: Bool
    /// Those that advice may name.
    private let options: HelpfulOptions
    /// What says in JSON why a file failed.
    private let failureRecord: (FailureRecord) -> any Encodable
    private var progress: ProgressLine
    private var finished = 0
    private var failed = 0
    package private(set) var skipped = 0
    private var firstFailure: ExitCode?
    private let start = ContinuousClock.now

    package init(
        count: Int, verb: String, options: HelpfulOptions, reporting: ReportingArguments, jsonGoesToError: Bool = false,
        failureRecord: @escaping (FailureRecord) -> any Encodable = { $0 }
    ) {
        self.failureRecord = failureRecord
        self.options = options
        self.count = count
        self.verb = verb
        self.reporting = reporting
        self.jsonGoesToError = jsonGoesToError
        progress = ProgressLine(isShown: !reporting.quiet && (!reporting.json || !Console.outputIsTerminal))
    }

    /// Whether people are told of what went well.
    package var isTalkative: Bool { !reporting.quiet && !reporting.json }

    /// Whether people are told at all.
    package var isForPeople: Bool { !reporting.json }

    /// Shows how far a single file is.
    package mutating func show(_ part: Double) {
        progress.show(part, "")
    }

    /// Reports on a file; `tell` reports what was done, if something was.
    package mutating func report<Result>(_ outcome: BatchOutcome<Result>, tell: (Result, inout BatchReporter) -> Void) {
        switch outcome {
        case .done(let result): tell(result, &self)
        case .failed(let error): fail(error)
        case .skipped(let error):
            skipped += 1
            let error = error.advised(options)
            if reporting.json { json(failureRecord(FailureRecord(error, result: "passed_over"))) }
            if isTalkative { note("\(error); skipped") }
        }
        finished += 1
        if count > 1 { progress.show(Double(finished) / Double(count), "\(finished)/\(count) files") }
    }

    /// Reports a failure.
    package mutating func fail(_ error: ConversionError) {
        failed += 1
        if firstFailure == nil { firstFailure = ExitStatus.code(for: error) }
        let error = error.advised(options)
        if reporting.json {
            json(failureRecord(FailureRecord(error, result: "failed")))
        } else {
            note("rtmedia: \(error)")
        }
    }

    /// Writes a line for people; whatever files are called, it is one.
    package mutating func note(_ line: String) {
        progress.note(line)
    }

    /// Writes lines for people to standard output.
    package mutating func data(_ lines: [String]) {
        progress.clear()
        for line in lines { Console.data(line) }
    }

    /// Writes a record, if records are wanted.
    package mutating func json(_ record: some Encodable) {
        guard reporting.json else { return }
        progress.clear()
        let line = jsonLine(record)
        if jsonGoesToError { Console.note(line) } else { Console.data(line) }
    }

    /// Sums up.
    ///
    /// - Parameter summary: what became of the files that did not fail, for people, if there were several.
    /// - Throws: the exit code of the first failure, for lost output, or if no file was audio.
    package mutating func finish(_ summary: String? = nil) throws {
        progress.clear()
        guard count > 0 else {
            Console.note("rtmedia: nothing to \(verb): the folder is empty")
            throw ExitStatus.noInput
        }
        guard skipped < count else {
            Console.note("rtmedia: nothing to \(verb): there is no audio in the folder")
            throw ExitStatus.noInput
        }
        if count > 1, isTalkative, let summary {
            let seconds = Double(Int((ContinuousClock.now - start) / .milliseconds(10))) / 100
            let rest = [failed > 0 ? "\(failed) failed" : nil, skipped > 0 ? "\(skipped) skipped" : nil]
            Console.note(([summary] + rest.compactMap { $0 }).joined(separator: ", ") + " in \(seconds) s")
        }
        try Console.checkData()
        if let firstFailure { throw firstFailure }
    }
}

/// A failure in JSON; the error has its advice already.
package struct FailureRecord: Encodable {
    package let file: String
    package let result: String
    package let error: String
    package let code: String

    package init(_ error: ConversionError, result: String) {
        file = error.file
        self.result = result
        self.error = error.reason
        code = error.code.group.rawValue
    }

    /// - Parameter file: what it is a line of, whatever the error calls it.
    package init(_ error: ConversionError, of file: String) {
        self.init(file: file, error: error.reason, code: error.code.group.rawValue)
    }

    /// - Parameters:
    ///   - file: what failed.
    ///   - code: the kind of failure.
    package init(file: String, error: String, code: String) {
        (self.file, result, self.error, self.code) = (file, "failed", error, code)
    }
}
