import RealTimeAPI
import TelephonyAudio

/// Sends a call's requests, and lets faults befall them; the same ones for the same seed.
///
/// At each request one fault after the other has its turn, call by call, in an order that the seed says: as many calls as
/// there are faults try each fault at each request.
struct FaultInjector {
    private let setup: CallSetup
    private let call: Int
    private let faultChoice: [Fault]
    private let isMildNoted: Bool
    private let seed: UInt64
    private var random: SplitMix64
    private var requests = 0
    private(set) var findings: [FaultFinding] = []
    /// What would be findings if one had asked for the fault.
    private(set) var notes: [FaultFinding] = []
    /// Whether somebody was there in the call.
    private(set) var hasMetHandler = false
    /// The faults so far, and the request of each, counted from 1.
    private(set) var faults: [(fault: Fault, request: Int)] = []
    /// The fault after which nothing has been answered; nil if the last request was answered.
    private var silentSince: (fault: Fault, request: Int)?
    /// What is to blame if the handler has stopped working.
    var lastBeforeSilence: (fault: Fault, request: Int)? { silentSince ?? faults.last }

    /// How long a request pauses on its way: long enough that a handler that reads once reads half.
    private static let pause = Duration.milliseconds(200)

    /// - Parameter faults: those that are asked for; nil for all, of which the mild ones are only noted.
    init(_ setup: CallSetup, call: Int, seed: UInt64, faults: Set<Fault>? = nil) {
        self.setup = setup
        self.call = call
        self.seed = seed
        faultChoice = Fault.allCases.filter { faults?.contains($0) ?? true }
        isMildNoted = faults == nil
        random = SplitMix64(seed: seed ^ UInt64(call) &* 0xD134_2543_DE82_EF95)
    }

    /// POSTs a request, and what befalls it.
    ///
    /// - Returns: the answer to the request itself.
    mutating func post(_ request: [UInt8], over connection: HandlerConnection) async throws(Refusal)
        -> HandlerConnection.Answer
    {
        requests += 1
        var order = SplitMix64(seed: seed ^ UInt64(requests) &* 0x9E37_79B9_7F4A_7C15)
        let choices = faultChoice.shuffled(using: &order)
        let fault = choices[(call - 1) % choices.count]
        faults.append((fault, requests))
        return try await answer(request, fault, over: connection)
    }

    /// POSTs once, and keeps in mind whether somebody answers.
    private mutating func ask(
        _ request: [UInt8], over connection: HandlerConnection, type: String = "application/json",
        pause: Duration? = nil
    ) async throws(Refusal) -> HandlerConnection.Answer {
        do throws(Refusal) {
            let answer = try await connection.post(request, contentType: type, pause: pause)
            hasMetHandler = true
            silentSince = nil
            return answer
        } catch {
            if error.kind != .unreachable { hasMetHandler = true }
            silentSince = silentSince ?? faults.last
            throw error
        }
    }

    private mutating func answer(
        _ request: [UInt8], _ fault: Fault, over connection: HandlerConnection
    ) async throws(Refusal) -> HandlerConnection.Answer {
        switch fault {
        case .duplicate: return try await again(fault, request, request, over: connection)
        case .unknownField:
            let more = Self.replacing("not_documented", with: .array([.number("1")]), in: request)
            return try await again(fault, request, more, over: connection, mayRefuse: true)
        case .contentType:
            return try await again(fault, request, request, over: connection, type: "text/plain", mayRefuse: true)
        case .twins: return try await twice(request, over: connection)
        case .droppedAnswer:
            try await HandlerConnection(setup).abandon(request)
            // It has the request, of which it may die.
            hasMetHandler = true
            return try await ask(request, over: connection)
        case .delay: return try await ask(request, over: connection, pause: Self.pause)
        case .brokenJSON:
            await refused(fault, Array(request.prefix(request.count / 2)), "broken JSON")
            return try await ask(request, over: connection)
        case .wrongType:
            let (name, value) = Self.wrongTypes.randomElement(using: &random)!
            await refused(fault, Self.replacing(name, with: value, in: request), "a request with a wrong \(name)")
            return try await ask(request, over: connection)
        }
    }

