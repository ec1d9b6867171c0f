/// How long something takes: the median of rounds, each of which is many times as long as the clock is exact.
struct Measurement {
    let name: String
    let body: () -> Int
    private var rounds: [Double] = []

    init(_ name: String, _ body: @escaping () -> Int) {
        self.name = name
        self.body = body
    }

    /// Seconds.
    var median: Double { rounds.sorted()[rounds.count / 2] }

    /// Measures in turn, so that what else the machine does strikes all alike.
    static func run(_ measurements: inout [Measurement], rounds: Int, repeats: Int) {
        var check = 0
        for round in 0...rounds {
            for index in measurements.indices {
                let time = ContinuousClock().measure {
                    for _ in 0..<repeats { check &+= measurements[index].body() }
                }
                if round > 0 { measurements[index].rounds.append(time / .seconds(1) / Double(repeats)) }
            }
        }
        precondition(check != .min)
    }
}
