let memoryCaseName = "memory"
let qualityCaseName = "quality"

/// Something that each tool converts, and how much of a peer's CPU time rtmedia may take for it.
struct SpeedCase: Sendable {
    let name: String
    let title: String
    /// Per peer, the ratio of rtmedia's CPU time to its.
    let targets: [Tool: Double]
    /// Rounds in place of one: more for what takes milliseconds.
    var roundFactor = 1
    /// Per tool, how many times over what it runs counts; 1 where it is not told.
    var scale: [Tool: Double] = [:]
    /// The command lines of a tool, run one after another.
    let commands: @Sendable (Tool, Material) throws(BenchmarkError) -> [[String]]

    var tools: [Tool] { Tool.allCases.filter { $0 == .rtmedia || targets[$0] != nil } }

    static let singleFactor = 20

    static let all = [
        SpeedCase("wav", "10 minutes of WAV, 44.1 kHz, 16 bit", [.sox: 0.25, .ffmpeg: 0.333]) {
            material throws(BenchmarkError) in try material.wav()
        },
        SpeedCase("flac", "10 minutes of FLAC, 48 kHz, 24 bit", [.sox: 0.55, .ffmpeg: 0.75]) {
            material throws(BenchmarkError) in try material.flac()
        },
        SpeedCase("mp3", "10 minutes of MP3, 44.1 kHz, 192 kbit/s", [.sox: 0.45, .ffmpeg: 0.80]) {
            material throws(BenchmarkError) in try material.mp3()
        },
        SpeedCase("opus", "10 minutes of Opus, 48 kHz, 96 kbit/s", [.ffmpeg: 1.0]) {
            material throws(BenchmarkError) in try material.opus()
        },
        SpeedCase("single", "one file of 3 seconds", [.sox: 1.0], roundFactor: singleFactor) {
            material throws(BenchmarkError) in try "\(material.shortFiles())/\(Material.shortFileName(0))"
        },
        folder,
        SpeedCase("m4a", "one M4A file of 3 seconds", [.ffmpeg: 1.0], roundFactor: 2) {
            material throws(BenchmarkError) in
            try "\(material.shortFiles(ending: "m4a"))/\(Material.shortFileName(0, ending: "m4a"))"
        },
        m4aFolder,
    ]

    private static let folder = SpeedCase(
        folder: "folder", "500 files of 3 seconds, rtmedia in one call (ffmpeg: 50 files, times 10)", ending: "wav",
        [.sox: 0.2, .ffmpeg: 0.01])

    private static let m4aFolder = SpeedCase(
        folder: "m4a-folder", "500 M4A files of 3 seconds, rtmedia in one call (ffmpeg: 50 files, times 10)",
        ending: "m4a", [.ffmpeg: 0.2])
}

extension SpeedCase {
    /// A case with one file.
    private init(
        _ name: String,
        _ title: String,
        _ targets: [Tool: Double],
        roundFactor: Int = 1,
        input: @escaping @Sendable (Material) throws(BenchmarkError) -> String
    ) {
        self.init(name: name, title: title, targets: targets, roundFactor: roundFactor) {
            tool,
            material throws(BenchmarkError) in
            [material.tools.conversion(tool, try input(material), material.path("out-\(tool).wav"))]
        }
    }

    /// Short files of one kind: one call of rtmedia beside a process per file.
    private init(folder name: String, _ title: String, ending: String, _ targets: [Tool: Double]) {
        self.init(name: name, title: title, targets: targets, scale: [.ffmpeg: 10]) {
            tool,
            material throws(BenchmarkError) in
            let inputs = try material.shortFiles(ending: ending)
            let outputs = try material.outputFolder()
            if tool == .rtmedia { return [material.tools.conversion(tool, inputs, outputs)] }
            return (0..<(tool == .ffmpeg ? 50 : Material.shortFileCount)).map { index in
                let input = "\(inputs)/\(Material.shortFileName(index, ending: ending))"
                return material.tools.conversion(tool, input, "\(outputs)/\(Material.shortFileName(index))")
            }
        }
    }

    /// Runs the tools in turn, in each round in the opposite order of the one before, and compares them round by round.
    ///
    /// The first round is not counted: it brings files and programs into memory.
    func measure(_ material: Material, rounds: Int) throws(BenchmarkError) -> [Comparison] {
        var usages: [Tool: [Usage]] = [:]
        let rounds = rounds * roundFactor
        for round in 0...rounds {
            for tool in round.isMultiple(of: 2) ? tools : tools.reversed() {
                let commands = try commands(tool, material)
                Progress.show("\(name): round \(round) of \(rounds), \(tool)")
                let used = try usage(of: commands, in: material.folder) * (scale[tool] ?? 1)
                if round > 0 { usages[tool, default: []].append(used) }
            }
        }
        return tools.dropFirst().map { peer in
            Comparison(self, peer, rtmedia: usages[.rtmedia]!, peer: usages[peer]!)
        }
    }
}

/// The most memory that each tool held while it converted two hours of audio.
struct MemoryUse: Codable {
    let tool: Tool
    /// In bytes, resident.
    let peak: Int
    /// What rtmedia must stay under, in bytes.
    let target: Int?

    static let target = 16_000_000
}

func measureMemory(_ material: Material) throws(BenchmarkError) -> [MemoryUse] {
    var uses: [MemoryUse] = []
    let input = try material.twoHours()
    for tool in Tool.allCases {
        Progress.show("memory: \(tool)")
        let command = material.tools.conversion(tool, input, material.path("out-\(tool).wav"))
        let peak = try Child(command, folder: material.folder).waitForPeakMemory()
        uses.append(MemoryUse(tool: tool, peak: peak, target: tool == .rtmedia ? MemoryUse.target : nil))
    }
    return uses
}
