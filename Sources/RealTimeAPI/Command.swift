/// A command that a handler can answer with.
///
/// There are 16. Another one is a type in a file of its own, which declares its parameters and results, and a case here and in
/// ``Kind``; the compiler names every other place that has to know of it.
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

    /// Which command it is.
    public var kind: Kind { type(of: parameters).kind }

    /// The name on the wire.
    public var name: String { kind.rawValue }

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

    /// The names of all commands, in the page's order.
    public static let names = Kind.allCases.map(\.rawValue)
}

extension Command {
    /// What is wrong with the command, so that the platform would refuse it, or unusual; nothing if all is well.
    ///
    /// A duration out of range, an unknown voice. Paths begin at the parameters, as in `/max_digits`.
    public var findings: [Finding] { defined.findings }

    /// The parameters as the wire has them.
    package var params: JSON { defined.json }

    /// A parameter as the wire has it; nil if it is left out, or the command has none of that name.
    package func parameter(_ name: String) -> JSON? { defined.json(member: name) }

    func writeParams(to writer: inout JSONWriter) { defined.write(to: &writer) }
}

extension DefinedObject {
    fileprivate var findings: [Finding] { Self.definition.findings(of: self) }

    fileprivate func json(member name: String) -> JSON? { Self.definition.json(self, member: name) }
}
