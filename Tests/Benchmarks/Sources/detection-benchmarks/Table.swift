import Measuring

/// Something that is timed.
struct BenchmarkCase {
    /// What a case is there for.
    enum Role { case floor, peer, ours }

    let name: String
    let role: Role
    let body: () -> Int64

    init(_ name: String, _ role: Role, _ body: @escaping () -> Int64) {
        self.name = name
        self.role = role
        self.body = body
    }
}

/// All cases, timed in turn, round by round.
struct Table {
    let text: String

    init(_ cases: [BenchmarkCase], rounds: Int, realTime: Double) {
        var times = [[Double]](repeating: [], count: cases.count)
        var check: Int64 = 0
        for round in 0...rounds {
            for (index, benchmarkCase) in cases.enumerated() {
                var result: Int64 = 0
                let time = ContinuousClock().measure { result = benchmarkCase.body() } / .seconds(1)
                check &+= result
                if round > 0 { times[index].append(time) }
            }
        }
        precondition(check != .min)
        func ratio(_ index: Int, to other: Int) -> String {
            decimal(median(zip(times[other], times[index]).map { $0 / $1 }))
        }
        var lines = ["one hour of 8 kHz audio from memory, one core, median of \(rounds) rounds"]
        let columns = Columns(nameWidth: 40, width: 13)
        lines.append(columns.row("", ["x real time", "speed / sum", "speed / C"]))
        for (index, benchmarkCase) in cases.enumerated() {
            let isPaired = benchmarkCase.role == .ours && index > 0 && cases[index - 1].role == .peer
            lines.append(
                columns.row(
                    benchmarkCase.name,
                    [
                        "\(Int(realTime / median(times[index])))", ratio(index, to: 0),
                        isPaired ? ratio(index, to: index - 1) : "",
                    ]))
        }
        text = lines.joined(separator: "\n")
    }
}
