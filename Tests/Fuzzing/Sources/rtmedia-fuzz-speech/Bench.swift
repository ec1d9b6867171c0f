import Foundation
import SpeechSynthesis
import TelephonyAudio

/// What became of a text: "spoken", or the code of the error that refused it.
struct Outcome {
    let name: String
    /// What must not happen; nil as it should be.
    let flaw: String?
}

/// Speaks texts, and sees what the worker does meanwhile.
struct Bench: Sendable {
    private let synthesizer: SpeechSynthesizer
    private let worker: String
    private let folder: String
    private let isTraced: Bool

    /// - Parameters:
    ///   - folder: for what strace writes.
    ///   - isTraced: whether it does.
    init(worker: String, folder: String, isTraced: Bool, jobs: Int) throws {
        self.folder = folder
        self.isTraced = isTraced
        self.worker = isTraced ? "\(folder)/worker" : worker
        if isTraced {
            let calls =
                "execve,execveat,fork,vfork,clone,clone3,socket,connect,open,openat,openat2,creat,unlink,seccomp"
            let script =
                "#!/bin/sh\nexec strace -f -qq -e trace=\(calls) -o \"\(folder)/$$.trace\" '\(worker)' \"$@\"\n"
            try Data(script.utf8).write(to: URL(filePath: self.worker))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: self.worker)
        }
        var limits = SpeechLimits()
        limits.patience = .seconds(20)
        limits.concurrency = jobs
        limits.cacheBytes = 0
        synthesizer = SpeechSynthesizer(worker: self.worker, limits: limits)
    }

    /// What becomes of a text.
    func outcome(of made: TextMaker.Made) async -> Outcome {
        var outcome = made.isForWorker ? fromWorker(made) : await fromLibrary(made)
        if let seen = isTraced ? lookAtTraces() : nil {
            outcome = Outcome(name: outcome.name, flaw: "\(outcome.flaw ?? "")\(seen)")
        }
        return outcome.flaw.map { Outcome(name: outcome.name, flaw: "\($0): \(made)") } ?? outcome
    }

    private func fromLibrary(_ made: TextMaker.Made) async -> Outcome {
        var utterance = Utterance(made.text, voice: made.voice)
        utterance.isSSML = made.isSSML
        do throws(SpeechError) {
            _ = try await synthesizer.speech(for: utterance)
            return Outcome(name: "spoken", flaw: nil)
        } catch {
            let isRight = [.text, .markup, .unknownVoice, .unknownLanguage].contains(error.code)
            return Outcome(name: error.code.rawValue, flaw: isRight ? nil : "\(error)")
        }
    }

    private func fromWorker(_ made: TextMaker.Made) -> Outcome {
        let process = Process()
        let input = Pipe()
        process.executableURL = URL(filePath: worker)
        process.arguments = ["--voice", made.voice] + (made.isSSML ? ["--ssml"] : [])
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: Data(made.text.utf8))
            try input.fileHandleForWriting.close()
        } catch { return Outcome(name: "not started", flaw: "\(error)") }
        process.waitUntilExit()
        guard process.terminationReason == .exit else {
            return Outcome(name: "crashed", flaw: "signal \(process.terminationStatus)")
        }
        let status = process.terminationStatus
        return Outcome(name: "worker: exit \(status)", flaw: [0, 64, 65].contains(status) ? nil : "exit \(status)")
    }

    /// What a worker did after it had given up its rights; nil if nothing but reading the engine's data.
    private func lookAtTraces() -> String? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return "no folder" }
        var seen: String?
        for name in names where name.hasSuffix(".trace") {
            let path = "\(folder)/\(name)"
            // Another job's worker may go on; what one that has ended did is there whole.
            let isOver = isEnded(name)
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
            let lines = text.split(separator: "\n")
            guard let start = lines.firstIndex(where: { $0.contains("seccomp(") }) else {
                if isOver { seen = seen ?? " gave up nothing" }
                continue
            }
            let bad = lines[(start + 1)...].first { line in
                !(line.contains("openat(") && line.contains("/espeak-ng-data/") && !line.contains("..")
                    && line.contains("O_RDONLY"))
            }
            seen = seen ?? bad.map { " did \($0)" }
            if isOver { try? FileManager.default.removeItem(atPath: path) }
        }
        return seen
    }

    private func isEnded(_ name: String) -> Bool {
        let process = pid_t(name.dropLast(".trace".count)) ?? 0
        return kill(process, 0) != 0
    }
}
