package import RealTimeAPI
package import TalkDetection

/// What a command that listens for a voice hears, as it hears it.
package enum Hearing: Sendable {
    /// Is called with each thing that is heard, on the call's task; must not wait.
    package typealias Observer = @Sendable (Hearing) -> Void

    /// It begins to listen, with the threshold below which a frame is silent.
    case begins(Command.Kind, threshold: MeanMagnitude)
    /// A frame of 20 ms of the caller.
    case level(MeanMagnitude)
    /// What it has decided about.
    case talkspurt(Talkspurt)
    /// It does not listen any more.
    case ends
}

extension SimulatedCall {
    /// Tells who watches that a command begins to listen, by Asterisk's threshold for it.
    func beginHearing(_ command: Command.Kind, _ classifier: Classifier) {
        guard case .threshold(let threshold) = classifier else { return }
        setup.hearingObserver?(.begins(command, threshold: threshold))
    }

    /// Tells who watches that it has ended.
    func endHearing() { setup.hearingObserver?(.ends) }
}

extension Detector {
    /// Takes a frame, and tells who watches what it makes of it.
    mutating func add(_ frame: [Int16], telling observer: Hearing.Observer?) {
        guard let observer else { return add(frame.span) }
        let sum = frame.reduce(0) { $0 + Int($1.magnitude) }
        if let level = MeanMagnitude(rawValue: sum / max(1, frame.count)) { observer(.level(level)) }
        add(frame.span) { observer(.talkspurt($0)) }
    }
}