    private static let wrongTypes: [(String, JSON)] = [
        ("callid", .object([])), ("call_status", .number("7")), ("command", .array([])), ("variables", .string("text")),
    ]

    /// What is to be said of a call that went wrong with a request: the last fault until then is to blame.
    ///
    /// - Parameter request: counted from 1; nil for the last one.
    func finding(at request: Int?, _ reason: String) -> FaultFinding? {
        faults.last { $0.request <= request ?? .max }.map {
            FaultFinding(fault: $0.fault, call: call, request: $0.request, reason: reason)
        }
    }

    /// The request with another value for a member, or with one more.
    private static func replacing(_ name: String, with value: JSON, in request: [UInt8]) -> [UInt8] {
        guard case .object(let members)? = (try? JSONText(String(decoding: request, as: UTF8.self)))?.value else {
            return request
        }
        let rest = members.filter { $0.name != name }
        return (try? JSONText(encoding: .object(rest + [JSON.Member(name, value)])))?.bytes ?? request
    }

    /// Asks, and then asks again.
    private mutating func again(
        _ fault: Fault, _ request: [UInt8], _ more: [UInt8], over connection: HandlerConnection,
        type: String = "application/json", mayRefuse: Bool = false
    ) async throws(Refusal) -> HandlerConnection.Answer {
        let answer = try await ask(request, over: connection)
        do throws(Refusal) {
            compare(fault, answer, try await ask(more, over: connection, type: type), mayRefuse: mayRefuse)
        } catch { report(fault, "there is no second answer: \(error.reason)") }
        return answer
    }

    private mutating func twice(
        _ request: [UInt8], over connection: HandlerConnection
    ) async throws(Refusal) -> HandlerConnection.Answer {
        let setup = setup
        async let twin = Result { () async throws(Refusal) in try await HandlerConnection(setup).post(request) }
        let answer = try await ask(request, over: connection)
        switch await twin {
        case .success(let twin): compare(.twins, answer, twin, mayRefuse: false)
        case .failure(let error):
            silentSince = faults.last
            report(.twins, "there is no second answer: \(error.reason)")
        }
        return answer
    }

    /// Sends what a handler must refuse; on a connection of its own, which the handler may close.
    private mutating func refused(_ fault: Fault, _ body: [UInt8], _ what: String) async {
        do throws(Refusal) {
            let answer = try await ask(body, over: HandlerConnection(setup))
            guard !(400..<500).contains(answer.status) else { return }
            report(fault, "\(what) is answered with \(answer.status); it must be refused with 4xx")
        } catch {
            report(fault, "\(what) must be refused with 4xx: \(error.reason)")
        }
    }

    private mutating func compare(
        _ fault: Fault, _ first: HandlerConnection.Answer, _ second: HandlerConnection.Answer, mayRefuse: Bool
    ) {
        if mayRefuse, (400..<500).contains(second.status) { return }
        if first.status != second.status {
            report(fault, "the second answer has the status \(second.status), the first one \(first.status)")
        } else if !first.isSame(as: second) {
            report(
                fault,
                "the second answer is \(second.shown), the first one \(first.shown); they must be the same"
            )
        }
    }

    private mutating func report(_ fault: Fault, _ reason: String) {
        let finding = FaultFinding(fault: fault, call: call, request: requests, reason: reason)
        if fault.isMild, isMildNoted { notes.append(finding) } else { findings.append(finding) }
    }
}

extension HandlerConnection.Answer {
    /// Whether the bodies are the same, or the same JSON.
    fileprivate func isSame(as other: HandlerConnection.Answer) -> Bool {
        if body == other.body { return true }
        guard let first = try? JSONText(text), let second = try? JSONText(other.text) else { return false }
        return first.value == second.value
    }

    private var text: String { String(decoding: body, as: UTF8.self) }
}

extension Result where Success: Sendable {
    /// What an asynchronous function returns or throws.
    fileprivate init(_ body: () async throws(Failure) -> Success) async {
        do throws(Failure) { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
