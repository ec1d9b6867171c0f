import RealTimeAPI

extension Command {
    /// What the command plays, as people would write it: the text that is spoken, or a media id, or a recording's name; nil if
    /// it plays nothing, or WAV data.
    var played: String? {
        switch self {
        case .play(let command): command.media.written
        case .playTalkDetect(let command): command.media.written
        case .read(let command): command.media.written
        case .playRecord(let command): command.recording.rawValue
        case .startCallRecording(let command): command.announce?.written
        case .stopCallRecording(let command): command.announce?.written
        case .dialout(let command): command.whisper?.written
        case .conference(let command): command.welcome?.written
        case .hangup, .hangupCall, .playWAVData, .record, .sendDTMF, .simpleConference, .wait, .waitForSilence: nil
        }
    }
}

extension Media {
    /// The text that is spoken, or the id.
    fileprivate var written: String {
        if case .speech(let text, _) = self { text } else { text }
    }
}
