/// Asterisk's AMD once more, in whole milliseconds: what each frame decides is looked up in all those before it.
struct ReferenceAnsweringMachine {
    var initialSilence = 2500
    var greeting = 1500
    var afterGreetingSilence = 800
    var totalAnalysisTime = 5000
    var minimumWordLength = 100
    var betweenWordsSilence = 50
    var maximumNumberOfWords = 2
    var maximumWordLength = 5000

    func outcome(_ rules: ReferenceRules) -> ReferenceOutcome {
        let frames = Array(rules.frames.prefix { $0.start / 8 < totalAnalysisTime })
        let silences = frames.indices.map { rules.totalSilence(at: $0) }
        let voices = frames.indices.map { consecutiveVoice(frames, silences, at: $0) }
        for index in frames.indices {
            if let (result, cause) = verdict(frames, silences, voices, at: index) {
                return ReferenceOutcome(result: result, decided: frames[index].end, cause: cause)
            }
        }
        return ReferenceOutcome(result: "HANGUP", decided: rules.end, cause: "")
    }

    private func verdict(
        _ frames: [ReferenceFrame],
        _ silences: [Int],
        _ voices: [Int],
        at index: Int
    ) -> (result: String, cause: String)? {
        let total = frames[index].end / 8
        // app_amd.c: iTotalTime += framelength; if (iTotalTime >= totalAnalysisTime) ... before the detector sees the frame.
        if total >= totalAnalysisTime { return ("NOTSURE", "TOOLONG-\(total)") }
        // The greeting begins with the first word, after whose frame it is known.
        let isLongEnough = { silences[$0] == 0 && voices[$0] >= minimumWordLength }
        let isInGreeting = (0..<index).contains(where: isLongEnough)
        let silence = silences[index]
        if silence > 0 {
            if !isInGreeting, silence >= initialSilence {
                return ("MACHINE", "INITIALSILENCE-\(silence)-\(initialSilence)")
            }
            return isInGreeting && silence >= afterGreetingSilence
                ? ("HUMAN", "HUMAN-\(silence)-\(afterGreetingSilence)") : nil
        }
        if voices[index] >= maximumWordLength { return ("MACHINE", "MAXWORDLENGTH-\(voices[index])") }
        let words = words(silences, to: index, where: isLongEnough)
        if words > maximumNumberOfWords { return ("MACHINE", "MAXWORDS-\(words)-\(maximumNumberOfWords)") }
        let talk = (0...index).filter { silences[$0] == 0 }.reduce(0) { $0 + frames[$1].milliseconds }
        return isInGreeting && talk >= greeting ? ("MACHINE", "LONGGREETING-\(talk)-\(greeting)") : nil
    }

    /// Voice since the last pause between words; shorter pauses neither count nor interrupt.
    private func consecutiveVoice(_ frames: [ReferenceFrame], _ silences: [Int], at index: Int) -> Int {
        (0...index).reversed()
            .prefix { silences[$0] == 0 || silences[$0] < betweenWordsSilence }
            .filter { silences[$0] == 0 }
            .reduce(0) { $0 + frames[$1].milliseconds }
    }

    /// Words are separated by pauses, and there has to be one before the first.
    private func words(_ silences: [Int], to index: Int, where isLongEnough: (Int) -> Bool) -> Int {
        let isPause = { silences[$0] > 0 && silences[$0] >= betweenWordsSilence }
        return (0...index)
            .split(whereSeparator: isPause)
            .filter { stretch in stretch.startIndex > 0 && stretch.contains(where: isLongEnough) }
            .count
    }
}
