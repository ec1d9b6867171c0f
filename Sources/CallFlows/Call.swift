import FoundationEssentials
public import RealTimeAPI

/// A call in progress, as its flow sees it.
public struct Call: Sendable {
    let session: CallSession

    /// The call as its first request told of it: numbers, app, custom field, variables; the same for every run of the flow.
    public var request: Request { session.request }

    /// The variables that were given with the call, where the platform's API starts it, without the journal.
    public var variables: JSON { session.request.variables.value }

    /// Runs something once that has an effect, or that would not come out the same again: a payment, the clock, a
    /// random number.
    ///
    /// Its value goes into the journal and is returned again, without running it, whenever the flow is run again. It
    /// runs a second time only if the process died, or the call moved to another instance, before the value had gone out with the
    /// next command: the key is the same then.
    ///
    /// If the call ends meanwhile, the task that runs it is cancelled; afterwards `once` runs as before, so that a flow can
    /// clean up.
    ///
    /// - Parameters:
    ///   - name: names the step in the journal and in errors.
    ///   - body: is given a key that is unique to the call and the step, and stable.
    /// - Returns: what `body` returned, as it comes out of its JSON.
    /// - Throws: ``CallError/stepFailed(name:reason:)`` if `body` throws, now and whenever the flow is run again;
    ///   ``CallError/journalFull(step:bytes:limit:)`` if its value is too long.
    public func once<Value: Codable & Sendable>(
        _ name: String, _ body: @escaping @Sendable (_ idempotencyKey: String) async throws -> Value
    ) async throws(CallError) -> Value {
        let json = try await session.once(name) { key in
            String(decoding: try JSONEncoder.ofJournals.encode(try await body(key)), as: UTF8.self)
        }
        do { return try JSONDecoder().decode(Value.self, from: Data(json.utf8)) } catch {
            throw .stepFailed(name: name, reason: "its value is not the same type any more: raise the flow's version")
        }
    }

    /// Runs something once that returns nothing.
    public func once(
        _ name: String, _ body: @escaping @Sendable (_ idempotencyKey: String) async throws -> Void
    ) async throws(CallError) {
        _ = try await session.once(name) { key in
            try await body(key)
            return "0"
        }
    }
}

extension JSONEncoder {
    /// Members in one order, so that the same value is always the same journal.
    fileprivate static var ofJournals: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
