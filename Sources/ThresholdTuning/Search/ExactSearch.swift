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
        let silences = Candidate.silences.sorted { (abs($0 - start.silence), $0) < (abs($1 - start.silence), $1) }
        _ = parallelMap(silences, jobs: jobs) { silence in
            var search = CellSearch(
                silence: silence, boxes: boxes(silence: silence, selection: selection, costing: costing),
                best: best.withLock { $0 })
            search.run(base: base)
            best.withLock { if search.best < $0 { $0 = search.best } }
        }
        return best.withLock { $0 }
    }
}
