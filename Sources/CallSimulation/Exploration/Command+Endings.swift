import RealTimeAPI

extension Command {
    /// Each way for the command to end after which the call goes on; the first one needs nothing of anybody.
    ///
    /// They are the documented results, of which `RealTimeAPI` knows, as far as the parameters allow them, and an
    /// error, which any command can end with. The keys of `read` are each single key and the longest row of keys; those in
    /// between are as good as infinite.
    ///
    /// - Parameter keys: rows of keys to press as well, where there is room for them.
    func endings(keys: [String]) -> [CommandEnding] {
        results(keys: keys).map(CommandEnding.result) + [.error("simulated")]
    }

    private func results(keys: [String]) -> [String] {
        let words: [String] =
            switch kind.results {
            case .words(let words), .keys(let words): words
            case .text: []
            }
        return switch self {
        case .conference(let conference): words.filter { conference.canEnd(with: $0) }
        case .read(let read): words + read.rows(keys)
        case .waitForSilence(let wait) where wait.timeout == .zero:
            words.filter { $0 != WaitForSilence.Result.timeout.wire }
        case .record: [Self.madeUpName("record"), ""]
        case .startCallRecording, .stopCallRecording: [Self.madeUpName("recording")]
        // The page documents no result.
        case .hangup, .hangupCall, .simpleConference: [""]
        case .dialout, .play, .playRecord, .playTalkDetect, .playWAVData, .sendDTMF, .wait, .waitForSilence: words
        }
    }

    /// What the platform might have called a file.
    private static func madeUpName(_ kind: String) -> String { "\(kind)-explored" }

    /// Whether a way to end needs keys that are pressed: whoever does nothing does not meet it.
    func needsKeys(_ ending: CommandEnding) -> Bool {
        guard case .result(let text) = ending else { return false }
        return switch self {
        case .read: text != Read.Result.timeout.wire
        case .conference: text == Conference.Result.left.wire || text == Conference.Result.wrongPIN.wire
        case .simpleConference: true
        case .dialout, .hangup, .hangupCall, .play, .playRecord, .playTalkDetect, .playWAVData, .record, .sendDTMF,
            .startCallRecording, .stopCallRecording, .wait, .waitForSilence:
            false
        }
    }
}

extension Conference {
    /// Whether the parameters allow a result.
    fileprivate func canEnd(with word: String) -> Bool {
        switch word {
        case Result.wrongPIN.wire, Result.noPIN.wire: pinCode.map { !$0.digits.isEmpty } ?? false
        case Result.lastParticipant.wire: autoLeaveWhenAlone == true
        default: true
        }
    }
}

extension Read {
    /// What callers may press: nothing but `#`, each other key, as many as there is room for, and what is asked for.
    fileprivate func rows(_ keys: [String]) -> [String] {
        let singles = "1234567890*".map(String.init)
        let longest = maximumDigits > 1 ? [String(repeating: "9", count: maximumDigits)] : []
        let given = keys.filter {
            !$0.isEmpty && $0.count <= maximumDigits && !singles.contains($0) && !longest.contains($0)
        }
        return singles + longest + given + [""]
    }
}
