extension Duration {
    /// The time that so many samples take at 8000 Hz: 125 microseconds each.
    package init(samples: Int) { self = .microseconds(samples * 125) }

    /// The whole samples that this time takes at 8000 Hz.
    package var samples: Int { Int(self / .microseconds(125)) }

    /// The samples that this time takes at 8000 Hz, of a time that is not negative.
    package func samples(_ rule: FloatingPointRoundingRule) -> Int {
        let period = 125_000_000_000_000.0
        return Int(components.seconds) * 8000 + Int((Double(components.attoseconds) / period).rounded(rule))
    }
}
