import ArgumentParser
import AudioConversion
import Glibc

/// Which output each input is converted to.
struct OutputPlan {
    /// One conversion to do.
    struct Job: Sendable {
        let input: FoundInput
        let target: OutputTarget
        /// Whether the output is another job's input: it is then replaced not even with --force.
        var isInput = false
    }

    private(set) var jobs: [Job]

    /// - Parameters:
    ///   - inputs: files, folders, or `-`.
    ///   - output: a file, a folder, `-`, or nil for beside the input.
    ///   - form: what the outputs look like; text goes to standard output unless a place is named.
    /// - Throws: a `ValidationError` if two inputs would have one output, or several a single file.
    init(inputs: [String], output: String?, form: OutputForm) throws {
        let output = output == "/dev/stdout" ? "-" : output
        let found = Self.withoutResults(InputFinder.find(inputs, besides: output), output: output)
        let isTree = found.contains(where: \.isWalked) || found.count > 1
        let isFolder = output.map { InputFinder.isDirectory($0) || $0.hasSuffix("/") } ?? false
        if let output, output != "-", isTree, !isFolder, access(output, F_OK) == 0 {
            throw ValidationError("-o \(output): is a file, but there are several inputs; name a folder")
        }
        jobs = found.map { input in
            let target: OutputTarget
            switch output {
            case "-": target = .descriptor(Console.output, name: "standard output")
            case let output? where isFolder || (isTree && output != "-"):
                target = .file(Self.join(output, Self.converted(input.relativePath, form: form)))
            case let output?: target = .file(output)
            case nil where form != .wav || input.path == "-":
                target = .descriptor(Console.output, name: "standard output")
            case nil: target = .file(Self.beside(input.path))
            }
            return Job(input: input, target: target)
        }
        try checkCollisions()
        markInputs()
        if form == .wav, Console.outputIsTerminal, jobs.contains(where: { $0.target.isStandardOutput }) {
            throw ValidationError("won't write a WAV file to the terminal; say -o FILE, or redirect standard output")
        }
        if form == .wav, jobs.count > 1, jobs.contains(where: { $0.target.isStandardOutput }) {
            throw ValidationError("several WAV files can't go to standard output; say -o FOLDER")
        }
    }

    /// Makes the folders that outputs lie in.
    func createFolders() throws(ConversionError) {
        for case .file(let path) in Set(jobs.map(\.target)) { try Self.createFolder(of: path) }
    }

    /// Makes the folder that a file lies in, and those above it.
    static func createFolder(of path: String) throws(ConversionError) {
        let folder = PathName(path).folder
        guard !folder.isEmpty, !InputFinder.isDirectory(folder) else { return }
        var made = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            made += part + "/"
            if mkdir(made, 0o777) != 0, errno != EEXIST {
                throw ConversionError(
                    .cannotCreate, file: made, "can't be created: \(String(cString: strerror(errno)))")
            }
        }
    }

    /// The jobs, those together that have one output: of these, the first that is audio gets it.
    var groups: [[Job]] {
        var groups: [[Job]] = []
        var places: [[Substring]: Int] = [:]
        for job in jobs {
            if job.target.isStandardOutput {
                groups.append([job])
            } else if let place = places[Self.plain(job.target.name)] {
                groups[place].append(job)
            } else {
                places[Self.plain(job.target.name)] = groups.count
                groups.append([job])
            }
        }
        return groups
    }

    /// - Throws: a `ValidationError` if two inputs that were named themselves would have one output.
    private func checkCollisions() throws {
        for group in groups {
            let named = group.filter { !$0.input.isWalked && !$0.target.isStandardOutput }
            guard named.count > 1 else { continue }
            throw ValidationError(
                "\(named[0].input.path) and \(named[1].input.path) would both become \(named[1].target.name); "
                    + "convert them apart")
        }
    }

    /// The parts of a path, so that `a//b` and `./a/b` are one.
    private static func plain(_ path: String) -> [Substring] {
        (path.hasPrefix("/") ? ["/"] : []) + path.split(separator: "/").filter { $0 != "." }
    }

    private mutating func markInputs() {
        let inputs = Set(jobs.compactMap { FileIdentity(path: $0.input.path) })
        for index in jobs.indices {
            guard case .file(let path) = jobs[index].target, let identity = FileIdentity(path: path) else { continue }
            jobs[index].isInput = inputs.contains(identity) && identity != FileIdentity(path: jobs[index].input.path)
        }
    }

    /// Leaves out what an earlier run made beside its input, else each run over a folder would add to it.
    private static func withoutResults(_ found: [FoundInput], output: String?) -> [FoundInput] {
        guard output == nil else { return found }
        let results = Set(found.map { beside($0.path) })
        return found.filter { !($0.isWalked && $0.path.hasSuffix(".8k.wav") && results.contains($0.path)) }
    }

    /// NAME.wav beside the input; NAME.8k.wav if that is the input.
    private static func beside(_ path: String) -> String {
        let name = PathName(path)
        return name.folder + (name.last == name.stem + ".wav" ? name.stem + ".8k.wav" : name.stem + ".wav")
    }

    private static func converted(_ relativePath: String, form: OutputForm) -> String {
        let name = PathName(relativePath)
        let ending =
            switch form {
            case .wav: "wav"
            case .base64: "b64"
            case .command: "json"
            }
        return "\(name.folder)\(name.stem).\(ending)"
    }

    private static func join(_ folder: String, _ path: String) -> String {
        folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }
}

extension OutputTarget {
    /// Whether the result goes to standard output.
    var isStandardOutput: Bool {
        if case .descriptor(Console.output, _) = self { return true }
        return false
    }
}
