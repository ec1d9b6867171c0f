import FoundationEssentials
import Glibc

/// A program that converts audio.
enum Tool: String, Codable, CaseIterable {
    case rtmedia, sox, ffmpeg
}

/// The programs that are compared, found.
struct Tools {
    private let paths: [Tool: String]

    /// - Parameter rtmedia: the path of the executable to measure; nil for the release build of the package that this one
    ///   is nested in.
    init(rtmedia: String?) throws(BenchmarkError) {
        var paths = [Tool.rtmedia: rtmedia ?? Self.releaseBuild]
        guard access(paths[.rtmedia]!, X_OK) == 0 else {
            throw BenchmarkError(
                unavailable: "there is no \(paths[.rtmedia]!): run 'swift build -c release' in the package's root first"
                    + (rtmedia == nil ? ", or give --rtmedia PATH" : "")
            )
        }
        for peer in [Tool.sox, .ffmpeg] {
            guard let path = Self.find(peer.rawValue) else {
                throw BenchmarkError(
                    unavailable: "\(peer) is not installed: run 'apt-get install \(Material.packages)'"
                )
            }
            paths[peer] = path
        }
        self.paths = paths
    }

    subscript(tool: Tool) -> String { paths[tool]! }

    /// The command line that converts a file to 8000 Hz, 16 bit, mono, as each tool's user would write it.
    func conversion(_ tool: Tool, _ input: String, _ output: String) -> [String] {
        switch tool {
        case .rtmedia: [self[tool], "convert", input, "-o", output, "--force", "--quiet"]
        case .sox: [self[tool], input, "-r", "8000", "-c", "1", "-b", "16", output]
        case .ffmpeg:
            [self[tool], "-nostdin", "-v", "error", "-y", "-i", input]
                + ["-ar", "8000", "-ac", "1", "-c:a", "pcm_s16le", output]
        }
    }

    /// What each tool says that its version is, by the tool's name.
    func versions(in folder: String) throws(BenchmarkError) -> [String: String] {
        var versions: [String: String] = [:]
        for (tool, option) in [(Tool.rtmedia, "--version"), (.sox, "--version"), (.ffmpeg, "-version")] {
            let words = try output(of: [self[tool], option], in: folder).split { $0 == " " || $0 == "\n" }
            versions[tool.rawValue] = words.first { $0.contains(where: \.isNumber) }.map(String.init)
        }
        return versions
    }

    private static var releaseBuild: String {
        // This is Tests/Benchmarks/Sources/rtmedia-benchmarks/Tools.swift.
        let parts = #filePath.split(separator: "/").dropLast(5)
        return "/" + parts.joined(separator: "/") + "/.build/release/rtmedia"
    }

    private static func find(_ program: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return path.split(separator: ":").lazy.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }
}
