public import CallFlows
import Files
package import RealTimeAPI
public import YAMLFiles

/// A call flow that is written in YAML, for those who write no Swift.
///
/// ```yaml
/// flow: age-check
/// voice: TTS_EN-GB_SERENA
/// steps:
///   ask:
///     read: { say: "How old are you?", max_digits: 3, attempts: 2, timeout_ms: 5000 }
///     save: age
///     on: { 18-130: adult, TIMEOUT: bye }
///     next: minor
///   adult:
///     play: { audio: welcome.flac }
///     next: bye
///   minor: { play: { say: "Sorry, ${age} is too young." } }
///   bye: { play: { say: "Bye." } }
/// ```
///
/// A step is one of the 16 commands, with the parameters that the platform's page gives it, and where its results lead:
///
/// - `on` has results by the page's own words (`TALK`, `TIMEOUT`), keys (`1`, `"*"`), and for `read` ranges of numbers;
///   keys win over ranges.
/// - `next` is where every other result leads; a step that leads nowhere hangs up.
/// - `error` is where a command leads that fails; without it the call gets its fallback.
/// - `save` keeps the result, for `${age}` in texts and parameters, and for `recording: age`. Whoever looks at the call's
///   `variables` sees it there under the same name, unless the call was started with one of that name.
///
/// Or it does something else than a command:
///
/// - `get` or `post` and an address look something up over HTTP, with `headers`, `body`, a `timeout` in seconds (10) and
///   `result`, the member of the answer, which is JSON, that `on` looks at. `on` may have `status 404` or `status 400-499` too;
///   other failures lead by `error`. `save: customer` keeps what the file uses of the answer, as in `${customer.address.city}`.
/// - `match` looks at a text, as `"${cli_number}"`; in `on`, `...` stands for anything.
/// - `clock` and a time zone look at when the call began; `on` has days and times, as in `mon-fri 9:00-17:30`.
///
/// What is played is `say` (optionally with a `voice`), `library`, and in `play` also `audio`, a file in any format beside the
/// flow file, or `recording`, what a step saved. Beside the parameters of another command `audio` is played before it, and in `read` before each
/// attempt. In texts and parameters there are also `${number}`, `${cli_number}`, `${cli_name}`,
/// `${cdr_field}`, `${callid}`, `${app}`, `${date_started}`, and `${variables.NAME}`, what the call was started with.
///
/// Beside `flow`, the name, and `steps` the file may have `version` (a hash of the file if left out), `start` (the first step), `voice`,
/// `fallback` and `safe_answer` (a command, or a list, that a failed or forged call gets before it is hung up), `filler` (the
/// command that keeps the platform occupied while a step takes longer than an answer may), `filler_limit` (how many in a row), and
/// `max_visits`: how often a call may come to a step (100), so that none goes round in circles.
public struct FlowFile: Sendable {
    /// What is served.
    public let flow: CallFlow
    /// What is unusual, but no error.
    public let findings: [FlowFinding]
    /// The names of the steps, in the order of the file.
    public let steps: [String]
    /// The audio files that were converted, as the file names them, in its order.
    public let audio: [String]
    /// The commands that listen while they play what is the same in every call, and where they stand.
    private let talkDetections: [(command: PlayTalkDetect, place: FilePlace)]
    private let name: String
    /// A number that another text does not have: the flow's version, unless the file states one.
    public let contentVersion: Int

    /// Reads a flow file, and converts all audio that it names.
    ///
    /// - Parameters:
    ///   - path: the file; audio is relative to its folder.
    ///   - lookups: what answers look-ups, if there are any.
    /// - Throws: a ``FlowFileError`` with all that is wrong. Nothing in a file crashes, and a large one is refused.
    public static func load(path: String, lookups: LookupSource = .none) throws(FlowFileError) -> FlowFile {
        let text = try YAMLDocument.text(path: path, of: "flow file")
        return try FlowFile(text: text, name: path, folder: PathName(path).folder, lookups: lookups)
    }

    /// Reads a flow file to see whether it is one, without the audio that it names, which need not be there yet.
    ///
    /// - Parameter path: the file.
    /// - Throws: a ``FlowFileError`` with all that is wrong besides audio.
    @discardableResult
    package static func check(path: String) throws(FlowFileError) -> String {
        let text = try YAMLDocument.text(path: path, of: "flow file")
        var reader = FlowReader(name: path, folder: PathName(path).folder, lookups: .none, readsAudio: false)
        let flow = reader.read(text)
        let findings = reader.sortedFindings
        if flow == nil || findings.contains(where: { $0.severity == .error }) {
            throw FlowFileError(findings: findings)
        }
        return text
    }

    /// Reads the text of a flow file.
    ///
    /// - Parameters:
    ///   - text: the YAML.
    ///   - name: what findings call it.
    ///   - folder: the prefix of the names of audio files; empty, or with a `/` at its end.
    ///   - lookups: what answers look-ups, if there are any.
    /// - Throws: a ``FlowFileError`` with all that is wrong.
    public init(
        text: String, name: String, folder: String = "", lookups: LookupSource = .none
    ) throws(FlowFileError) {
        var reader = FlowReader(name: name, folder: folder, lookups: lookups)
        let flow = reader.read(text)
        findings = reader.sortedFindings
        steps = reader.steps
        audio = reader.audio.converted
        contentVersion = FlowReader.hash(text)
        talkDetections = reader.talkDetections
        self.name = name
        guard let flow, !findings.contains(where: { $0.severity == .error }) else {
            throw FlowFileError(findings: findings)
        }
        self.flow = flow
    }

    /// What is to be known of steps that listen while they play, once it is known how long that lasts.
    ///
    /// - Parameter length: how long media play; nil where that is not known.
    package func findings(length: (Media) async -> Duration?) async -> [FlowFinding] {
        var findings = FileFindings(file: name)
        for (command, place) in talkDetections {
            guard let duration = await length(command.media) else { continue }
            guard let warning = command.warning(aboutMediaLasting: duration) else { continue }
            findings.add(.warning, "\(PlayTalkDetect.name): \(warning)", place)
        }
        return findings.sorted
    }
}
