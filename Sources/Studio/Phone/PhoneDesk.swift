import CallSimulation
import NIOCore
import NIOHTTP1
import NIOWebSocket
import RealTimeAPI
import Synchronization
import TelephonyAudio

/// The page's phones: the calls that are in progress, which can meet, and the last ones, which can be saved.
final class PhoneDesk: Sendable {
    /// A call that can be saved.
    struct Kept: Sendable {
        let id: String
        /// What its files are called, without their endings.
        let name: String
        let yaml: String
        let wav: [UInt8]
        /// What both sides said, the caller left.
        let bothSides: [UInt8]
    }

    private struct State {
        var calls: [Int: Task<Void, Never>] = [:]
        var kept: [Kept] = []
        var count = 0
        var isEnding = false
    }

    /// What calls to each handler have in common.
    let handlers: [CallSetup]
    private let limits: StudioLimits
    private let switchboard = Switchboard()
    private let state = Mutex(State())
    /// How many calls are kept: those of ten minutes are 30 MB each.
    private static let keptCount = 8

    init(_ handlers: [CallSetup], _ limits: StudioLimits) {
        self.handlers = handlers
        self.limits = limits
    }

    /// What makes a request a phone's connection.
    func upgrader(_ rules: AccessRules) -> NIOWebSocketServerUpgrader {
        let limits = limits
        return NIOWebSocketServerUpgrader(maxFrameSize: limits.phoneMessageSize) { channel, head in
            // Why it is refused is told by the answer to the request itself.
            let isAdmitted =
                (try? RequestTarget(head.uri)).map { target in
                    target.path == ["api", "phone", "line"] && rules.admitsWebSocket(head, target)
                } ?? false
            return channel.eventLoop.makeSucceededFuture(isAdmitted ? HTTPHeaders() : nil)
        } upgradePipelineHandler: { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                pipeline.removeHandler(try pipeline.handler(type: RequestHandler.self), promise: nil)
                try channel.syncOptions?.setOption(.writeBufferWaterMark, value: .init(low: 4096, high: 16_384))
                try pipeline.addHandlers(
                    NIOWebSocketFrameAggregator(
                        minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 16,
                        maxAccumulatedFrameSize: limits.phoneMessageSize),
                    IdleStateHandler(readTimeout: limits.phoneIdleTime),
                    PhoneConnection(self, PhoneSender(channel, backlogLimit: limits.phoneBacklog)))
            }
        }
    }

    // MARK: Calls

    /// Starts a call.
    ///
    /// - Throws: why there can't be one.
    func start(
        _ order: PhoneOrder, _ sender: PhoneSender, on loop: any EventLoop
    ) throws(StudioError) -> PhoneCall {
        guard handlers.indices.contains(order.handler) else {
            throw StudioError(.badRequest, "there is no handler \(order.handler)")
        }
        let call = PhoneCall(sender)
        var setup = handlers[order.handler]
        order.apply(to: &setup)
        setup.begin(on: call.line)
        setup.switchboard = switchboard
        setup.observer = { sender.send(.event($0)) }
        let strip = PhoneStrip(sender)
        setup.hearingObserver = { strip.add($0) }
        let placed = setup
        let isStarted = state.withLock { state in
            guard state.calls.count < limits.phoneCalls, !state.isEnding else { return false }
            state.count += 1
            let number = state.count
            let end = loop.scheduleTask(in: limits.phoneCallTime) { call.line.end() }
            state.calls[number] = Task {
                await self.conduct(placed, order, sender, number)
                end.cancel()
                self.state.withLock { $0.calls[number] = nil }
            }
            return true
        }
        guard isStarted else {
            throw StudioError(
                .serviceUnavailable, "no more than \(limits.phoneCalls) at a time are possible here; hang one up")
        }
        return call
    }

    /// Makes a phone one that can be called at a number.
    ///
    /// - Throws: that it can't be.
    func connect(_ number: PhoneNumber, _ sender: PhoneSender) throws(StudioError) -> ReachablePhone {
        guard let phone = ReachablePhone(number, switchboard, sender) else {
            throw StudioError(.badRequest, "another phone has the number \(number): choose another one")
        }
        return phone
    }

    /// How often a phone is asked whether it is there.
    var askingTime: TimeAmount { .nanoseconds(limits.phoneIdleTime.nanoseconds / 3) }

    private func conduct(_ setup: CallSetup, _ order: PhoneOrder, _ sender: PhoneSender, _ number: Int) async {
        do throws(SimulationError) {
            let outcome = try await CallSimulator.place(setup)
            let kept = Kept(outcome, setup, order, number)
            if let kept { keep(kept) }
            sender.send(.over(outcome, setup.liveLine!.figures, kept))
        } catch { sender.send(.phoneError("\(error)")) }
        sender.close()
    }

    private func keep(_ call: Kept) {
        state.withLock { state in
            state.kept.append(call)
            if state.kept.count > Self.keptCount { state.kept.removeFirst() }
        }
    }

    /// A call that was kept; nil if there is none of that id any more.
    func kept(_ id: String) -> Kept? { state.withLock { state in state.kept.first { $0.id == id } } }

    /// Ends all calls, and waits for them.
    func end() async {
        let calls = state.withLock { state in
            state.isEnding = true
            return Array(state.calls.values)
        }
        for call in calls { call.cancel() }
        for call in calls { await call.value }
    }
}

extension PhoneDesk.Kept {
    fileprivate init?(_ outcome: CallOutcome, _ setup: CallSetup, _ order: PhoneOrder, _ number: Int) {
        let time = setup.dateStarted.replacing(" ", with: "-").replacing(":", with: "")
        let name = "call-\(time)-\(number)"
        guard
            let saved = SavedCall(
                outcome, of: setup, name: "a call of \(setup.dateStarted) UTC", file: "\(name).wav")
        else { return nil }
        let processing = order.processing.isEmpty ? "none" : order.processing.joined(separator: ", ")
        let head = """
            # A call from the phone of rtmedia studio. What the caller said is in \(name).wav, which belongs beside this file.
            # The browser's processing of the microphone: \(processing).

            """
        id = "c\(number)"
        self.name = name
        yaml = head + saved.scenario.yaml
        wav = saved.audio.wav
        bothSides = outcome.wav
    }
}

extension JSON {
    /// How a call ended, and how its frames kept time.
    fileprivate static func over(
        _ outcome: CallOutcome, _ figures: LiveLine.Figures, _ kept: PhoneDesk.Kept?
    ) -> JSON {
        .over(
            [
                JSON.Member("status", .string(outcome.status.name)),
                JSON.Member("refused", .text(outcome.refusal?.kind.rawValue)), JSON.Member("call", .text(kept?.id)),
                JSON.Member("name", .text(kept?.name)),
            ], outcome.duration, figures)
    }
}
