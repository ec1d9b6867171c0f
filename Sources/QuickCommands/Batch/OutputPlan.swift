package import AudioConversion
import CommandArguments
import Files
import TelephonyAudio

/// Which output each input is converted to.
package struct OutputPlan {
    /// One conversion to do.
    package struct Job: Sendable {
        let input: FoundInput
        package fileprivate(set) var target: OutputTarget
        /// Where it goes if another input has the target already: a name that keeps the input's ending; nil if that is
        /// another's too, or if nothing else would become the target.
        var spareTarget: OutputTarget?
        /// Whether the target is another job's input: it is then replaced not even with --force.
        var isInput = false
        /// Whether the spare target is one.
        fileprivate var isSpareInput = false
    }

    package private(set) var jobs: [Job]

    /// - Parameters:
    ///   - inputs: files, folders, or `-`.
    ///   - output: a file, a folder, `-`, or nil for beside the input.
    ///   - form: what the outputs look like; text goes to standard output unless a place is named.
    /// - Throws: a `ValidationError` if two inputs can only have one output, or several a single file, or if the output's
    ///   name promises something else.
    package init(inputs: [String], output: String?, form: WrittenForm) throws {
        let output = output == "/dev/stdout" ? "-" : output
        let found = Self.withoutResults(InputFinder.find(inputs, besides: output), output: output)
        let isTree = found.contains(where: \.isWalked) || found.count > 1
        let isFolder = output.map { InputFinder.isDirectory($0) || $0.hasSuffix("/") } ?? false
        if let output, output != "-", isTree, !isFolder, FileAccess.exists(output) {
            throw ValidationError("-o \(output): is a file, but there are several inputs; name a folder")
        }
        if let output, output != "-", !isFolder {
            if isTree { try WrittenForm.checkFolderName(output) } else { try form.checkName(output) }
        }
        jobs = found.map { input in
            let target: OutputTarget
            switch output {
            case "-": target = .descriptor(Console.output, name: "standard output")
            case let output? where isFolder || (isTree && output != "-"):
                target = .file(PathName.join(output, Self.converted(input.relativePath, form: form)))
            case let output?: target = .file(output)
            case nil where form != .wav || input.path == "-":
                target = .descriptor(Console.output, name: "standard output")
            case nil: target = .file(Self.beside(input.path))
            }
            return Job(input: input, target: target)
        }
        addSpareTargets()
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
    package func createFolders() throws(ConversionError) {
        for case .file(let path) in Set(jobs.map(\.target)) { try OutputFile.createFolder(of: path) }
    }

    /// The jobs, those together that have one target: of these, the first that is audio gets it, and the others go to their
    /// spare targets.
    ///
    /// An input that is named like the target comes first.
    package var groups: [[Job]] {
        var groups: [[Job]] = []
        var places: [[Substring]: Int] = [:]
        for job in jobs {
            if job.target.isStandardOutput {
                groups.append([job])
            } else if let place = places[Self.plain(job.target.name)] {
                groups[place].insert(job, at: job.isNamedLikeTarget ? 0 : groups[place].count)
            } else {
                places[Self.plain(job.target.name)] = groups.count
                groups.append([job])
            }
        }
        return groups
    }

    /// Where the result of a file of a stream goes: under its own name in a folder, or beside it.
    ///
    /// - Throws: `cannotCreate` if the name leads out of the folder, or is no text, by which the result could be called.
    package static func path(
        of file: StreamedFile, in folder: String?, form: WrittenForm
    ) throws(ConversionError) -> String {
        let name = file.name
        guard file.isNameWhole else {
            throw ConversionError(
                .cannotCreate, file: name,
                "has a name that is not UTF-8, so that no result can be called by it; rename it")
        }
        guard let folder else { return beside(name) }
        let parts = name.split(separator: "/").filter { $0 != "." }
        guard !parts.contains("..") else {
            throw ConversionError(.cannotCreate, file: name, "leads out of the folder of the results by \"..\"")
        }
        let relative = parts.isEmpty ? "unnamed" : parts.joined(separator: "/")
        return PathName.join(folder, converted(relative, form: form))
    }

    private mutating func addSpareTargets() {
        let places = Dictionary(grouping: jobs.indices) { Self.plain(jobs[$0].target.name) }
        let crowded = places.values.filter { $0.count > 1 }.joined()
        let spares = Dictionary(grouping: crowded.filter { !jobs[$0].target.isStandardOutput }) {
            Self.plain(jobs[$0].fullTargetName)
        }
        for (place, indices) in spares where indices.count == 1 && places[place] == nil {
            jobs[indices[0]].spareTarget = .file(jobs[indices[0]].fullTargetName)
        }
    }

    /// - Throws: a `ValidationError` if two inputs that were named themselves can only have one output.
    private func checkCollisions() throws {
        for group in groups {
            let named = group.filter { !$0.input.isWalked && !$0.target.isStandardOutput }
            guard let lost = named.dropFirst().first(where: { $0.spareTarget == nil }) else { continue }
            throw ValidationError(
                "\(named[0].input.path) and \(lost.input.path) would both become \(lost.target.name); "
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
            let own = FileIdentity(path: jobs[index].input.path)
            func isInput(_ target: OutputTarget?) -> Bool {
                guard case .file(let path) = target, let identity = FileIdentity(path: path) else { return false }
                return inputs.contains(identity) && identity != own
            }
            jobs[index].isInput = isInput(jobs[index].target)
            jobs[index].isSpareInput = isInput(jobs[index].spareTarget)
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

    private static func converted(_ relativePath: String, form: WrittenForm) -> String {
        let name = PathName(relativePath)
        return "\(name.folder)\(name.stem).\(form.endings[0])"
    }

}

extension OutputPlan.Job {
    /// The job as it is done when another job has its target: with the spare one.
    package var retargeted: Self {
        guard let spareTarget else { return self }
        var job = self
        (job.target, job.isInput) = (spareTarget, isSpareInput)
        return job
    }

    /// Whether the input is called as the target is.
    fileprivate var isNamedLikeTarget: Bool { PathName(input.path).last == PathName(target.name).last }

    /// The target's name with all of the input's name in it, as in `out/hello.g722.wav`.
    fileprivate var fullTargetName: String {
        let name = PathName(target.name)
        return "\(name.folder)\(PathName(input.path).last).\(name.ending)"
    }
}

extension OutputTarget {
    /// Whether the result goes to standard output.
    package var isStandardOutput: Bool {
        if case .descriptor(Console.output, _) = self { return true }
        return false
    }
}
