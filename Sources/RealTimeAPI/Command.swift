/// A command that a handler can answer with.
///
/// There are 16. Another one is a type in a file of its own, which declares its parameters and results, and a case here and in
/// ``Kind``; every other place that has to know of it is a `switch` that does not compile without it.
///
/// A value takes one word, whatever the command: calls wait with theirs, a hundred thousand at a time.
public indirect enum Command: Sendable, Hashable {
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
    /// Which of the commands, whatever its parameters; in the page's order.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// ``Conference``.
        case conference
        /// ``Dialout``.
        case dialout
        /// ``Hangup``.
        case hangup
        /// ``HangupCall``.
        case hangupCall = "hangup_callid"
        /// ``Play``.
        case play
        /// ``PlayRecord``.
        case playRecord = "play_record"
        /// ``PlayTalkDetect``.
        case playTalkDetect = "play_talk_detect"
        /// ``PlayWAVData``.
        case playWAVData = "play_wav_data"
        /// ``Read``.
        case read
        /// ``Record``.
        case record
        /// ``SendDTMF``.
        case sendDTMF = "send_dtmf"
        /// ``SimpleConference``.
        case simpleConference = "simple_conference"
        /// ``StartCallRecording``.
        case startCallRecording = "start_call_recording"
        /// ``StopCallRecording``.
        case stopCallRecording = "stop_call_recording"
        /// ``Wait``.
        case wait
        /// ``WaitForSilence``.
        case waitForSilence = "wait_for_silence"

        /// The command as the wire has it.
        func makeForm() -> CommandForm {
            switch self {
            case .conference: CommandForm(Command.conference)
            case .dialout: CommandForm(Command.dialout)
            case .hangup: CommandForm(Command.hangup)
            case .hangupCall: CommandForm(Command.hangupCall)
            case .play: CommandForm(Command.play)
            case .playRecord: CommandForm(Command.playRecord)
            case .playTalkDetect: CommandForm(Command.playTalkDetect)
            case .playWAVData: CommandForm(Command.playWAVData)
            case .read: CommandForm(Command.read)
            case .record: CommandForm(Command.record)
            case .sendDTMF: CommandForm(Command.sendDTMF)
            case .simpleConference: CommandForm(Command.simpleConference)
            case .startCallRecording: CommandForm(Command.startCallRecording)
            case .stopCallRecording: CommandForm(Command.stopCallRecording)
            case .wait: CommandForm(Command.wait)
            case .waitForSilence: CommandForm(Command.waitForSilence)
            }
        }
    }
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
