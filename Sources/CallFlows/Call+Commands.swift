public import RealTimeAPI
import TelephonyAudio

extension Call {
    /// Plays something to its end.
    ///
    /// - Parameter media: text, an entry of the Media Library, an audio file, audio in memory, or a recording.
    /// - Throws: ``CallError/commandFailed(command:reason:)`` if it can't be played, or the file can't be read;
    ///   ``CallError/ended(_:)`` if the caller hangs up. So do all commands.
    public func play(_ media: Playable) async throws(CallError) {
        let result: PlaybackResult =
            switch media {
            case .say(let text, let voice):
                try await run(Play(.speech(text, voice: voice ?? session.voice)), Command.play)
            case .library(let id): try await run(Play(.library(id)), Command.play)
            case .recording(let file): try await run(PlayRecord(file), Command.playRecord)
            case .sound(let audio): PlaybackResult(wire: try await session.playSound(audio).text)
            case .audio(let file): PlaybackResult(wire: try await session.playAudio(file).text)
            }
        if result == .failed { throw .commandFailed(command: media.command, reason: "the platform could not play it") }
    }

    /// Plays a prompt and takes the keys that the caller presses, also during the prompt.
    ///
    /// - Parameters:
    ///   - prompt: what is asked.
    ///   - maxDigits: how many keys at most, 1...20; `#` ends the input before.
    ///   - attempts: how often the prompt is played at most, 1...10.
    ///   - timeout: how long to wait for input, 100...30000 ms.
    public func read(
        _ prompt: Prompt, maxDigits: Int = Read.maximumDigits.default, attempts: Int = Read.attempts.default,
        timeout: Duration = Read.timeout.default
    ) async throws(CallError) -> Read.Result {
        try await run(
            Read(media(prompt), maximumDigits: maxDigits, attempts: attempts, timeout: timeout), Command.read)
    }

    /// Plays a prompt, and stops when the caller has talked.
    ///
    /// - Parameters:
    ///   - prompt: what is played.
    ///   - minimum: the shortest talk, 1...60000 ms.
    ///   - maximum: the longest talk, 1...60000 ms.
    ///   - silence: the silence that ends the talk, 1...5000 ms.
    ///   - analysisTime: how long to listen, 1...60000 ms.
    public func playTalkDetect(
        _ prompt: Prompt, minimum: Duration = PlayTalkDetect.minimum.default,
        maximum: Duration = PlayTalkDetect.maximum.default, silence: Duration = PlayTalkDetect.silence.default,
        analysisTime: Duration = PlayTalkDetect.analysisTime.default
    ) async throws(CallError) -> PlayTalkDetect.Result {
        try await run(
            PlayTalkDetect(
                media(prompt), minimum: minimum, maximum: maximum, silence: silence, analysisTime: analysisTime),
            Command.playTalkDetect)
    }

    /// Records the caller, until `#`, silence, or a maximum.
    ///
    /// If the caller hangs up and the platform reports the recording all the same, it is returned, and the next command throws.
    ///
    /// - Parameters:
    ///   - silence: the silence that ends it, 0...20 s; 0 is none.
    ///   - maxDuration: the longest recording, 0...300 s; 0 is no limit.
    /// - Returns: the recording, for ``play(_:)``.
    public func record(
        silence: Duration = Record.silence.default, maxDuration: Duration = Record.maximumDuration.default
    ) async throws(CallError) -> MediaFile {
        try await run(Record(silence: silence, maximumDuration: maxDuration), Command.record)
    }

    /// Waits until it is silent.
    ///
    /// - Parameters:
    ///   - silence: how long it must be, 1...5000 ms.
    ///   - iterations: how often, 1...10.
    ///   - timeout: how long to wait at most, 0...300 s; 0 is no limit.
    public func waitForSilence(
        _ silence: Duration = WaitForSilence.silence.default, iterations: Int = WaitForSilence.iterations.default,
        timeout: Duration = WaitForSilence.timeout.default
    ) async throws(CallError) -> WaitForSilence.Result {
        try await run(WaitForSilence(silence, iterations: iterations, timeout: timeout), Command.waitForSilence)
    }

