import AudioConversion
import Foundation
import FuzzRunner
import TelephonyAudio

extension SoundCase {
    func run(in folder: String) throws -> Outcome {
        // ChildProcess looks for ffmpeg in PATH, and in /usr/bin only where there is no PATH.
        setenv("PATH", usesFFmpeg ? "/usr/local/bin:/usr/bin:/bin" : "/nonexistent", 1)
        let path = "\(folder)/\(name)"
        let source = try source(path: path)
        defer {
            if case .descriptor(let number, _) = source { close(number) }
            unlink(path)
        }
        do throws(ConversionError) {
            switch task {
            case .audio:
                let (audio, report) = try AudioConverter(options: options).convert(source)
                let isAsReported = audio.samples.count == report.sampleCount
                let flaw = isAsReported ? ResultCheck.flaw(in: report, options: options) : "a wrong count in the report"
                return Outcome(name: "converted", flaw: flaw)
            case .inspection:
                _ = try AudioInspector(raw: options.raw, limits: options.limits).inspect(source)
                return Outcome(name: "inspected", flaw: nil)
            case .output(let form):
                let target = "\(folder)/result"
                defer { unlink(target) }
                let converter = AudioConverter(options: options)
                let report = try converter.convert(source, to: .file(target), as: form, replacing: true)
                let flaw = ResultCheck.flaw(inFile: target, form: form, report: report)
                return Outcome(name: "converted", flaw: flaw ?? ResultCheck.flaw(in: report, options: options))
            }
        } catch {
            let isNamed = !error.reason.isEmpty && [path, name].contains(error.file)
            return Outcome(
                name: error.code.group.rawValue,
                flaw: isNamed ? nil : "an error without the input's name: \(error)"
            )
        }
    }

    private func source(path: String) throws -> AudioSource {
        switch delivery {
        case .memory:
            return .bytes(bytes, name: name)
        case .file:
            try Data(bytes).write(to: URL(filePath: path))
            return .file(path)
        case .pipe:
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
            // F_SETPIPE_SZ: the whole input fits, so that nobody has to write while it is read.
            guard fcntl(ends[1], 1031, 1 << 19) >= bytes.count else { throw POSIXError(.ENOSPC) }
            _ = write(ends[1], bytes, bytes.count)
            close(ends[1])
            return .descriptor(ends[0], name: name)
        }
    }
}
