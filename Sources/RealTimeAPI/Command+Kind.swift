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
        fileprivate func makeForm() -> CommandForm {
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

extension Command.Kind {
    /// What such a command can answer.
    package var results: ResultForm { form.results }

    /// The names of its parameters, in the page's order.
    package var parameterNames: [String] { form.definition.fieldNames }

    /// A command of such parameters, without what has errors; and what is wrong with them, or unusual, as
    /// ``Command/findings`` has it.
    package func command(params: JSON) -> (command: Command, findings: [Finding]) { form.read(params) }

    var form: CommandForm { CommandForm.byName[rawValue]! }
}

/// A command as the wire has it: its name, its members, and how to make it of them.
struct CommandForm: Sendable {
    let name: String
    let summary: String
    let definition: any AnyDefinition
    let results: ResultForm
    let read: @Sendable (JSON) -> (command: Command, findings: [Finding])

    init<Parameters: DefinedCommand>(_ command: @escaping @Sendable (Parameters) -> Command) {
        name = Parameters.name
        summary = Parameters.summary
        definition = Parameters.definition
        results = Parameters.Result.form
        read = {
            let (parameters, findings) = Parameters.definition.read($0)
            return (command(parameters), findings)
        }
    }

    /// All commands, in the page's order.
    static let all = Command.Kind.allCases.map { $0.makeForm() }

    /// The same by their names.
    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
