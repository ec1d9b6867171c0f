import CoreMetrics
import Logging
import RealTimeAPI

/// A turn whose budget runs.
struct TurnWatch: Sendable {
    /// Nil when it has been answered and forgotten: it would be kept as long as the budget is, with all its variables.
    weak var session: CallSession?
    let turn: Int
}

/// A flow, and what all its calls share.
final class HostedFlow: Sendable {
    let flow: CallFlow
    let options: FlowHostOptions
    let seal: JournalSeal
    let audio: AudioFiles
    let metrics: FlowMetrics
    let tracer: FlowTracer?
    private let logger: Logger
    private let watched: DelayQueue<TurnWatch>
    private let logLimits: FlowLogLimits

    init(
        _ flow: CallFlow, options: FlowHostOptions, seal: JournalSeal, logger: Logger, metrics: FlowMetrics,
        tracer: FlowTracer?, watched: DelayQueue<TurnWatch>, logLimits: FlowLogLimits
    ) {
        self.flow = flow
        self.options = options
        self.seal = seal
        self.metrics = metrics
        self.tracer = tracer
        self.logger = logger
        self.watched = watched
        self.logLimits = logLimits
        audio = AudioFiles(folder: options.audioFolder)
    }

    /// Calls the session back when the budget of a turn is used up.
    func watch(_ session: CallSession, turn: Int) { watched.append(TurnWatch(session: session, turn: turn)) }

    /// A command as an answer, with the journal that counts it.
    ///
    /// - Parameter callVariables: those beside the journal.
    func response(_ command: Command, _ journal: Journal, call: CallID, callVariables: JSONText) -> Response {
        let variables = seal.variables(journal, call: call, callVariables: callVariables)
        return Response(command, commandID: .integer(journal.turn), variables: variables)
    }

    /// - Parameter isResumed: whether it began at another instance, or was forgotten here.
    func reportBeginning(_ call: CallID, isResumed: Bool) {
        (isResumed ? metrics.resumed : metrics.started).increment()
        logger.info(
            isResumed ? "a call continues from its journal" : "a call begins",
            metadata: ["callid": "\(call)", "flow": "\(flow.name)", "version": "\(flow.version)"])
    }

    func reportFiller(_ call: CallID, step: Int) {
        metrics.fillers.increment()
        logger.info(
            "a step is not ready: a filler is sent",
            metadata: ["callid": "\(call)", "flow": "\(flow.name)", "step": "\(step)"])
    }

    func reportEnd(_ call: CallID, _ status: CallStatus, _ outcome: CallEnd.Outcome) {
        metrics.ended.increment()
        logger.info(
            "a call is over",
            metadata: [
                "callid": "\(call)", "flow": "\(flow.name)", "status": "\(status.loggedName)",
                "outcome": "\(outcome)",
            ])
    }

    func reportFailure(_ call: CallID, step: Int, _ reason: String) {
        metrics.failures.increment()
        guard logLimits.failures.enter() else { return }
        logger.error(
            "the flow failed, and the call gets its fallback",
            metadata: [
                "callid": "\(call)", "flow": "\(flow.name)", "step": "\(step)",
                // Some of it may come from a request.
                "error": "\(String(reason.prefix(500)).harmless)",
            ])
    }

    func reportRejection(_ call: CallID, _ reason: String) {
        metrics.rejections.increment()
        guard logLimits.rejections.enter() else { return }
        logger.warning(
            "a journal was refused, and the call gets the safe answer",
            metadata: ["callid": "\(call)", "flow": "\(flow.name)", "reason": "\(reason)"])
    }
}
