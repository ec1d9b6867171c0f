import NIOCore
import NIOHTTP1

/// What has arrived while a connection was busy with a request: no more than one read brings, since nothing is read then.
struct Backlog {
    /// What a client has done, in its order.
    enum Event {
        case part(HTTPServerRequestPart)
        /// It sent what is not HTTP.
        case error(HTTPParserError)
        /// It sends no more.
        case inputClosed
    }

    private var events = CircularBuffer<Event>(initialCapacity: 0)
    /// Whether the channel has asked to read on.
    private var isReadDue = false

    var isEmpty: Bool { events.isEmpty }

    /// Whether no request comes any more.
    var isAtEnd: Bool {
        if case .inputClosed = events.first { true } else { false }
    }

    mutating func append(_ event: Event) { events.append(event) }

    mutating func popFirst() -> Event? { events.popFirst() }

    /// Forgets what has arrived, of which nothing is answered any more.
    mutating func removeAll() { events.removeAll() }

    /// Keeps the channel from reading for now.
    mutating func postponeRead() { isReadDue = true }

    /// Whether the channel was kept from reading; once.
    mutating func takeRead() -> Bool {
        defer { isReadDue = false }
        return isReadDue
    }
}
