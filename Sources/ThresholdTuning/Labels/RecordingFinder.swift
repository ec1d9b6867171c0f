import TelephonyAudio

/// Finds recordings by what labels call them.
///
/// - Complexity: O(*n* log *n*) to make, O(log *n*) to find, for *n* recordings, also if all have one file name.
package struct RecordingFinder: Sendable {
    /// One of the names of a recording.
    private struct Entry: Sendable {
        /// The parts of its path, the last one first.
        let parts: [String]
        let index: Int
    }

    private let paths: [String]
    /// By their parts, so that those which end alike lie together.
    private let entries: [Entry]

    /// - Parameter paths: of the recordings.
    package init(_ paths: [String]) {
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
    ///   - channel: of the recording, from 1: its own levels are looked for, and then those of the whole; nil for the whole.
    ///   - place: where it stands, for the error.
    /// - Returns: the index of its path.
    /// - Throws: `label` if there is none, or more than one.
    package func find(_ name: String, channel: Int? = nil, place: String) throws(TuningError) -> Int {
        if let channel, !entries(RecordingLevels.name(name, channel: channel)).isEmpty {
            return try find(RecordingLevels.name(name, channel: channel), place: place)
        }
        let found = entries(name)
        guard let first = found.first else {
            let isDivided = !entries(RecordingLevels.name(name, channel: 1)).isEmpty
            throw TuningError(
                .label, place,
                isDivided
                    ? "\(name) has levels of each channel; a column channel says which is meant"
                    : "there is no recording \(name) among the inputs")
        }
        guard found.count == 1 else {
            throw TuningError(
                .label, place, "\(name) may be \(paths[first.index]) or \(paths[found[1].index]); name more of its path"
            )
        }
        return first.index
    }

    /// Those whose path ends like a name, two at the most.
    private func entries(_ name: String) -> [Entry] {
        let parts = Self.parts(name)
        let start = entries.partitioningIndex { !$0.parts.lexicographicallyPrecedes(parts) }
        return entries[start...].prefix(2).filter { !parts.isEmpty && $0.parts.starts(with: parts) }
    }

    private static func parts(_ path: String) -> [String] {
        path.split(separator: "/").filter { $0 != "." }.reversed().map(String.init)
    }

    /// What a file may be called: its name, without its ending, and as in RTTM, which has no spaces.
    private static func names(_ last: String) -> [String] {
        let channel = last.suffix(while: { $0.isASCII && $0.isNumber })
        let base = last.dropLast(channel.count + 1)
        guard !channel.isEmpty, last.dropLast(channel.count).hasSuffix("#") else { return plainNames(last) }
        return plainNames(String(base)).map { "\($0)#\(channel)" }
    }

    private static func plainNames(_ last: String) -> [String] {
        let stem = stem(last)
        let joined = stem.replacing(" ", with: "_")
        return [last] + (stem == last ? [] : [stem]) + (joined == stem ? [] : [joined])
    }

    private static func stem(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}

extension String {
    /// The longest end of whose characters each fulfils a condition.
    fileprivate func suffix(while belongs: (Character) -> Bool) -> Substring {
        suffix(reversed().prefix(while: belongs).count)
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
