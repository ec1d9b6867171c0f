import FoundationEssentials
public import RealTimeAPI

/// A call in progress, as its flow sees it.
public struct Call: Sendable {
    let session: CallSession

    /// The call as its first request told of it: numbers, app, custom field, variables; the same for every run of the flow.
    public var request: Request { session.request }

    /// The variables that were given with the call, where the platform's API starts it, without the journal.
    public var variables: JSON { session.request.variables.value }

    /// Runs something that has an effect, or that would not come out the same again: a payment, the clock, a random number.
    ///
    /// Its value goes into the journal with the next command, and is returned again, without running it, whenever the flow is
    /// run again. It runs at least once, and always with the same key:
    ///
    /// - at one instance once, however often a request comes, and however many come at a time;
    /// - again if the process died before the value was sent;
    /// - at two instances at the same time if the same request reaches both before the value has gone out, as when a load
    ///   balancer repeats it: neither knows of the other.
    ///
    /// Give the key to a service that recognises repetitions by one, as payment services do, if something must not happen twice.
    /// What changes a database is run by ``once(_:in:_:)``, which makes it exactly once.
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
        return try decode(json, of: name)
    }

    /// Runs something that has an effect, exactly once at all instances that have the same store.
    ///
    /// The store runs `body` for a key at one instance at a time, and not again once it has its value. What `body` does by the
    /// store's transaction happens once, whatever dies when. For its other effects the same holds as without a store, except
    /// that no two instances run it at the same time.
    ///
    /// - Parameters:
    ///   - name: names the step in the journal and in errors.
    ///   - store: what all instances of the flow share.
    ///   - body: is given the step's key, and what takes part in the store's transaction.
    /// - Returns: what `body` returned, here or at another instance, as it comes out of its JSON.
    /// - Throws: as `once` without a store, also if the store can't be reached.
    public func once<Value: Codable & Sendable, Store: OnceStore>(
        _ name: String, in store: Store,
        _ body: @escaping @Sendable (_ idempotencyKey: String, _ transaction: Store.Transaction) async throws -> Value
    ) async throws(CallError) -> Value {
        let json = try await session.once(name) { key in
            try await store.value(for: key) { transaction in
                String(decoding: try JSONEncoder.ofJournals.encode(try await body(key, transaction)), as: UTF8.self)
            }
        }
        return try decode(json, of: name)
    }

    /// Runs something that returns nothing.
    public func once(
        _ name: String, _ body: @escaping @Sendable (_ idempotencyKey: String) async throws -> Void
    ) async throws(CallError) {
        _ = try await session.once(name) { key in
            try await body(key)
            return "0"
        }
    }

    /// Runs something whose value is JSON already.
    package func onceAsJSON(
        _ name: String, _ body: @escaping @Sendable (_ idempotencyKey: String) async throws -> JSONText
    ) async throws(CallError) -> JSONText {
        let json = try await session.once(name) { key in try await body(key).text }
        do { return try JSONText(json) } catch { throw .stepFailed(name: name, reason: "its value is not JSON") }
    }

    /// Keeps what the last step came to under a name, for all to see: it is shown in the call's `variables`, unless the call was
    /// started with one of that name.
    package func keep(_ name: String) { session.keep(name) }

    private func decode<Value: Decodable>(_ json: String, of name: String) throws(CallError) -> Value {
        do { return try JSONDecoder().decode(Value.self, from: Data(json.utf8)) } catch {
            throw .stepFailed(name: name, reason: "its value has another type now: raise the flow's version")
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
