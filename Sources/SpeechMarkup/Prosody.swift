/// How a part of a text is spoken, compared to the whole.
package struct Prosody: Sendable, Hashable {
    /// Factors of the words per minute, the frequency, its movement, and the amplitude.
    package var rate = 1.0, pitch = 1.0, range = 1.0, volume = 1.0

    /// As the text is.
    package static let unchanged = Prosody()

    /// What is spoken within another part.
    func within(_ outer: Prosody) -> Prosody {
        var both = self
        both.rate = min(max(rate * outer.rate, 0.1), 10)
        both.pitch = min(max(pitch * outer.pitch, 0.01), 100)
        both.range = min(range * outer.range, 10)
        both.volume = min(volume * outer.volume, 10)
        return both
    }

    /// What emphasis is: the engine's own clips.
    static func emphasis(_ level: String) -> Prosody {
        switch level {
        case "strong": Prosody(rate: 0.8, pitch: 1.12, range: 1.3, volume: 1.6)
        case "moderate": Prosody(rate: 0.9, pitch: 1.06, range: 1.15, volume: 1.25)
        case "reduced": Prosody(rate: 1.1, pitch: 0.97, range: 0.8, volume: 0.6)
        default: .unchanged
        }
    }

    /// The attributes that the engine is told, all of them as numbers.
    ///
    /// - Parameters:
    ///   - base: the pitch of the text, 0...99.
    ///   - loudest: what the volumes of a text are divided by, 1 or more.
    func attributes(base: Int, loudest: Double) -> String {
        var text = ""
        func whole(_ value: Double, _ range: ClosedRange<Double>) -> Int {
            Int(min(max(value.rounded(), range.lowerBound), range.upperBound))
        }
        if rate != 1 { text += " rate=\"\(whole(rate * 100, 10...1000))%\"" }
        if pitch != 1 { text += " pitch=\"\(whole(Self.pitch(base, times: pitch), 0...99))\"" }
        if range != 1 { text += " range=\"\(whole(range * 50, 0...99))\"" }
        let volume = volume / loudest
        if volume != 1 { text += " volume=\"\(whole(volume * 100, 0...100))\"" }
        return text
    }

    /// The engine's pitch for a frequency: 72 steps an octave above its middle, 100 below it (measured with espeak-ng 1.51).
    private static func pitch(_ base: Int, times factor: Double) -> Double {
        // The logarithm to base 2, by halving.
        var (octaves, rest, step) = (0.0, factor, 0.5)
        while rest >= 2 { (rest, octaves) = (rest / 2, octaves + 1) }
        while rest < 1 { (rest, octaves) = (rest * 2, octaves - 1) }
        for _ in 0..<24 {
            rest *= rest
            if rest >= 2 { (rest, octaves) = (rest / 2, octaves + step) }
            step /= 2
        }
        return Double(base) + octaves * (octaves > 0 ? 72 : 100)
    }
}
