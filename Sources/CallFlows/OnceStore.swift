import Synchronization

/// Where all instances of a flow keep what ``Call/once(_:in:_:)`` ran, so that none runs it that another one has run.
///
/// A database is one that has transactions: `samples/stores/PostgresOnceStore.swift` is of PostgreSQL.
///
/// ```swift
/// let number = try await call.once("order", in: store) { key, transaction in
///     try await transaction.insertOrder(key)                          // is there once, whatever dies when
/// }
/// ```
public protocol OnceStore: Sendable {
    /// What changes the store's data together with the value: both are there afterwards, or neither.
    associatedtype Transaction: Sendable

    /// The value of a key: what is in the store, or what `body` returns, which is in the store from then on.
    ///
    /// While `body` runs for a key, whoever asks for the same key waits, at this instance or at another one; if it throws, or
    /// its instance dies, nothing is kept, and the next one runs it.
    ///
    /// - Parameters:
    ///   - key: what the value is kept by.
    ///   - body: makes the value, which is JSON.
    /// - Throws: what `body` throws, or that the store can't be reached.
    func value(
        for key: String, _ body: @escaping @Sendable (Transaction) async throws -> String
    ) async throws -> String
}

/// A store in memory, for tests: it is shared by the hosts of one process, and nothing of it is left afterwards.
public final class MemoryOnceStore: OnceStore {
    /// Empty: the store has no data besides the values.
    public struct Transaction: Sendable {}

    private enum Entry {
        case running([CheckedContinuation<Void, Never>])
        case value(String)
    }

    private enum Turn {
        case run
        case wait
        case value(String)
    }

    private let entries = Mutex<[String: Entry]>([:])

    /// An empty store.
    public init() {}

    /// The values that are kept, by their keys.
    public var values: [String: String] {
        entries.withLock { entries in
            entries.compactMapValues { entry in if case .value(let value) = entry { value } else { nil } }
        }
    }

    /// The value of a key; see ``OnceStore/value(for:_:)``.
    public func value(
        for key: String, _ body: @escaping @Sendable (Transaction) async throws -> String
    ) async throws -> String {
        while true {
            switch takeTurn(key) {
            case .value(let value): return value
            case .wait: await waitForEnd(of: key)
            case .run:
                do {
                    let value = try await body(Transaction())
                    end(key, .value(value))
                    return value
                } catch {
                    end(key, nil)
                    throw error
                }
            }
        }
    }

    private func takeTurn(_ key: String) -> Turn {
        entries.withLock { entries in
            switch entries[key] {
            case .value(let value)?: return .value(value)
            case .running?: return .wait
            case nil:
                entries[key] = .running([])
                return .run
            }
        }
    }

    private func waitForEnd(of key: String) async {
        await withCheckedContinuation { continuation in
            let hasEnded = entries.withLock { entries in
                guard case .running(let waiting)? = entries[key] else { return true }
                entries[key] = .running(waiting + [continuation])
                return false
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func end(_ key: String, _ entry: Entry?) {
        let waiting = entries.withLock { entries in
            defer { entries[key] = entry }
            if case .running(let waiting)? = entries[key] { return waiting }
            return []
        }
        for continuation in waiting { continuation.resume() }
    }
}
