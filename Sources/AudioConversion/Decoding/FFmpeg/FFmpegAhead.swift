import Dispatch
import Files
import Synchronization

/// Decodes short files that need ffmpeg several at a time, the next ones with the one that is asked for: to start it takes 90 ms of
/// a processor, and a prompt's sound 5.
///
/// It is used for files that nothing is wrong with: of what ffmpeg complains of or takes too long for, and of what turns out to be
/// long, each file gets an ffmpeg of its own when its turn comes, so that none suffers from another.
final class FFmpegAhead: Sendable {
    /// How far a file is.
    private enum State {
        /// Nobody has looked at it.
        case unknown
        /// An ffmpeg decodes it with others; the group is left when that has ended.
        case inWork(DispatchGroup)
        /// It has been decoded.
        case done(Decoded)
        /// It is not decoded ahead, or has been taken.
        case apart
    }

    /// What has been decoded of a file.
    private struct Decoded {
        let file: OpenFile
        /// How the file was read, and how long it was.
        let container: Container
        let size: Int
    }

    /// A file that is short and needs ffmpeg.
    private struct Candidate {
        let place: Int
        let container: Container
        let size: Int
    }

    /// Files that one ffmpeg decodes.
    private struct Batch {
        let candidates: [Candidate]
        let group = DispatchGroup()
    }

    private let paths: [String]
    /// The place of each path: the first, if it is there twice.
    private let places: [String: Int]
    private let limits: ConversionLimits
    private let states: Mutex<States>

    /// How far all files are.
    private struct States {
        var files: [State]
        /// The places of those that have been decoded.
        ///
        /// Some are never taken: what is read as something else after all.
        var decoded: [Int] = []

        subscript(_ place: Int) -> State {
            get { files[place] }
            set { files[place] = newValue }
        }

        /// Lets go of what nobody has taken when its turn was, so that the number of open files stays small.
        mutating func forget(before end: Int) {
            for place in decoded where place < end { files[place] = .apart }
            decoded.removeAll { $0 < end }
        }
    }

    /// How many files one ffmpeg decodes, and how long they may be: a minute in most codes.
    private static let batchSize = 16
    private static let inputLimit = 1 << 19
    /// How far after a file others are looked for.
    private static let reach = 64
    /// The most bytes of one's sound, 43 s in one channel at 48 kHz: ffmpeg stops there, and what is as long as that is not whole.
    private static let outputLimit = 8 << 20

    /// - Parameter sources: what will be read, in about this order, each once.
    init(_ sources: [AudioSource], limits: ConversionLimits) {
        paths = sources.compactMap { if case .file(let path) = $0 { path } else { nil } }
        places = Dictionary(zip(paths, paths.indices)) { first, _ in first }
        self.limits = limits
        states = Mutex(States(files: Array(repeating: .unknown, count: paths.count)))
    }

    /// What ffmpeg delivers of a file, if it has been or can be decoded with others.
    ///
    /// - Parameters:
    ///   - path: of the file.
    ///   - container: as which it is read.
    ///   - size: how long it is now.
    func output(of path: String, as container: Container, size: Int) -> FFmpegOutput? {
        guard let place = places[path] else { return nil }
        while true {
            let (state, batch) = states.withLock { states in
                let state = states[place]
                switch state {
                case .done, .apart:
                    states[place] = .apart
                    return (state, nil as Batch?)
                // While others decode this one, those that come next can be decoded.
                case .unknown, .inWork: return (state, claim(from: place, &states))
                }
            }
            if let batch {
                decode(batch)
                continue
            }
            switch state {
            case .done(let decoded):
                guard decoded.container == container, decoded.size == size else { return nil }
                return FFmpegOutput(decoded.file, of: path)
            case .inWork(let group): group.wait()
            case .unknown, .apart: return nil
            }
        }
    }

    /// Claims files for a batch, from a place on; nil if there are not several.
    private func claim(from start: Int, _ states: inout States) -> Batch? {
        states.forget(before: start - Self.reach)
        var candidates: [Candidate] = []
        for place in start..<min(start + Self.reach, paths.count) where candidates.count < Self.batchSize {
            guard case .unknown = states[place] else { continue }
            states[place] = .apart
            if let candidate = candidate(at: place) { candidates.append(candidate) }
        }
        guard candidates.count > 1 else { return nil }
        let batch = Batch(candidates: candidates)
        batch.group.enter()
        for candidate in candidates { states[candidate.place] = .inWork(batch.group) }
        return batch
    }

    /// Nil if a file is another one, or can't be read, which will be told when its turn comes.
    private func candidate(at place: Int) -> Candidate? {
        guard let status = try? FileStatus(path: paths[place]), status.kind == .regular,
            status.size <= Self.inputLimit, let source = try? ByteSource(.file(paths[place]), limits: limits),
            let container = try? ReaderChoice.containerForFFmpeg(source), container.demuxer != nil
        else { return nil }
        return Candidate(place: place, container: container, size: source.size)
    }

    private func decode(_ batch: Batch) {
        let outputs = outputs(of: batch.candidates)
        states.withLock { states in
            for (candidate, output) in zip(batch.candidates, outputs) {
                guard let output else {
                    states[candidate.place] = .apart
                    continue
                }
                states[candidate.place] = .done(
                    Decoded(file: output, container: candidate.container, size: candidate.size))
                states.decoded.append(candidate.place)
            }
        }
        batch.group.leave()
    }

    /// What an ffmpeg makes of each file; nil for those that are better decoded apart.
    private func outputs(of candidates: [Candidate]) -> [OpenFile?] {
        let none = [OpenFile?](repeating: nil, count: candidates.count)
        // Whatever goes wrong here is told by the ffmpeg that each of them gets.
        guard let ffmpeg = ChildProcess.find("ffmpeg"),
            let inputs = try? candidates.map({ try OpenFile(reading: paths[$0.place], waiting: false) }),
            let outputs = try? candidates.map({ _ in try OpenFile.temporary() })
        else { return none }
        let child = try? ChildProcess(ffmpeg, files: inputs + outputs) { numbers in
            FFmpegArguments.common
                + candidates.enumerated().flatMap { index, candidate in
                    FFmpegArguments.input(
                        numbers[index], part: 0..<candidate.size, demuxer: candidate.container.demuxer!)
                }
                + candidates.indices.flatMap { index in
                    FFmpegArguments.output(
                        index, to: "file:/dev/fd/\(numbers[inputs.count + index])", limits: limits,
                        size: Self.outputLimit)
                }
        }
        guard let child, child.wait(until: .now + limits.ffmpegTimeout) == .code(0), child.errorText.isEmpty else {
            return none
        }
        return outputs.map { output in
            guard let size = try? output.status().size, (32..<Self.outputLimit).contains(size) else { return nil }
            return output
        }
    }
}
