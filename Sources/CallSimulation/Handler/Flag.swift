import Synchronization

/// Something that happens, told from one thread to another.
final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }

    /// Whether it has happened since it was taken last.
    func take() -> Bool { value.exchange(false, ordering: .acquiringAndReleasing) }
}
