public import RealTimeAPI
import Synchronization

/// A telephone with somebody at it, which a `dialout` of live calls can ring: it is answered or not.
///
/// It is connected to a ``Switchboard`` under a number, and has one call at a time: to others it is busy.
public final class LivePhone: Sendable {
    /// What happens to it.
    public enum Notice: Sendable {
        /// It rings, for so long at the most.
        case rings(caller: CallerID, patience: Duration)
        /// It does not ring any more, and was not answered.
        case stops
        /// The call that was answered is over; how well its frames kept time.
        case isOver(LiveLine.Figures)
    }

    /// What becomes of it when it rings.
    enum Reply {
        case answered(LiveLine)
        case refused
        case busy
        /// It was taken away.
        case gone
    }

    private enum Phase {
        case idle
        case ringing
        /// It was answered or refused, and who calls has not taken notice of it.
        case replied(Reply)
        case talking(LiveLine)
        case gone
    }

    private let phase = Mutex(Phase.idle)
    private let notify: @Sendable (Notice) -> Void

    /// A telephone.
    ///
    /// - Parameter notify: is told what happens, on any thread; must not wait.
    public init(_ notify: @escaping @Sendable (Notice) -> Void) { self.notify = notify }

    // MARK: From who is at it

    /// Answers.
    ///
    /// - Parameter line: what is said and heard on from now on; its time is that of the call that rings.
    /// - Returns: whether it rings; it may have ceased to just now.
    public func answer(on line: LiveLine) -> Bool { reply(.answered(line)) }

    /// Refuses the call.
    ///
    /// - Parameter isBusy: whether that is since there is another call.
    public func refuse(isBusy: Bool = false) { _ = reply(isBusy ? .busy : .refused) }

    private func reply(_ reply: Reply) -> Bool {
        phase.withLock { phase in
            guard case .ringing = phase else { return false }
            phase = .replied(reply)
            return true
        }
    }

    /// Takes it away, which ends its call.
    func leave() {
        let line: LiveLine? = phase.withLock { phase in
            defer { phase = .gone }
            switch phase {
            case .replied(.answered(let line)), .talking(let line): return line
            default: return nil
            }
        }
        line?.end()
    }

    // MARK: From the call

    /// Begins to ring.
    ///
    /// - Returns: whether it does; false if there is another call, or it was taken away.
    func ring(as caller: CallerID, for patience: Duration) -> Bool {
        let rings = phase.withLock { phase in
            guard case .idle = phase else { return false }
            phase = .ringing
            return true
        }
        if rings { notify(.rings(caller: caller, patience: patience)) }
        return rings
    }

    /// What has become of it; nil while it rings.
    func takeReply() -> Reply? {
        phase.withLock { phase in
            switch phase {
            case .replied(let reply):
                if case .answered(let line) = reply { phase = .talking(line) } else { phase = .idle }
                return reply
            case .ringing: return nil
            case .idle, .talking, .gone: return .gone
            }
        }
    }

    /// Ceases to ring, or ends the call that was answered.
    func hangUp() {
        let notice: Notice? = phase.withLock { phase in
            defer { if case .gone = phase {} else { phase = .idle } }
            switch phase {
            case .ringing: return .stops
            case .replied(.answered(let line)), .talking(let line):
                line.end()
                return .isOver(line.figures)
            default: return nil
            }
        }
        if let notice { notify(notice) }
    }
}
