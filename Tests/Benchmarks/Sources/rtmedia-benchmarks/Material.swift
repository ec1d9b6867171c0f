import FoundationEssentials
import Glibc

/// The audio that is converted, in a temporary folder: each piece is made when it is first asked for.
///
/// Ten minutes of Debian's hold music on one side and its telephone prompts on the other, mixed into each other as in a
/// recording, over pink noise, so that there is something in the whole band.
final class Material {
    /// The Debian packages with what is needed here.
    static let packages = "sox libsox-fmt-mp3 ffmpeg asterisk-moh-opsound-wav asterisk-core-sounds-en-wav"

    static let shortFileCount = 500

    let tools: Tools
    let folder: String
    private var made: Set<String> = []

    init(_ tools: Tools) throws(BenchmarkError) {
        self.tools = tools
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/rtmedia-benchmarks.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw BenchmarkError(failed: "can't make a folder in \(parent): \(String(cString: strerror(errno)))")
        }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// The path of a file in the folder, whether it is there or not.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Ten minutes of stereo, 44.1 kHz, 16 bit.
    func wav() throws(BenchmarkError) -> String {
        try make("ten.wav") { path throws(BenchmarkError) in try sox([master(), "-b", "16", path]) }
    }

    /// Ten minutes of stereo, 48 kHz, 24 bit.
    func flac() throws(BenchmarkError) -> String {
        try make("ten.flac") { path throws(BenchmarkError) in try sox([master(), "-r", "48000", path]) }
    }

    /// Ten minutes of stereo, 44.1 kHz, 192 kbit/s.
    func mp3() throws(BenchmarkError) -> String {
        try make("ten.mp3") { path throws(BenchmarkError) in
            try ffmpeg(["-i", master(), "-c:a", "libmp3lame", "-b:a", "192k", path])
        }
    }

    /// Ten minutes of stereo, 48 kHz, 96 kbit/s.
    func opus() throws(BenchmarkError) -> String {
        try make("ten.opus") { path throws(BenchmarkError) in
            try ffmpeg(["-i", master(), "-ar", "48000", "-c:a", "libopus", "-b:a", "96k", path])
        }
    }

    /// Two hours of stereo, 44.1 kHz, 16 bit: the ten minutes, repeated.
    func twoHours() throws(BenchmarkError) -> String {
        try make("two-hours.wav") { path throws(BenchmarkError) in
            try require(gigabytes: 1.5)
            try sox([wav(), path, "repeat", "11"])
        }
    }

    /// A folder with three seconds each from all over the ten minutes, named by ``shortFileName(_:)``.
    func shortFiles() throws(BenchmarkError) -> String {
        try make("short") { path throws(BenchmarkError) in
            guard mkdir(path, 0o700) == 0 else { throw BenchmarkError(failed: "can't make \(path)") }
            for index in 0..<Self.shortFileCount {
                let start = Double(index) * 597 / Double(Self.shortFileCount)
                try sox([wav(), "\(path)/\(Self.shortFileName(index))", "trim", "\(start)", "3"])
            }
        }
    }

    /// The same as files of another kind, by ffmpeg's defaults.
    func shortFiles(ending: String) throws(BenchmarkError) -> String {
        let sources = try shortFiles()
        guard ending != "wav" else { return sources }
        return try make("short-\(ending)") { path throws(BenchmarkError) in
            guard mkdir(path, 0o700) == 0 else { throw BenchmarkError(failed: "can't make \(path)") }
            for index in 0..<Self.shortFileCount {
                let output = "\(path)/\(Self.shortFileName(index, ending: ending))"
                try ffmpeg(["-i", "\(sources)/\(Self.shortFileName(index))", output])
            }
        }
    }

    /// An empty folder at first, for what is made of the short files.
    func outputFolder() throws(BenchmarkError) -> String {
        try make("out") { path throws(BenchmarkError) in mkdir(path, 0o700) }
    }

    static func shortFileName(_ index: Int, ending: String = "wav") -> String {
        let digits = String(index)
        return String(repeating: "0", count: 3 - digits.count) + digits + ".\(ending)"
    }

    /// What the rest is made from: 24 bits.
    private func master() throws(BenchmarkError) -> String {
        try make("master.wav") { path throws(BenchmarkError) in
            try require(gigabytes: 1)
            let (music, prompts) = (self.path("music.wav"), self.path("prompts.wav"))
            let (stereo, noise) = (self.path("stereo.wav"), self.path("noise.wav"))
            let tenMinutes = ["gain", "-6", "rate", "44100", "trim", "0", "600"]
            try sox(sounds("moh") + ["-b", "24", music] + tenMinutes)
            try sox(sounds("sounds/en_US_f_Allison") + ["-b", "24", prompts] + tenMinutes)
            try sox(["-M", music, prompts, stereo, "remix", "1v0.7,2v0.3", "1v0.3,2v0.7"])
            try sox(["-r", "44100", "-c", "2", "-b", "24", "-n", noise, "synth", "600", "pinknoise", "gain", "-20"])
            try sox(["-m", "-v", "0.9", stereo, "-v", "0.9", noise, path])
            for part in [music, prompts, stereo, noise] { unlink(part) }
        }
    }

    /// The recordings of a Debian package in a folder of Asterisk's.
    private func sounds(_ name: String) throws(BenchmarkError) -> [String] {
        let folder = "/usr/share/asterisk/\(name)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let sounds = names.filter { $0.hasSuffix(".wav") }.sorted().map { "\(folder)/\($0)" }
        guard !sounds.isEmpty else {
            throw BenchmarkError(unavailable: "no audio in \(folder): run 'apt-get install \(Self.packages)'")
        }
        return sounds
    }

    private func make(
        _ name: String,
        with recipe: (String) throws(BenchmarkError) -> Void
    ) throws(BenchmarkError) -> String {
        let path = path(name)
        guard made.insert(name).inserted else { return path }
        Progress.show("making \(name)")
        try recipe(path)
        return path
    }

    /// Repeatable: the same noise and dither each time.
    private func sox(_ arguments: [String]) throws(BenchmarkError) {
        try Child([tools[.sox], "-R"] + arguments, folder: folder).wait()
    }

    private func ffmpeg(_ arguments: [String]) throws(BenchmarkError) {
        try Child([tools[.ffmpeg], "-nostdin", "-v", "error", "-y"] + arguments, folder: folder).wait()
    }

    private func require(gigabytes: Double) throws(BenchmarkError) {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return }
        let free = Double(status.f_bavail) * Double(status.f_frsize)
        if free < gigabytes * 1e9 {
            throw BenchmarkError(
                failed: "\(folder) needs \(gigabytes) GB of free space: set TMPDIR to a folder on a larger disk"
            )
        }
    }
}
