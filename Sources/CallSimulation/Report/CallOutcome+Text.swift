import TelephonyAudio

extension CallOutcome {
    /// The transcript for people, a line for each event.
    public var transcriptText: String { transcript.events.map { $0.line + "\n" }.joined() }

    /// Labels for Audacity: commands with their results from beginning to end, and what else happened, at its time.
    ///
    /// Each line has start and end in seconds, and a text, between tabs.
    public var audacityLabels: String {
        let commands = steps.map { (start: $0.start, end: $0.end, text: $0.shown) }
        let events = transcript.events.filter { ![.request, .answer].contains($0.kind) }.map { event in
            let time = Duration.milliseconds(event.timeMs)
            return (start: time, end: time, text: "\(event.leg.rawValue) \(event.kind.rawValue) \(event.text)")
        }
        return (commands + events).sorted { $0.start < $1.start }.map { label in
            let text = String(label.text.map { $0.isNewline || $0 == "\t" ? " " : $0 }.prefix(200))
            return "\(label.start.decimal)\t\(label.end.decimal)\t\(text)\n"
        }.joined()
    }
}

extension Duration {
    /// Seconds with six decimals.
    fileprivate var decimal: String {
        let microseconds = Int(self / .microseconds(1))
        return "\(microseconds / 1_000_000)." + String(1_000_000 + microseconds % 1_000_000).dropFirst()
    }
}
