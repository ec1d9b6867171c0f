import Files
import SpeechSynthesis
import TelephonyAudio

/// A program that plays a WAV file on this machine.
struct Player {
    let name: String
    /// Its arguments, for a file that is open to it as descriptor 3.
    private let arguments: [String]
    /// What it says when it can't play, if its exit code does not.
    private var complaint: String?

    /// Those that are known, the best first.
    private static let all = [
        Player(name: "paplay", arguments: ["/dev/fd/3"]),
        Player(name: "aplay", arguments: ["-q", "/dev/fd/3"]),
        Player(
            name: "ffplay", arguments: ["-nodisp", "-autoexit", "-loglevel", "error", "/dev/fd/3"],
            complaint: "audio open failed"),
        Player(name: "play", arguments: ["-q", "-t", "wav", "/dev/fd/3"]),
    ]

    /// Plays audio to its end with the first program that can.
    ///
    /// - Returns: the program's name.
    /// - Throws: `unavailable` if there is none, with what to install, or if none can, with what the first said.
    static func play(_ audio: PhoneAudio) throws(SpeechError) -> String {
        var failure: SpeechError?
        for player in all {
            guard let path = ChildProcess.find(player.name) else { continue }
            do throws(SpeechError) {
                try player.play(audio, path)
                return player.name
            } catch { failure = failure ?? error }
        }
        throw failure
            ?? SpeechError(
                .unavailable, "--play",
                "needs \(all.map(\.name).formatted()); install one with: apt-get install alsa-utils")
    }

    private func play(_ audio: PhoneAudio, _ path: String) throws(SpeechError) {
        let file: OpenFile
        do throws(SystemError) {
            file = try OpenFile.temporary()
            try file.write(audio.wav.span.bytes, at: 0)
        } catch {
            throw SpeechError(temporaryFile: error)
        }
        let child: ChildProcess
        do throws(SystemError) { child = try ChildProcess(path, arguments: arguments, input: file) } catch {
            throw SpeechError(.unavailable, path, "can't be started: \(error.reason)")
        }
        // What a player writes is not wanted; that it ends is.
        let patience = audio.duration + .seconds(30)
        let deadline = ContinuousClock.now + patience
        var ignored = [UInt8](repeating: 0, count: 4096)
        var exit: ChildProcess.Exit?
        do throws(ChildProcess.Failure) {
            while try child.read(into: &ignored, until: deadline) > 0 {}
            exit = child.wait(until: deadline)
        } catch {}
        let said = String(decoding: child.errorText, as: UTF8.self)
        if exit == .code(0), !(complaint.map { said.contains($0) } ?? false) { return }
        let line = said.split(separator: "\n").first.map { ": \($0)" } ?? ""
        throw SpeechError(.unavailable, path, exit == nil ? "did not end and was stopped" : "can't play\(line)")
    }
}

extension [String] {
    /// As in "a, b or c".
    fileprivate func formatted() -> String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " or " + last!
    }
}

extension ChildProcess {
    fileprivate func read(
        into bytes: inout [UInt8], until deadline: ContinuousClock.Instant
    ) throws(Failure) -> Int {
        var bytes = bytes.mutableSpan
        return try bytes.withUnsafeMutableBytes { (buffer) throws(Failure) in
            try read(into: buffer, patience: max(.zero, deadline - .now))
        }
    }
}
