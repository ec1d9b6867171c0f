public import CallSimulation
import Presentation
import RealTimeAPI

extension CallOutcome {
    /// Labels for Audacity: commands with their results from beginning to end, and what else happened, at its time.
    public var audacityLabels: String {
        let commands = steps.map { IntervalLabels.Label(start: $0.start, end: $0.end, text: Self.brief($0.shown)) }
        let events = transcript.events.filter { ![.request, .answer].contains($0.kind) }.map { event in
            let time = Duration.milliseconds(event.timeMs)
            return IntervalLabels.Label(
                start: time, end: time, text: Self.brief("\(event.leg.rawValue) \(event.kind.rawValue) \(event.text)"))
        }
        let labels = (commands + events).sorted { $0.start < $1.start }
        return LabelFormat.audacity.text(IntervalLabels(recording: "", duration: duration, kind: "call", labels))
    }

    /// As much as there is room for in a label, in one field of one line.
    private static func brief(_ text: String) -> String { String(text.prefix(200)).harmless }
}
