package import Presentation

extension DetectionResult {
    /// The result as a drawing.
    package var plot: DetectionPlot {
        var plot = DetectionPlot(picture)
        plot.name = place
        plot.verdict = verdict
        plot.conditions = detection.summary.joined(separator: "; ")
        plot.duration = duration
        plot.threshold = detection.threshold
        plot.items = talkspurts.map { item in
            DetectionPlot.Item(
                start: item.start, length: item.length, silence: item.silence, qualifies: item.qualifies, key: item.key,
                text: item.text)
        }
        plot.isAboutSilence = detection.isAboutSilence
        plot.limits = limits
        plot.decision = decided.map { ($0, result) }
        return plot
    }

    /// The talkspurts as labels: what qualifies is talk, or a key; of the rest the reason is told.
    package var labels: IntervalLabels {
        let labels = talkspurts.map { item in
            IntervalLabels.Label(
                start: item.start, end: item.start + item.length,
                text: item.key.map(String.init) ?? (item.qualifies ? "talk" : item.reason),
                speaker: item.key.map(String.init) ?? "talk", qualifies: item.qualifies)
        }
        return IntervalLabels(
            recording: file, channel: detection.channel, duration: duration, kind: detection.command.rawValue, labels)
    }
}
