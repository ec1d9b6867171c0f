/// One of the 16 commands that a handler can answer with.
public enum Command: Sendable, Hashable {
    /// Sends the call into a conference room.
    case conference(Conference)
    /// Calls someone else, and joins the two calls.
    case dialout(Dialout)
    /// Ends the call.
    case hangup(Hangup)
    /// Ends some call.
    case hangupCall(HangupCall)
    /// Plays media.
    case play(Play)
    /// Plays a recording.
    case playRecord(PlayRecord)
    /// Plays media, and listens for talk.
    case playTalkDetect(PlayTalkDetect)
    /// Plays a WAV file that the response carries.
    case playWAVData(PlayWAVData)
    /// Plays a prompt, and takes the keys that the caller presses.
    case read(Read)
    /// Records the caller.
    case record(Record)
    /// Sends keys as tones.
    case sendDTMF(SendDTMF)
    /// Sends the call into a simple conference room.
    case simpleConference(SimpleConference)
    /// Starts to record the call.
    case startCallRecording(StartCallRecording)
    /// Stops recording the call.
    case stopCallRecording(StopCallRecording)
    /// Waits.
    case wait(Wait)
    /// Waits until it is silent.
    case waitForSilence(WaitForSilence)

    /// The name on the wire.
    public var name: String { type(of: parameters).name }

    /// The command's own value.
    public var parameters: any CommandParameters { defined }

    private var defined: any DefinedCommand {
        switch self {
        case .conference(let command): command
        case .dialout(let command): command
        case .hangup(let command): command
        case .hangupCall(let command): command
        case .play(let command): command
        case .playRecord(let command): command
        case .playTalkDetect(let command): command
        case .playWAVData(let command): command
        case .read(let command): command
        case .record(let command): command
        case .sendDTMF(let command): command
        case .simpleConference(let command): command
        case .startCallRecording(let command): command
        case .stopCallRecording(let command): command
        case .wait(let command): command
        case .waitForSilence(let command): command
        }
    }

    /// The names of all commands.
    public static let names = forms.map(\.name)
}

/// A command as the wire has it: its name, its members, and how to make it of them.
struct CommandForm: Sendable {
    let name: String
    let summary: String
    let definition: any AnyDefinition
    let results: ResultForm
    let read: @Sendable (JSON) -> (command: Command, findings: [Finding])

    init<Parameters: DefinedCommand>(_ type: Parameters.Type, _ command: @escaping @Sendable (Parameters) -> Command) {
        name = Parameters.name
        summary = Parameters.summary
        definition = Parameters.definition
        results = ResultForm(Parameters.Result.self)
        read = {
            let (parameters, findings) = Parameters.definition.read($0)
            return (command(parameters), findings)
        }
    }
}

extension Command {
    /// All commands, in the page's order.
    static let forms = [
        CommandForm(Conference.self, Command.conference), CommandForm(Dialout.self, Command.dialout),
        CommandForm(Hangup.self, Command.hangup), CommandForm(HangupCall.self, Command.hangupCall),
        CommandForm(Play.self, Command.play), CommandForm(PlayRecord.self, Command.playRecord),
        CommandForm(PlayTalkDetect.self, Command.playTalkDetect), CommandForm(PlayWAVData.self, Command.playWAVData),
        CommandForm(Read.self, Command.read), CommandForm(Record.self, Command.record),
        CommandForm(SendDTMF.self, Command.sendDTMF), CommandForm(SimpleConference.self, Command.simpleConference),
        CommandForm(StartCallRecording.self, Command.startCallRecording),
        CommandForm(StopCallRecording.self, Command.stopCallRecording), CommandForm(Wait.self, Command.wait),
        CommandForm(WaitForSilence.self, Command.waitForSilence),
    ]

    /// The form of a name; nil if there is no such command.
    static func form(_ name: String) -> CommandForm? { formsByName[name] }

    private static let formsByName = Dictionary(uniqueKeysWithValues: forms.map { ($0.name, $0) })

    /// The parameters on the wire.
    package var params: JSON { JSONText(unchecked: JSONWriter.bytes(writeParams)).value }

    func writeParams(to writer: inout JSONWriter) { defined.write(to: &writer) }

    /// What the platform would refuse, or what is unusual.
    ///
    /// A duration out of range, an unknown voice; nothing if all is
    /// well. Paths begin at the parameters, as in `/max_digits`.
    public var findings: [Finding] { Self.findings(name, params: params) }
}
