import RealTimeAPI

extension Command {
    /// All media that the command may play.
    var media: [Media] {
        let media: [Media?] =
            switch self {
            case .play(let command): [command.media]
            case .playTalkDetect(let command): [command.media]
            case .read(let command): [command.media]
            case .startCallRecording(let command): [command.announce]
            case .stopCallRecording(let command): [command.announce]
            case .dialout(let command): [command.whisper]
            case .conference(let command):
                [
                    command.welcome, command.pinPrompt, command.pinError, command.pinValid, command.waiting,
                    command.userJoin, command.userLeave, command.autoLeaveAnnounce,
                ]
            case .hangup, .hangupCall, .playRecord, .playWAVData, .record, .sendDTMF, .simpleConference, .wait,
                .waitForSilence:
                []
            }
        return media.compactMap { $0 }
    }

    /// What the command plays, as people would write it: the text that is spoken, or a media id, or a recording's name; nil if
    /// it plays nothing, or WAV data.
    var played: String? {
        switch self {
        case .play(let command): command.media.written
        case .playTalkDetect(let command): command.media.written
        case .read(let command): command.media.written
        case .playRecord(let command): command.recording.rawValue
        case .startCallRecording(let command): command.announce.flatMap(\.written)
        case .stopCallRecording(let command): command.announce.flatMap(\.written)
        case .dialout(let command): command.whisper.flatMap(\.written)
        case .conference(let command): command.welcome.flatMap(\.written)
        case .hangup, .hangupCall, .playWAVData, .record, .sendDTMF, .simpleConference, .wait, .waitForSilence: nil
        }
    }
}

extension Media {
    /// The text that is spoken, or the id; nil for nothing.
    fileprivate var written: String? {
        switch self {
        case .speech(let text, _): text
        case .library: text
        case .none: nil
        }
    }
}
