import ParallelWork
import Synchronization

extension RunTable {
    /// Finds the cheapest candidate of all; of those that cost the same, the first in order.
    ///
    /// The result does not depend on the number of threads, nor on where the search starts: a bound that another thread has
    /// found prunes only what can't be the result.
    func cheapest(selection: Selection, costing: Costing, from start: Candidate, jobs: Int) -> Priced {
        let base = costOfNoTalk(selection: selection, costing: costing)
        let best = Mutex(
            Priced(cost: cost(start, selection: selection, costing: costing), candidate: start))
        // From the start's silence_ms outwards: what is found early prunes the rest.
        let silences = Candidate.silences.filter { $0 >= leastSilence }.sorted {
            (abs($0 - start.silence), $0) < (abs($1 - start.silence), $1)
        }
        _ = parallelMap(silences, jobs: jobs) { silence in
            if isStopped() { return }
            var arena = arenas.take()
            addBoxes(to: &arena, silence: silence, selection: selection, costing: costing)
            var search = CellSearch(silence: silence, boxes: &arena, best: best.withLock { $0 })
            search.run(base: base)
            best.withLock { if search.best < $0 { $0 = search.best } }
            search.giveBack(to: arenas)
        }
        return best.withLock { $0 }
    }
}

/// Room for boxes that one search leaves to the next: tens of megabytes, which the system would map anew each time.
final class ArenaPool: Sendable {
    private let free = Mutex<[[Box]]>([])

    /// An empty list, with the room of one that was given back, if there is one.
    func take() -> [Box] { free.withLock { $0.popLast() ?? [] } }

    /// Takes a list whose boxes nobody needs any more.
    func giveBack(_ boxes: consuming [Box]) {
        boxes.removeAll(keepingCapacity: true)
        let empty = boxes
        free.withLock { $0.append(empty) }
    }
}
