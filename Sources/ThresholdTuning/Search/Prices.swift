public import TelephonyAudio

/// What errors and waiting cost.
///
/// The cost of a set of parameters on a recording under one line condition and threshold is
/// - the price of a missed talk, if the recording holds talk and the command would answer 0;
/// - the price of a second, times the time of the decision, if it holds talk and the command would answer TALK;
/// - the price of a false talk, if it holds none and the command would answer TALK;
/// - nothing otherwise.
///
/// The cost on recordings is the mean over all of them, each under every condition and threshold. All is counted in
/// integers, millionths of the unit that prices are given in, so that sums do not depend on their order.
public struct Prices: Sendable, Hashable {
    /// TALK where there is none.
    public let falseTalk: Double
    /// 0 where there is talk.
    public let missed: Double
    /// A second from the beginning of the recording until talk is found.
    public let second: Double

    /// Prices.
    ///
    /// - Parameters:
    ///   - falseTalk: 0...1000.
    ///   - missed: 0...1000.
    ///   - second: 0 or more; sixty must not cost more than a missed talk, or it would be better never to find it.
    /// - Throws: an error that names the option that is out of range.
    public init(falseTalk: Double = 1, missed: Double = 1, second: Double = 0.01) throws(TuningError) {
        for (option, price) in [("cost-false-talk", falseTalk), ("cost-missed", missed)] {
            guard (0...1000).contains(price) else {
                throw TuningError(.usage, "--\(option)", "\(price): must lie in 0...1000")
            }
        }
        guard falseTalk > 0 || missed > 0 else {
            throw TuningError(.usage, "--cost-missed", "0: at least one kind of error must have a price")
        }
        guard second >= 0, second * 60 <= missed else {
            throw TuningError(
                .usage, "--cost-second",
                "\(second): must lie in 0...\((missed / 60 * 1e5).rounded(.down) / 1e5), so that 60 s do not cost more than a missed talk"
            )
        }
        self.falseTalk = falseTalk
        self.missed = missed
        self.second = second
    }

    var falseTalkUnits: Int64 { Int64((falseTalk * 1e6).rounded()) }
    var missedUnits: Int64 { Int64((missed * 1e6).rounded()) }
    /// Of a frame of 20 ms.
    var frameUnits: Int64 { Int64((second * 2e4).rounded(.down)) }
}
