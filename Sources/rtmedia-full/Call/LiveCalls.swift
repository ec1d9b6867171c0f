import CallSimulation
import CommandArguments
import Files
import Presentation
import QuickCommands
import RealTimeAPI
import UnixSignals

/// Calls that come in from a PBX, each of which the handler conducts.
struct LiveCalls: Sendable {
    let address: LiveAddress
    let recorder: CallRecorder?
    /// How long a call may last; nil for the usual time.
    let longestCall: Duration?
    /// The numbers of callers, by the UUIDs of their calls.
    let numbers: [String: String]
    let json: Bool

    /// An event of one of several calls.
    private struct Record: Encodable {
        let call: String
        let event: Transcript.Event
    }

    /// How well a call's frames kept time.
    private struct Summary: Encodable {
        let call: String
        let frames: Int
        let missingFrames: Int
        let droppedFrames: Int
        let unsentFrames: Int
        let lostMs: Int
        /// 99 of 100 frames left at most so late.
        let lateMs: Int

        init(call: String, _ figures: LiveLine.Figures) {
            self.call = call
            frames = figures.frameCount
            missingFrames = figures.missingCount
            droppedFrames = figures.droppedCount
            unsentFrames = figures.unsentCount
            lostMs = Int(figures.lostTime / .milliseconds(1))
            lateMs = figures.lateness(part: 0.99)
        }

        var line: String {
            "\(call): \(Double(frames) / 50) s, 99 % of the frames left within \(lateMs) ms of their time; of the caller's, "
                + "\(missingFrames) did not come in time, and \(droppedFrames) were dropped; the PBX did not take \(unsentFrames); "
                + "\(lostMs) ms were lost"
        }
    }

    /// Takes calls until Ctrl-C or SIGTERM, which end those in progress.
    ///
    /// - Parameter setup: the handler, and what all calls have in common.
    /// - Throws: the exit code of what is unavailable, if the address can't be listened on, having told so.
    func run(_ setup: CallSetup) async throws {
        // Each call has a connection to the PBX, and one to the handler.
        let files = ProcessLimits.raiseOpenFiles() ?? .max
        var server = AudioSocketServer(host: address.host, port: address.port)
        server.maximumCalls = min(server.maximumCalls, max(1, (files - 64) / 2))
        server.longestCall = longestCall ?? server.longestCall
        let limit = RateLimit(count: 10, per: .seconds(10)) {
            Console.note("rtmedia: \($0) more warnings about connections")
        }
        server.note = { name, text in
            if limit.enter() { Console.note("rtmedia: \(name ?? "a connection"): warning: \(text)") }
        }
        defer { limit.finish() }
        // Where calls meet.
        let switchboard = Switchboard()
        let names = LiveCallNames(recorder)
        let listening = Task {
            try await server.run { port in
                Console.note("rtmedia: takes calls on \(LiveAddress(host: address.host, port: port)); Ctrl-C ends")
            } _: { call in
                let name = names.take(call.identifier)
                await conduct(call, as: name, setup, on: switchboard)
                names.leave(name)
            }
        }
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let interruption = Task { for await _ in signals { listening.cancel() } }
        defer { interruption.cancel() }
        do { try await listening.value } catch is CancellationError {} catch {
            Console.note("rtmedia: \(address): can't be listened on: \(error)")
            throw ExitStatus.unavailable
        }
        try Console.checkData()
    }

    private func conduct(
        _ call: AudioSocketServer.Call, as name: String, _ setup: CallSetup, on switchboard: Switchboard
    ) async {
        var setup = setup
        setup.begin(on: call.line)
        setup.callerNumber = numbers[call.identifier] ?? setup.callerNumber
        setup.switchboard = switchboard
        setup.keepsAudio = recorder != nil
        let json = json
        // The first part of a UUID is enough to tell calls apart, with the number of those that have the same.
        let brief = name.prefix(8) + name.dropFirst(call.identifier.count)
        setup.observer = { event in
            Console.data(json ? jsonLine(Record(call: name, event: event)) : "\(brief) \(event.line)")
        }
        do {
            let outcome = try await CallSimulator.place(setup)
            if call.line.figures.keyCount == 0, outcome.hasWaitedForKeys {
                Console.note(
                    "rtmedia: \(name): no key came from the PBX; Asterisk sends them over AudioSocket since 2025 only, "
                        + "and not those that are tones in the audio")
            }
            try recorder?.write(outcome, as: name)
        } catch {
            // A code has been told already.
            if !(error is ExitCode) { Console.note("rtmedia: \(name): \(error)") }
        }
        let summary = Summary(call: name, call.line.figures)
        if json { Console.data(jsonLine(summary)) } else { Console.note("rtmedia: \(summary.line)") }
    }
}

extension CallOutcome {
    /// Whether keys were asked for, and none came.
    fileprivate var hasWaitedForKeys: Bool {
        let reads = steps.filter { $0.command.kind == .read }
        return !reads.isEmpty && reads.allSatisfy { $0.result == Read.Result.timeout.wire || $0.result == nil }
    }
}
