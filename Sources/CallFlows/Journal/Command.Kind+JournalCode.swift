import RealTimeAPI

extension Command.Kind {
    /// What stands for the command in journals: 0, 1, 2 and so on.
    ///
    /// Journals of calls in progress hold it, so it stays what it is: another command has the next one.
    var journalCode: UInt8 {
        switch self {
        case .conference: 0
        case .dialout: 1
        case .hangup: 2
        case .hangupCall: 3
        case .play: 4
        case .playRecord: 5
        case .playTalkDetect: 6
        case .playWAVData: 7
        case .read: 8
        case .record: 9
        case .sendDTMF: 10
        case .simpleConference: 11
        case .startCallRecording: 12
        case .stopCallRecording: 13
        case .wait: 14
        case .waitForSilence: 15
        }
    }
}
