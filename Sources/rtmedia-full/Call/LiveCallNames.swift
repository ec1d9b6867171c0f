import Synchronization

/// What live calls are called, in what is printed and recorded: as the PBX calls them, and `-2`, `-3` after it where a name is taken.
///
/// A dialplan may have the same UUID for all calls: none of them replaces what another has left, nor do two that go on at a time.
final class LiveCallNames: Sendable {
    private struct State {
        /// Those of calls that go on.
        var current: Set<String> = []
        /// Those of recordings that were made here, where older ones may be replaced.
        var recorded: Set<String> = []
    }

    private let recorder: CallRecorder?
    private let state = Mutex(State())

    init(_ recorder: CallRecorder?) { self.recorder = recorder }

    /// The name of a call that begins; to be given back.
    func take(_ identifier: String) -> String {
        state.withLock { state in
            var (name, number) = (identifier, 1)
            while state.current.contains(name) || isRecorded(name, state) {
                number += 1
                name = "\(identifier)-\(number)"
            }
            state.current.insert(name)
            return name
        }
    }

    /// Gives a name back when its call is over and recorded.
    func leave(_ name: String) {
        state.withLock { state in
            state.current.remove(name)
            // Each has left files: they fill the disk long before this fills memory.
            if let recorder, recorder.replacing { state.recorded.insert(name) }
        }
    }

    private func isRecorded(_ name: String, _ state: State) -> Bool {
        guard let recorder else { return false }
        return recorder.replacing ? state.recorded.contains(name) : !recorder.hasRoom(forCall: name)
    }
}
