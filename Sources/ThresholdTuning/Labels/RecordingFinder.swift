import TelephonyAudio

/// Finds recordings by what labels call them.
///
/// - Complexity: O(*n* log *n*) to make, O(log *n*) to find, for *n* recordings, also if all have one file name.
struct RecordingFinder {
    /// One of the names of a recording.
    private struct Entry {
        /// The parts of its path, the last one first.
        let parts: [String]
        let index: Int
    }

    private let paths: [String]
    /// By their parts, so that those which end alike lie together.
    private let entries: [Entry]

    /// - Parameter paths: of the recordings.
    init(_ paths: [String]) {
        self.paths = paths
        entries = paths.enumerated().flatMap { index, path in
            let parts = Self.parts(path)
            return Self.names(parts.first ?? "").map { Entry(parts: [$0] + parts.dropFirst(), index: index) }
        }.sorted { $0.parts.lexicographicallyPrecedes($1.parts) }
    }

    /// The one recording whose path ends like a name, whose own ending may be left out.
    ///
    /// - Parameters:
    ///   - name: a file's name, with as many of the folders it lies in as tell it from others.
    ///   - place: where it stands, for the error.
    /// - Returns: the index of its path.
    /// - Throws: `label` if there is none, or more than one.
    func find(_ name: String, place: String) throws(TuningError) -> Int {
        let parts = Self.parts(name)
        let start = entries.partitioningIndex { !$0.parts.lexicographicallyPrecedes(parts) }
        let found = entries[start...].prefix(2).filter { !parts.isEmpty && $0.parts.starts(with: parts) }
        guard let first = found.first else {
            throw TuningError(.label, place, "there is no recording \(name) among the inputs")
        }
        guard found.count == 1 else {
            throw TuningError(
                .label, place, "\(name) may be \(paths[first.index]) or \(paths[found[1].index]); name more of its path"
            )
        }
        return first.index
    }

    private static func parts(_ path: String) -> [String] {
        path.split(separator: "/").filter { $0 != "." }.reversed().map(String.init)
    }

    /// What a file may be called: its name, without its ending, and as in RTTM, which has no spaces.
    private static func names(_ last: String) -> [String] {
        let stem = stem(last)
        let joined = stem.replacing(" ", with: "_")
        return [last] + (stem == last ? [] : [stem]) + (joined == stem ? [] : [joined])
    }

    private static func stem(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}

extension Array {
    /// The first index whose element fulfils a condition that all after it fulfil too; the end if there is none.
    fileprivate func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
        var range = indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = belongs(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }
}
