import Synchronization

/// Audio that was made before, up to a number of bytes: what was not used for longest goes first.
///
/// A value that is larger than the bound by itself is not kept. Any number of threads may use a cache.
package final class AudioCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let state: Mutex<LeastRecentlyUsed<Key, Value>>

    /// An empty cache.
    ///
    /// - Parameter maximumByteCount: the most bytes that are kept; 0 keeps nothing.
    package init(maximumByteCount: Int) {
        state = Mutex(LeastRecentlyUsed(maximumByteCount: maximumByteCount))
    }

    /// The value that is kept for a key, which counts as a use; nil if none is.
    ///
    /// - Complexity: O(1).
    package func value(for key: Key) -> Value? { state.withLock { $0.value(for: key) } }

    /// Keeps a value for a key, in place of the one that was kept.
    ///
    /// - Parameters:
    ///   - value: what to keep.
    ///   - key: what it is found by.
    ///   - byteCount: how many bytes it takes, 0 or more.
    /// - Complexity: O(1), and O(1) for each value that has to go.
    package func insert(_ value: Value, for key: Key, byteCount: Int) {
        state.withLock { $0.insert(value, for: key, byteCount: byteCount) }
    }
}

/// Values in the order of their last use: a dictionary of places, and a list that is linked both ways.
private struct LeastRecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let key: Key
        var value: Value
        var byteCount: Int
        /// The places of those that were used just before and just after; -1 at the ends.
        var older: Int
        var newer: Int
    }

    private let maximumByteCount: Int
    private var byteCount = 0
    private var places: [Key: Int] = [:]
    private var entries: [Entry?] = []
    /// Places of the entries that hold nothing.
    private var free: [Int] = []
    private var oldest = -1
    private var newest = -1

    init(maximumByteCount: Int) { self.maximumByteCount = maximumByteCount }

    mutating func value(for key: Key) -> Value? {
        guard let place = places[key] else { return nil }
        if place != newest {
            unlink(place)
            append(place)
        }
        return entries[place]!.value
    }

    mutating func insert(_ value: Value, for key: Key, byteCount count: Int) {
        if let place = places[key] { remove(place) }
        guard count <= maximumByteCount else { return }
        while byteCount > maximumByteCount - count { remove(oldest) }
        let entry = Entry(key: key, value: value, byteCount: count, older: -1, newer: -1)
        let place = free.popLast() ?? entries.count
        if place == entries.count { entries.append(entry) } else { entries[place] = entry }
        places[key] = place
        byteCount += count
        append(place)
    }

    private mutating func remove(_ place: Int) {
        unlink(place)
        byteCount -= entries[place]!.byteCount
        places[entries[place]!.key] = nil
        entries[place] = nil
        free.append(place)
    }

    private mutating func unlink(_ place: Int) {
        let (older, newer) = (entries[place]!.older, entries[place]!.newer)
        if older >= 0 { entries[older]!.newer = newer } else { oldest = newer }
        if newer >= 0 { entries[newer]!.older = older } else { newest = older }
    }

    /// Makes an entry that is not linked the newest.
    private mutating func append(_ place: Int) {
        entries[place]!.older = newest
        entries[place]!.newer = -1
        if newest >= 0 { entries[newest]!.newer = place } else { oldest = place }
        newest = place
    }
}
