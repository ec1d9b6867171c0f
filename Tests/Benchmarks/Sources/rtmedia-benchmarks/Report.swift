import FoundationEssentials

/// What was measured.
struct Report: Codable {
    let rounds: Int
    /// The tools' versions by their names.
    let tools: [String: String]
    var speed: [Comparison] = []
    var memory: [MemoryUse] = []
    var quality: [Quality] = []

    init(rounds: Int, tools: [String: String]) {
        self.rounds = rounds
        self.tools = tools
    }

    /// One object, keys in snake case; times in seconds, memory in bytes.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try! encoder.encode(self), as: UTF8.self)
    }

    /// Aligned tables for people.
    var table: String {
        let versions = Tool.allCases.map { "\($0) \(tools[$0.rawValue] ?? "?")" }
        var parts = [versions.joined(separator: ", ") + "\n"]
        if !speed.isEmpty { parts.append(speedTable) }
        if !memory.isEmpty { parts.append(memoryTable) }
        if !quality.isEmpty { parts.append(qualityTable) }
        return parts.joined(separator: "\n")
    }

    private var speedTable: String {
        var rows = [["", "", "rtmedia", "peer", "ratio", "quartiles", "target", "", "wall", "peer", "ratio"]]
        var title: String?
        for item in speed {
            if item.title != title { rows.append([item.title]) }
            title = item.title
            let (cpu, wall) = (item.cpu, item.wall)
            let quartiles = "\(number(cpu.lowerQuartile))-\(number(cpu.upperQuartile))"
            rows.append(
                ["  \(item.name)", item.peer.rawValue, seconds(cpu.rtmedia), seconds(cpu.peer), number(cpu.median)]
                    + [quartiles, "<= \(item.target)", item.isMet ? "met" : "MISSED"]
                    + [seconds(wall.rtmedia), seconds(wall.peer), number(wall.median)]
            )
        }
        let singleRounds = rounds * SpeedCase.singleFactor
        let counts = "\(rounds) rounds (single: \(singleRounds))"
        return "CPU time, children included, median of \(counts); behind it wall time\n" + aligned(rows)
    }

    private var memoryTable: String {
        let rows = memory.map { use in
            let target = use.target.map { ["< \(megabytes($0))", use.peak < $0 ? "met" : "MISSED"] } ?? []
            return ["  \(use.tool)", "", megabytes(use.peak)] + target
        }
        return "Most memory resident, two hours of WAV\n" + aligned(rows)
    }

    private var qualityTable: String {
        var rows = [
            ["", "", "ripple to 3.4 kHz", "SNR of \(Quality.tone) Hz"]
                + Quality.aliasingTones.map { "alias of \($0) Hz" }
        ]
        for item in quality {
            rows.append(
                ["  \(item.tool)", "", "\(fixed(item.ripple, 3)) dB", "\(fixed(item.signalToNoise, 1)) dB"]
                    + item.aliases.map { "\(fixed($0, 1)) dBFS" }
            )
        }
        return "Quality, tones at 44.1 kHz\n" + aligned(rows)
    }
}

private func seconds(_ value: Double) -> String {
    value < 0.1 ? "\(fixed(value * 1000, 1)) ms" : "\(fixed(value, 2)) s"
}

private func megabytes(_ bytes: Int) -> String { "\(fixed(Double(bytes) / 1e6, 1)) MB" }

private func number(_ ratio: Double) -> String { fixed(ratio, ratio < 0.1 ? 4 : 2) }

/// A number with so many digits behind the point.
private func fixed(_ value: Double, _ digits: Int) -> String {
    let scaled = value * (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    guard let whole = Int(exactly: scaled.rounded()) else { return "\(value)" }
    let text = String(whole.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return (whole < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
}

/// Columns as wide as their widest cell, the first two to the left; a row of one cell is a heading.
private func aligned(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
        rows.filter { $0.count > max(1, column) }.map { $0[column].count }.max() ?? 0
    }
    let lines = rows.map { row in
        guard row.count > 1 else { return row[0] }
        return row.enumerated().map { column, cell in
            let space = String(repeating: " ", count: widths[column] - cell.count)
            return column < 2 ? cell + space : space + cell
        }.joined(separator: "  ")
    }
    return lines.joined(separator: "\n") + "\n"
}