    /// Waits.
    ///
    /// - Parameter duration: 1...30 s.
    public func wait(_ duration: Duration = Wait.duration.default) async throws(CallError) {
        _ = try await run(Wait(duration), Command.wait)
    }

    /// Sends keys as tones.
    ///
    /// - Parameters:
    ///   - digits: `0`...`9`, `*` and `#`.
    ///   - duration: of each tone, 1...5000 ms.
    ///   - pause: between tones, 0...10000 ms.
    public func sendDTMF(
        _ digits: String, duration: Duration = SendDTMF.duration.default, pause: Duration = SendDTMF.pause.default
    ) async throws(CallError) {
        _ = try await run(SendDTMF(digits, duration: duration, pause: pause), Command.sendDTMF)
    }

    /// Calls someone else, and joins the two calls when that is answered; both end together then.
    ///
    /// - Parameters:
    ///   - targets: who is called, one after another until one answers.
    ///   - whisper: what the callee hears before.
    ///   - callerID: what the callee sees as the caller.
    ///   - ringtone: what the caller hears meanwhile.
    ///   - customField: written in the call's record, 32 letters and digits at most.
    /// - Returns: why the call continues: no one answered.
    public func dialout(
        _ targets: [Dialout.Target], whisper: Prompt? = nil, callerID: CallerID? = nil,
        ringtone: Dialout.Ringtone? = nil, customField: String? = nil
    ) async throws(CallError) -> Dialout.Result {
        var dialout = Dialout(targets, callerID: callerID)
        dialout.whisper = whisper.map(media)
        dialout.ringtone = ringtone
        dialout.customField = customField
        return try await run(dialout, Command.dialout)
    }

    /// Sends the call into a conference room, until it leaves.
    ///
    /// - Parameter conference: the room and what is played in it; ``media(_:)`` makes media of a prompt.
    public func conference(_ conference: Conference) async throws(CallError) -> Conference.Result {
        try await run(conference, Command.conference)
    }

    /// Sends the call into a conference room without announcements, until it leaves.
    public func simpleConference(
        _ room: ConferenceID, autoLeaveWhenAlone: Bool? = nil
    ) async throws(CallError) -> SimpleConference.Result {
        try await run(SimpleConference(room, autoLeaveWhenAlone: autoLeaveWhenAlone), Command.simpleConference)
    }

    /// Starts to record the call.
    ///
    /// - Returns: the recording's id, which is not for ``play(_:)``.
    public func startCallRecording(
        _ recording: StartCallRecording = StartCallRecording()
    ) async throws(CallError) -> RecordingID {
        try await run(recording, Command.startCallRecording)
    }

    /// Stops recording the call.
    ///
    /// - Parameter announce: is played to those who are in the call.
    public func stopCallRecording(announce: Prompt? = nil) async throws(CallError) -> RecordingID {
        try await run(StopCallRecording(announce: announce.map(media)), Command.stopCallRecording)
    }

    /// Ends another call.
    public func hangup(_ call: CallID) async throws(CallError) -> HangupCall.Result {
        try await run(HangupCall(call), Command.hangupCall)
    }

    /// Ends this call: throws ``CallError/ended(_:)`` when it is over.
    public func hangup() async throws(CallError) {
        _ = try await run(Hangup(), Command.hangup)
    }

    /// A prompt as commands have it, for ``conference(_:)`` and ``startCallRecording(_:)``.
    public func media(_ prompt: Prompt) -> Media { prompt.media(voice: session.voice) }

    /// Runs a command as a value.
    ///
    /// - Parameter findings: what is wrong with it, if that is known, as of audio that was converted before.
    package func run(_ command: Command, findings: [Finding]? = nil) async throws(CallError) -> ResultText {
        try await session.run(command, findings: findings)
    }

    private func run<Parameters: CommandParameters>(
        _ parameters: Parameters, _ command: (Parameters) -> Command
    ) async throws(CallError) -> Parameters.Result {
        Parameters.Result(wire: try await session.run(command(parameters)).text)
    }
}

extension Playable {
    fileprivate var command: String {
        switch self {
        case .say, .library: Play.name
        case .audio, .sound: PlayWAVData.name
        case .recording: PlayRecord.name
        }
    }
}
