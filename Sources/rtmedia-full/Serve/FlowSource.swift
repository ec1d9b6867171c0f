import CallFlows
import CommandArguments
import Files
import FlowFiles
import QuickCommands

/// Where the flow that is served comes from: a file, which may be read again, or the demo.
struct FlowSource: Sendable {
    /// The flow file; nil is the demo.
    let file: String?
    private let audio: String?
    private let lookups: LookupSource
    /// What is served, for people.
    private(set) var summary = ""
    /// What has been served in each version, by which a change is known.
    private var contents: [String: Int] = [:]
    private var stamp: FileStamp?

    init(file: String?, audio: String?, lookups: LookupSource) {
        self.file = file
        self.audio = audio
        self.lookups = lookups
    }

    /// The flow, with all its audio converted.
    ///
    /// - Throws: the exit code, having told why there is none.
    mutating func load() throws -> CallFlow {
        guard let file else {
            summary = "the demo"
            return try DemoFlow.flow(audio: audio)
        }
        stamp = Self.stamp(file)
        try Self.expectFile(file)
        let loaded: FlowFile
        do throws(FlowFileError) { loaded = try FlowFile.load(path: file, lookups: lookups) } catch {
            for finding in error.findings { Console.note("\(finding)") }
            throw ExitStatus.badData
        }
        for finding in loaded.findings { Console.note("\(finding)") }
        try expectNewVersion(loaded, file)
        summary = FlowCheck.summary(loaded)
        return loaded.flow
    }

    /// Whether the file is another one than when it was read last.
    var isChanged: Bool { file.map { Self.stamp($0) != stamp } ?? false }

    /// Calls in progress would find themselves in another flow without a notice.
    private mutating func expectNewVersion(_ loaded: FlowFile, _ file: String) throws {
        let flow = loaded.flow
        let known = contents.updateValue(loaded.contentVersion, forKey: "\(flow.name) \(flow.version)")
        guard let known, known != loaded.contentVersion else { return }
        contents["\(flow.name) \(flow.version)"] = known
        Console.note(
            "rtmedia: \(file): has changed, but is still version \(flow.version), and calls of that version are in progress: raise the version, or leave it out"
        )
        throw ExitStatus.badData
    }

    /// - Throws: the exit code, having told why, if a file can't be opened.
    static func expectFile(_ path: String) throws {
        do throws(SystemError) { try FileAccess.expectReadable(path) } catch {
            Console.note("rtmedia: \(path): can't be opened: \(error.reason)")
            throw ExitStatus.noInput
        }
    }

    /// What tells whether a file has changed; nil while there is none, as when an editor replaces it.
    private static func stamp(_ file: String) -> FileStamp? { try? FileStatus(path: file).stamp }
}
