import ArgumentParser

/// What `rtmedia detect` can predict or find.
enum DetectedCommand: String, Sendable, CaseIterable, ExpressibleByArgument {
    case playTalkDetect = "play_talk_detect"
    case waitForSilence = "wait_for_silence"
    case record
    case amd
    case dtmf
    case activity
}
