extension CallOutcome {
    /// The transcript for people, a line for each event.
    public var transcriptText: String { transcript.events.map { $0.line + "\n" }.joined() }
}
