import AudioConversion
import CallSimulation
import Files
import Presentation
import QuickCommands
import Reports
import TelephonyAudio

/// Leaves what happened in calls in a folder.
struct CallRecorder {
    let folder: String
    /// Whether files that exist may be replaced.
    let replacing: Bool

    /// What the files of a call end with; there is one more if a callee answers.
    private static let endings = ["txt", "jsonl", "wav", "labels.txt"]

    /// Looks for files in the way of a call's, before it is placed.
    ///
    /// - Parameter name: as for ``write(_:as:)``.
    /// - Throws: the exit code for a file that can't be created, having told so.
    func expectRoom(forCall name: String) throws {
        for ending in Self.endings { try expectRoom(for: "\(name).\(ending)") }
    }

    /// Whether no call has left files under a name.
    func hasRoom(forCall name: String) -> Bool {
        !Self.endings.contains { Self.exists(path("\(name).\($0)")) }
    }

    /// Looks for a file in the way of one that will be written.
    func expectRoom(for name: String) throws {
        guard !replacing else { return }
        try Self.expectRoom(at: path(name))
    }

    /// Looks for a file in the way of one that will be written, which must not be replaced.
    ///
    /// - Throws: the exit code for a file that can't be created, having told so.
    static func expectRoom(at path: String) throws {
        guard exists(path) else { return }
        Console.note("rtmedia: \(path): exists already; --force replaces it")
        throw ExitStatus.cannotCreate
    }

    private static func exists(_ path: String) -> Bool {
        FileStatus.kind(of: path, followingLinks: false) == .regular
    }

    private func path(_ name: String) -> String { PathName.join(folder, name) }

    /// Writes a call's transcript as text and as JSON lines, its sound and that of the callee's leg, what was recorded in it, by
    /// the names that the handler was given, and labels for Audacity.
    ///
    /// - Parameter name: is before the endings; may have folders in it.
    /// - Throws: the exit code for a file that can't be written, having told so.
    func write(_ outcome: CallOutcome, as name: String) throws {
        let json = outcome.transcript.events.map { jsonLine($0) + "\n" }.joined()
        try write(Array(outcome.transcriptText.utf8), "\(name).txt")
        try write(Array(json.utf8), "\(name).jsonl")
        try write(outcome.wav, "\(name).wav")
        for (recording, audio) in outcome.recordings.sorted(by: { $0.key < $1.key }) {
            try write(audio.wav, "\(name).\(recording).wav")
        }
        if let callee = outcome.callee { try write(callee.wav, "\(name).callee.wav") }
        try write(Array(outcome.audacityLabels.utf8), "\(name).labels.txt")
    }

    /// Writes a file.
    ///
    /// - Throws: as for a call.
    func write(_ bytes: [UInt8], _ name: String) throws {
        let path = path(name)
        do throws(ConversionError) {
            try OutputFile.createFolder(of: path)
            try OutputFile.write(bytes, to: path, replacing: replacing)
        } catch {
            Console.note("rtmedia: \(error.advised(.call))")
            throw ExitStatus.code(for: error)
        }
    }
}
