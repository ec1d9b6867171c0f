import Glibc
import TelephonyAudio
import Testing

@testable import TalkDetection

/// The limits are those of ITU-T Q.24, Table A-1, the column for AT&T.
@Suite("DTMF detector")
struct DTMFDetectorTests {
    private static let keys = "0123456789*#ABCD".compactMap { DTMFKey($0) }
    private static let silence = [Int16](repeating: 0, count: 800)

    private func hear(_ samples: [Int16], chunk: Int = .max) -> [DTMFTone] {
        var detector = DTMFDetector()
        var tones: [DTMFTone] = []
        for start in stride(from: 0, to: samples.count, by: min(chunk, samples.count)) {
            detector.add(samples[start..<min(samples.count, start + min(chunk, samples.count))].span) {
                tones.append($0)
            }
        }
        detector.finish { tones.append($0) }
        return tones
    }

    /// One press, at any place between two windows, with its tones changed.
    private func press(
        _ key: DTMFKey,
        milliseconds: Int,
        low: (hertz: Double, dBm0: Double),
        high: (hertz: Double, dBm0: Double),
        shift: Int
    ) -> [Int16] {
        func tone(_ tone: (hertz: Double, dBm0: Double), _ n: Int) -> Double {
            // A full-scale sine has 3.14 dBm0 (ITU-T G.711).
            32768 * pow(10, (tone.dBm0 - 3.14) / 20) * sin(2 * .pi * tone.hertz * Double(n) / 8000)
        }
        let samples = (0..<(milliseconds * 8)).map { Int16(max(-32768, min(32767, tone(low, $0) + tone(high, $0)))) }
        return Array(Self.silence.dropFirst(shift)) + samples + Self.silence
    }

    private func isHeard(
        _ key: DTMFKey,
        milliseconds: Int = 60,
        detune: Double = 0,
        levels: (low: Double, high: Double) = (-10, -10),
        shift: Int
    ) -> Bool {
        let press = press(
            key,
            milliseconds: milliseconds,
            low: (key.lowFrequency * (1 + detune), levels.low),
            high: (key.highFrequency * (1 + detune), levels.high),
            shift: shift
        )
        return hear(press).map(\.key) == [key]
    }

    @Test("every key is heard, with its time and length to 5 ms", arguments: keys)
    func keysAreHeard(key: DTMFKey) throws {
        for (milliseconds, shift) in [(40, 0), (65, 3), (250, 17), (1000, 39)] {
            let audio = PhoneAudio.dtmf([key], duration: .milliseconds(milliseconds), pause: .zero).samples
            let tone = try #require(hear(Self.silence.dropFirst(shift) + audio + Self.silence).first)
            #expect(tone.key == key)
            #expect(abs((tone.start - Duration(samples: 800 - shift)) / .milliseconds(1)) <= 5)
            #expect(abs((tone.length - .milliseconds(milliseconds)) / .milliseconds(1)) <= 5)
        }
    }

    @Test("40 ms are heard and 23 ms are not, wherever they fall", arguments: keys)
    func durations(key: DTMFKey) {
        for shift in stride(from: 0, to: 40, by: 3) {
            #expect(isHeard(key, milliseconds: 40, shift: shift))
            #expect(!isHeard(key, milliseconds: 23, shift: shift))
        }
    }

    @Test("1.5 % off is heard and 3.5 % off is not", arguments: keys)
    func frequencies(key: DTMFKey) {
        for shift in [0, 13, 27] {
            for sign in [-1.0, 1] {
                #expect(isHeard(key, detune: sign * 0.015, shift: shift))
                #expect(!isHeard(key, detune: sign * 0.035, shift: shift))
            }
        }
    }

    @Test("levels from -25 to 0 dBm0 are heard, and nothing below -35", arguments: keys)
    func levels(key: DTMFKey) {
        for level in [-25.0, -20, -10, -3, 0] { #expect(isHeard(key, levels: (level, level), shift: 5)) }
        #expect(!isHeard(key, levels: (-35, -35), shift: 5))
    }

    @Test("a twist of +4 and -8 dB is heard, and +7 and -11 dB is not", arguments: keys)
    func twist(key: DTMFKey) {
        #expect(isHeard(key, levels: (-12, -8), shift: 9))
        #expect(isHeard(key, levels: (-8, -16), shift: 9))
        #expect(!isHeard(key, levels: (-13, -6), shift: 9))
        #expect(!isHeard(key, levels: (-5, -16), shift: 9))
    }

    @Test("a gap of 10 ms does not divide a tone, one of 40 ms does")
    func gaps() {
        let key = DTMFKey("5")!
        for shift in stride(from: 0, to: 40, by: 3) {
            for (gap, count) in [(10, 1), (40, 2)] {
                let press = PhoneAudio.dtmf([key, key], duration: .milliseconds(60), pause: .milliseconds(gap)).samples
                #expect(
                    hear(Self.silence.dropFirst(shift) + press + Self.silence).map(\.key)
                        == Array(repeating: key, count: count)
                )
            }
        }
    }

    @Test("a number dialled at the shortest times, with noise 15 dB below, is heard whole, in any chunking")
    func number() {
        var random = SplitMix64(seed: 1)
        let clean = PhoneAudio.dtmf(Self.keys, duration: .milliseconds(50), pause: .milliseconds(43)).samples
        // Two tones of -13 dBov each have -10 dBov.
        let amplitude = 32768 * pow(10, -25.0 / 20) * 3.0.squareRoot()
        let noisy = clean.map { Int16(clamping: Int(Double($0) + amplitude * random.uniform())) }
        let tones = hear(noisy)
        #expect(tones.map(\.key) == Self.keys)
        for chunk in [1, 7, 39, 160, 1000] { #expect(hear(noisy, chunk: chunk) == tones) }
    }

    @Test("both laws of G.711 leave the keys as they are", arguments: G711.allCases)
    func coded(law: G711) {
        let audio = PhoneAudio.dtmf(Self.keys, duration: .milliseconds(50), pause: .milliseconds(50)).samples
        #expect(hear(audio.map { law.decode(law.encode($0)) }).map(\.key) == Self.keys)
    }

    @Test("noise, silence and full-scale square waves are no keys")
    func otherSounds() {
        var random = SplitMix64(seed: 2)
        #expect(hear((0..<80_000).map { _ in Int16(clamping: Int(12_000 * random.uniform())) }).isEmpty)
        #expect(hear([Int16](repeating: 0, count: 80_000)).isEmpty)
        #expect(hear([Int16](repeating: -32768, count: 8000)).isEmpty)
        for period in [2, 3, 5, 7, 11] {
            #expect(hear((0..<8000).map { $0 / period % 2 == 0 ? .max : .min }).isEmpty)
        }
    }
}
