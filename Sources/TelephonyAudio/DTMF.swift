import RealModule

/// A key of a telephone, and the two tones it sends (ITU-T Q.23).
public struct DTMFKey: Sendable, Hashable, CustomStringConvertible {
    /// The frequencies of the rows, in hertz.
    public static let rows = [697.0, 770, 852, 941]
    /// The frequencies of the columns, in hertz.
    public static let columns = [1209.0, 1336, 1477, 1633]
    private static let characters = Array("123A456B789C*0#D")

    /// 0...15: the row times 4, and the column.
    let index: Int

    /// A key by its character, one of `0123456789*#ABCD`; nil for any other.
    public init?(_ character: Character) {
        guard let index = Self.characters.firstIndex(of: character) else { return nil }
        self.index = index
    }

    /// The key where a row and a column meet.
    ///
    /// - Precondition: both lie in 0...3.
    public init(row: Int, column: Int) {
        precondition(
            (0...3).contains(row) && (0...3).contains(column),
            "there is no key in row \(row), column \(column)"
        )
        index = row * 4 + column
    }

    /// What is printed on the key.
    public var character: Character { Self.characters[index] }
    /// The lower frequency, in hertz.
    public var lowFrequency: Double { Self.rows[index / 4] }
    /// The higher frequency, in hertz.
    public var highFrequency: Double { Self.columns[index % 4] }
    /// The character.
    public var description: String { String(character) }
}

extension PhoneAudio {
    /// The tones of keys, each followed by a pause.
    ///
    /// - Parameters:
    ///   - keys: pressed one after another.
    ///   - duration: how long each lasts; the platform's `send_dtmf` takes 1...5000 ms.
    ///   - pause: silence after each; the platform's `send_dtmf` takes 0...10000 ms between tones.
    ///   - level: of each of the two tones; -13 dBov (-7 dBm0) unless given. Above -9 dBov they would be clamped.
    /// - Returns: the tones, phase-continuous from zero, with edges of 2 ms that keep clicks away.
    public static func dtmf(
        _ keys: [DTMFKey],
        duration: Duration,
        pause: Duration,
        level: Level = Level(dBov: -13)
    ) -> PhoneAudio {
        let toneLength = duration.samples
        let silence = [Int16](repeating: 0, count: pause.samples)
        let amplitude = level.rootMeanSquare * 2.0.squareRoot() * 32768
        return PhoneAudio(
            samples: keys.flatMap { key in
                (0..<toneLength).map { n -> Int16 in
                    let time = Double(n) / Double(sampleRate)
                    let edge = min(1, Double(min(n + 1, toneLength - n)) / 16)
                    let sum = Double.sin(2 * .pi * key.lowFrequency * time) + .sin(2 * .pi * key.highFrequency * time)
                    return Int16(max(-32768, min(32767, (amplitude * edge * sum).rounded())))
                } + silence
            }
        )
    }
}
