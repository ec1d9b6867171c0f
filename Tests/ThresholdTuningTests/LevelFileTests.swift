import TelephonyAudio
import Testing

@testable import ThresholdTuning

/// Level files: what is written is read, in whatever order, and nothing else is.
@Suite struct LevelFileTests {
    private let recordings: [RecordingLevels]
    private let bytes: [UInt8]

    init() {
        var random = SplitMix64(seed: 3)
        recordings = (0..<5).map { index in
            Signal.levels(Signal.random(using: &random), name: "x/\(index).wav", conditions: LineCondition.standard)
        }
        bytes = LevelFile(recordings: recordings).bytes
    }

    @Test("what is written is read")
    func roundTrip() throws {
        let file = try LevelFile(bytes, name: "a")
        #expect(file.recordings == recordings && file.conditions == LineCondition.standard && file.seed == 1)
    }

    @Test(
        "a recording whose name a file can't hold as it is can be read all the same",
        arguments: ["a\nb.wav", String(repeating: "\u{E9}", count: 3000) + "/b.wav"])
    func names(name: String) throws {
        let file = LevelFile(recordings: [recordings[0].named(name), recordings[1]])
        let read = try LevelFile(file.bytes, name: "a").recordings.first { $0.digest == recordings[0].digest }
        #expect(read?.name.hasSuffix("b.wav") == true)
    }

    @Test("the order of recordings does not matter")
    func order() {
        #expect(LevelFile(recordings: recordings.reversed()).bytes == bytes)
    }

    @Test("a file that is cut off anywhere is refused")
    func truncated() {
        for count in [0, 3, 8, 12, 40, bytes.count / 2, bytes.count - 1] {
            #expect(throws: TuningError.self) { try LevelFile(Array(bytes[..<count]), name: "a") }
        }
    }

    @Test("a file in which any byte is another is refused")
    func damaged() {
        var random = SplitMix64(seed: 4)
        for _ in 0..<300 {
            var damaged = bytes
            damaged[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            #expect(throws: TuningError.self) { try LevelFile(damaged, name: "a") }
        }
    }

    /// A file with other numbers, and the digest that belongs to them.
    private func forged(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
        var content = Array(bytes.dropLast(32))
        change(&content)
        return content + ContentDigest(of: content.span.bytes).bytes
    }

    /// Where the first recording begins: after the head and nine conditions.
    private static let first = 8 + 4 + 4 + 8 + 4 + 9 * 8 + 4

    static let forgeries: [(String, @Sendable (inout [UInt8]) -> Void)] = [
        ("version 2", { $0[8] = 2 }),
        ("frames of 80", { $0[12] = 80 }),
        ("0 line conditions", { $0[24] = 0 }),
        ("more conditions than there are bytes", { $0[24] = 64 }),
        ("4294967295 line conditions", { for place in 24..<28 { $0[place] = 255 } }),
        ("out of range", { $0[28] = 100 }),
        ("there twice", { bytes in for place in 0..<8 { bytes[36 + place] = bytes[28 + place] } }),
        ("0 recordings", { for place in (first - 4)..<first { $0[place] = 0 } }),
        ("4294967295 recordings", { for place in (first - 4)..<first { $0[place] = 255 } }),
        ("fewer recordings than there are", { $0[first - 4] = 4 }),
        ("a name of 0 bytes", { $0[first] = 0 }),
        ("a name of 65535 bytes", { ($0[first], $0[first + 1]) = (255, 255) }),
        ("no UTF-8", { $0[first + 2] = 0xFF }),
        ("control characters", { $0[first + 2] = 10 }),
        ("more samples than there are", { $0[first + 2 + 7 + 32 + 2] = 255 }),
        (
            "a recording of 18446744073709551615 samples",
            { for place in 0..<8 { $0[first + 2 + 7 + 32 + place] = 255 } }
        ),
        ("a level over 32768", { $0[first + 2 + 7 + 32 + 8 + 1] = 255 }),
        (
            "a lowest sample over the highest",
            {
                $0[$0.count - 3] = 0x7F; $0[$0.count - 1] = 0x80
            }
        ),
    ]

    @Test("a forged file is refused, in words and at once", arguments: forgeries.indices)
    func hostile(index: Int) {
        let (words, change) = Self.forgeries[index]
        do throws(TuningError) {
            _ = try LevelFile(forged(change), name: "forged.levels")
            Issue.record("accepted: \(words)")
        } catch {
            #expect(error.code == .levels && error.subject == "forged.levels", "\(words): \(error)")
        }
    }

    @Test("the digest is SHA-256")
    func digest() {
        // FIPS 180-2, appendix B, and what sha256sum says of a million letters.
        let expected = [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ]
        for (text, digest) in expected {
            var computation = ContentDigest.Computation()
            // In parts of 77 bytes, so that blocks are cut.
            for part in stride(from: 0, to: text.utf8.count, by: 77) {
                computation.update(Array(text.utf8.dropFirst(part).prefix(77)).span.bytes)
            }
            #expect(computation.finish().text == digest)
        }
    }
}
