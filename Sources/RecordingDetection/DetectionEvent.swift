package import TalkDetection

/// What is found in audio while it comes.
package enum DetectionEvent {
    /// A talkspurt, or a tone, was decided about.
    case found(DetectionResult.Item)
    /// The command would answer now.
    case verdict(Verdict)
}

/// What is found in audio while it comes, in JSON: one line for each; the line with the whole result follows them.
package struct DetectionEventRecord: Encodable {
    let event: String
    let file: String
    let talkspurt: DetectRecord.Talkspurt?
    let result: String?
    let decidedMs: Double?
    let talkMs: Double?

    /// What was found.
    ///
    /// - Parameter file: what messages call the recording.
    package init(_ event: DetectionEvent, file: String) {
        self.file = file
        switch event {
        case .found(let item):
            self.event = "talkspurt"
            talkspurt = DetectRecord.Talkspurt(item)
            (result, decidedMs, talkMs) = (nil, nil, nil)
        case .verdict(let verdict):
            self.event = "verdict"
            talkspurt = nil
            result = verdict.result.rawValue
            decidedMs = verdict.instant.map { $0 / .milliseconds(1) }
            talkMs = verdict.talk.map { $0 / .milliseconds(1) }
        }
    }
}
