import RealTimeAPI
import TelephonyAudio

/// Sends a call's requests, and lets faults befall them; the same ones for the same seed.
struct FaultInjector {
    private let setup: CallSetup
    private let call: Int
    private var random: SplitMix64
    private var requests = 0
    private(set) var findings: [FaultFinding] = []
    /// What befell which request, counted from 1.
    private(set) var faults: [(fault: Fault, request: Int)] = []

    /// How long a request pauses on its way: long enough that a handler that reads once reads half.
    private static let pause = Duration.milliseconds(200)

    init(_ setup: CallSetup, call: Int, seed: UInt64) {
        self.setup = setup
        self.call = call
        random = SplitMix64(seed: seed ^ UInt64(call) &* 0xD134_2543_DE82_EF95)
    }

    /// POSTs a request, and what befalls it.
    ///
    /// - Returns: the answer to the request itself.
    mutating func post(_ request: [UInt8], over connection: HandlerConnection) async throws(Refusal)
        -> HandlerConnection.Answer
    {
        requests += 1
        // One request in nine is left alone.
        guard let fault = (Fault.allCases + [nil]).randomElement(using: &random)! else {
            return try await connection.post(request)
        }
        faults.append((fault, requests))
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
            return try await connection.post(request)
        case .delay: return try await connection.post(request, pause: Self.pause)
        case .brokenJSON:
            await refused(fault, Array(request.prefix(request.count / 2)), "no JSON")
            return try await connection.post(request)
        case .wrongType:
            let (name, value) = Self.wrongTypes.randomElement(using: &random)!
            await refused(fault, Self.replacing(name, with: value, in: request), "no request: its \(name) is wrong")
            return try await connection.post(request)
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
        let answer = try await connection.post(request)
        do throws(Refusal) {
            compare(fault, answer, try await connection.post(more, contentType: type), mayRefuse: mayRefuse)
        } catch { report(fault, "there is no second answer: \(error.reason)") }
        return answer
    }

    private mutating func twice(
        _ request: [UInt8], over connection: HandlerConnection
    ) async throws(Refusal) -> HandlerConnection.Answer {
        let setup = setup
        async let twin = Result { () async throws(Refusal) in try await HandlerConnection(setup).post(request) }
        let answer = try await connection.post(request)
        switch await twin {
        case .success(let twin): compare(.twins, answer, twin, mayRefuse: false)
        case .failure(let error): report(.twins, "there is no second answer: \(error.reason)")
        }
        return answer
    }

    /// Sends what a handler must refuse; on a connection of its own, which the handler may close.
    private mutating func refused(_ fault: Fault, _ body: [UInt8], _ what: String) async {
        do throws(Refusal) {
            let answer = try await HandlerConnection(setup).post(body)
            guard !(400..<500).contains(answer.status) else { return }
            report(fault, "what is \(what), is answered with \(answer.status); it must be refused with 4xx")
        } catch { report(fault, "what is \(what), must be refused with 4xx: \(error.reason)") }
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
        findings.append(FaultFinding(fault: fault, call: call, request: requests, reason: reason))
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
