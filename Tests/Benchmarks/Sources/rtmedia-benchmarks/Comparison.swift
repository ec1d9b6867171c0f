/// rtmedia beside a peer in one case.
struct Comparison: Codable {
    let name: String
    let title: String
    let peer: Tool
    /// User and system time.
    let cpu: Ratio
    let wall: Ratio
    /// What the median ratio of CPU time may be.
    let target: Double
    let isMet: Bool

    init(_ speedCase: SpeedCase, _ peer: Tool, rtmedia: [Usage], peer peers: [Usage]) {
        name = speedCase.name
        title = speedCase.title
        self.peer = peer
        cpu = Ratio(rtmedia.map(\.cpu), peers.map(\.cpu))
        wall = Ratio(rtmedia.map(\.wall), peers.map(\.wall))
        target = speedCase.targets[peer]!
        isMet = cpu.median <= target
    }
}

/// The ratio of two times, taken in pairs: each pair was measured in one round, so a machine that is slow for a while is
/// slow for both.
struct Ratio: Codable {
    let median: Double
    /// The first and the third quartile of the rounds' ratios.
    let lowerQuartile: Double
    let upperQuartile: Double
    /// The median, in seconds.
    let rtmedia: Double
    /// The median, in seconds.
    let peer: Double

    init(_ rtmedia: [Double], _ peers: [Double]) {
        let ratios = zip(rtmedia, peers).map { $0 / $1 }
        median = quantile(0.5, of: ratios)
        lowerQuartile = quantile(0.25, of: ratios)
        upperQuartile = quantile(0.75, of: ratios)
        self.rtmedia = quantile(0.5, of: rtmedia)
        peer = quantile(0.5, of: peers)
    }
}

/// A quantile, interpolated between the two values it lies between.
private func quantile(_ part: Double, of values: [Double]) -> Double {
    let sorted = values.sorted()
    let position = part * Double(sorted.count - 1)
    let index = min(Int(position), sorted.count - 2)
    guard index >= 0 else { return sorted[0] }
    return sorted[index] + (sorted[index + 1] - sorted[index]) * (position - Double(index))
}
