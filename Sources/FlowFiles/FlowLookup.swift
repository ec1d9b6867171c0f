import RealTimeAPI

/// A look-up of a step: what is asked, and what of the answer is kept.
struct FlowLookup: Sendable {
    let method: String
    let address: LookupAddress
    /// The header's own fields.
    let fields: [(name: String, value: String)]
    /// What is sent, as JSON.
    let body: FlowParameter?
    let timeout: Duration
    /// What of the answer the step's results are.
    let result: String?
    /// Under which name the answer is kept.
    let saved: String?

    /// The longest value that is kept: it is in each request of the call from then on.
    static let maximumValue = 1024
    /// The longest body that is sent.
    static let maximumBody = 64 << 10
    /// The call's variable that has the answers in tests.
    static let variable = "lookups"

    /// Asks, and keeps what is used of the answer.
    ///
    /// - Parameters:
    ///   - paths: what is used.
    ///   - key: the same each time for the same step of a call.
    /// - Returns: an object with the paths, and what is there as text.
    func kept(
        _ paths: [String], _ values: FlowValues, from source: LookupSource, key: String
    ) async throws -> JSONText {
        let address = try address.resolved(values)
        let body = try body.map { try bytes($0, values) } ?? []
        let answer: (status: Int, body: [UInt8])
        switch source {
        case .none: throw LookupFailure("nothing here answers look-ups")
        case .variables: answer = try await mocked(address, body, values)
        case .network(let client):
            var fields = fields + [(name: "Accept", value: "application/json")]
            if method == "POST" {
                fields.append(("Content-Type", "application/json"))
                // A step's name and the call's number: nothing in it has to be escaped.
                fields.append(("Idempotency-Key", "\"\(key)\""))
            }
            answer = try await client(method, address, fields, body, timeout)
        }
        guard (200...299).contains(answer.status) else { throw LookupFailure(status: answer.status) }
        return try Self.extract(paths, of: answer.body)
    }

    private func bytes(_ parameter: FlowParameter, _ values: FlowValues) throws(LookupFailure) -> [UInt8] {
        let parts = parameter.parts().filter { $0.value.texts.contains { !$0.0.isFixed } }
        guard let text = try? JSONText(encoding: parameter.json(values, asText: Set(parts.keys))) else {
            throw LookupFailure("the body can't be written as JSON")
        }
        guard text.bytes.count <= Self.maximumBody else {
            throw LookupFailure("the body has \(text.bytes.count) bytes; \(Self.maximumBody) may be sent")
        }
        return text.bytes
    }

    private func mocked(
        _ address: String, _ body: [UInt8], _ values: FlowValues
    ) async throws(LookupFailure) -> (status: Int, body: [UInt8]) {
        let answers = values.request.variables.value[Self.variable]
        let name = "\(method) \(address)"
        let exact = body.isEmpty ? nil : answers?["\(name) \(String(decoding: body, as: UTF8.self))"]
        switch exact ?? answers?[name] {
        case nil: throw LookupFailure("the call's variable \(Self.variable) has no \"\(name)\"")
        case .string(let reason)?: throw LookupFailure(reason)
        case .number(let digits)?: return (Int(digits) ?? 0, [])
        case let answer?: return (200, (try? JSONText(encoding: answer))?.bytes ?? [])
        }
    }

    /// What is at paths of an answer.
    static func extract(_ paths: [String], of body: [UInt8]) throws(LookupFailure) -> JSONText {
        guard !paths.isEmpty else { return .emptyObject }
        guard let text = String(validating: body, as: UTF8.self), let answer = try? JSONText(text).value else {
            throw LookupFailure("the answer is not JSON")
        }
        var members: [JSON.Member] = []
        for path in paths {
            let value = answer.text(at: path)
            guard value.utf8.count <= maximumValue else {
                throw LookupFailure("\(path) has \(value.utf8.count) bytes; \(maximumValue) may be kept")
            }
            members.append(JSON.Member(path, .string(value)))
        }
        do { return try JSONText(encoding: .object(members)) } catch { throw LookupFailure("\(error)") }
    }
}

extension JSON {
    /// The value at a path of names and, in lists, numbers from 0, as text; empty if there is none, or none that is text, a
    /// number or a truth value.
    fileprivate func text(at path: String) -> String {
        var value: JSON? = self
        for name in path.split(separator: ".").map(String.init) {
            switch value {
            case .array(let elements)?:
                let index = Int(name)
                value = index.flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: value = value?[name]
            }
        }
        switch value {
        case .string(let text)?: return text
        case .number(let digits)?: return digits
        case .bool(let isTrue)?: return "\(isTrue)"
        default: return ""
        }
    }
}

/// Why a look-up gave nothing, in a few words: they are in the journal, and so in each request of the call from then on.
struct LookupFailure: Error, CustomStringConvertible {
    let description: String

    init(_ reason: String) { description = String(reason.prefix(200)) }

    /// An answer that says that there is none.
    init(status: Int) { description = Self.prefix + String(status) }

    /// The status that a failure was of, by its text; nil if it was another one.
    static func status(_ text: String) -> Int? {
        text.hasPrefix(prefix) ? Int(text.dropFirst(prefix.count)) : nil
    }

    /// What is before the number, in a step's `on` too.
    static let prefix = "status "
}
