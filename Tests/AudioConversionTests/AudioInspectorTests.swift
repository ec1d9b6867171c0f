import Glibc
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// What an inspection measures, finds and advises.
@Suite struct AudioInspectorTests {
    private func inspect(_ samples: [Int16]) throws -> Inspection { try inspect(PhoneAudio(samples: samples).wav) }

    private func inspect(_ bytes: [UInt8], name: String = "test") throws -> Inspection {
        try AudioInspector().inspect(.bytes(bytes, name: name))
    }

    private func texts(_ inspection: Inspection, _ severity: Inspection.Finding.Severity) -> [String] {
        inspection.findings.filter { $0.severity == severity }.map(\.description)
    }

    /// Half a second at the usual level: a sine of -26 dBov.
    private static let tone = TestFiles.sine(
        440, amplitude: 32_768 * pow(10, -26.0 / 20) * 2.0.squareRoot(), count: 4000)

    @Test("what is as it should be is measured, accepted and left alone")
    func good() throws {
        let inspection = try inspect(Self.tone)
        #expect(inspection.isAccepted && inspection.findings.isEmpty)
        #expect(inspection.container == "WAV" && inspection.encoding == "16-bit PCM")
        #expect(inspection.sampleRate == 8000 && inspection.channels == 1 && inspection.duration == .milliseconds(500))
        #expect(abs(try #require(inspection.peak) + 23) < 0.05)
        #expect(abs(try #require(inspection.activeLevel).dBov + 26) < 0.3)
        #expect(abs(inspection.offset) < 1e-4 && inspection.clippedRuns == 0)
        #expect(inspection.payloadByteCount == (44 + 8000 + 2) / 3 * 4)
    }

    @Test("digital silence has no peak and no level, and that is no problem")
    func silence() throws {
        let inspection = try inspect([Int16](repeating: 0, count: 800))
        #expect(inspection.isAccepted && inspection.peak == nil && inspection.activeLevel == nil)
    }

    @Test(
        "every flaw of a header is a problem",
        arguments: [
            (TestFiles.wav(channels: 2, data: TestFiles.pcm([1, 2])), ["it has 2 channels, not 1"]),
            (TestFiles.wav(rate: 16_000, data: TestFiles.pcm([1, 2])), ["its rate is 16000 Hz, not 8000 Hz"]),
            (TestFiles.wav(tag: 6, bits: 8, data: [1, 2]), ["its samples are A-law, not 16-bit PCM"]),
            (
                TestFiles.wav(channels: 2, rate: 44_100, bits: 24, data: .init(repeating: 1, count: 600)),
                [
                    "its samples are 24-bit PCM, not 16-bit PCM", "its rate is 44100 Hz, not 8000 Hz",
                    "it has 2 channels, not 1",
                ]
            ),
            (
                TestFiles.wav(data: TestFiles.pcm([1, 2]), before: Array("LIST".utf8) + [2, 0, 0, 0, 1, 2]),
                ["it has chunks besides the audio (LIST), which some players play as clicks"]
            ),
            (
                TestFiles.wav(data: TestFiles.pcm([1, 2]), after: [1, 2]),
                ["2 bytes follow the audio, which some players play as clicks"]
            ),
            (
                TestFiles.wav(data: TestFiles.pcm([1, 2]), claimed: 0xFFFF_FFFF),
                ["the sizes in its header are not true"]
            ),
        ])
    func header(bytes: [UInt8], problems: [String]) throws {
        let inspection = try inspect(bytes)
        #expect(!inspection.isAccepted && texts(inspection, .problem) == problems)
    }

    @Test("base64 is judged by what it holds")
    func base64() throws {
        let good = PhoneAudio(samples: Self.tone).wav
        #expect(try inspect(Array(Base64.encode(good.span.bytes).utf8)).isAccepted)
        let bad = TestFiles.wav(channels: 2, data: TestFiles.pcm(Self.tone))
        #expect(texts(try inspect(Array(Base64.encode(bad.span.bytes).utf8)), .problem) == ["it has 2 channels, not 1"])
    }

    @Test("damage is a problem, told as what was recovered")
    func damage() throws {
        let inspection = try inspect(TestFiles.wav(data: TestFiles.pcm(Self.tone), claimed: 9000))
        #expect(texts(inspection, .problem).last?.hasPrefix("the file ends 1000 bytes early") == true)
        let defect = "the file ends 1000 bytes early; the header promises 9000 bytes of audio"
        #expect(inspection.findings.contains(.warning(.damaged(defect: defect, recovered: .milliseconds(500)))))
    }

    @Test("a recording that was never closed has no chunks but its own", arguments: [0, 0xFFFF_FFFF] as [UInt32])
    func neverClosed(claimed: UInt32) throws {
        let inspection = try inspect(TestFiles.wav(data: TestFiles.pcm(Self.tone), claimed: claimed))
        #expect(texts(inspection, .problem).first == "the sizes in its header are not true")
    }

    @Test("how it sounds is advice, which does not keep a file from being accepted")
    func sound() throws {
        let quiet = try inspect(Self.tone.map { $0 / 8 })
        #expect(texts(quiet, .advice) == ["its active speech level is -43.9 dBov; -26 dBov is usual"])
        #expect(quiet.isAccepted && quiet.findings.count == 1)
        let offCentre = try inspect(Self.tone.map { $0 + 500 })
        #expect(texts(offCentre, .advice).first?.hasPrefix("its samples are off centre by 500,") == true)
        #expect(offCentre.isAccepted && offCentre.findings.contains(.offCentre(500)))
        let late = try inspect([Int16](repeating: 0, count: 4800) + Self.tone + [Int16](repeating: 0, count: 800))
        #expect(texts(late, .advice).first?.hasPrefix("it has 0.6 s of silence before and 0.1 s after") == true)
        #expect(late.findings == [.silence(leading: .milliseconds(600), trailing: .milliseconds(100))])
        #expect(late.leadingSilence == .milliseconds(600) && late.trailingSilence == .milliseconds(100))
    }

    @Test("three samples at full scale are clipping, two are not")
    func clipping() throws {
        func runs(_ length: Int) throws -> Int {
            let plateau = [Int16](repeating: .max, count: length)
            return try inspect(Self.tone + plateau + Self.tone + plateau.map { -1 - $0 } + Self.tone).clippedRuns
        }
        #expect(try runs(2) == 0 && runs(3) == 2 && runs(300) == 2)
    }

    @Test("a minute is warned of, since it may come too late")
    func payload() throws {
        let minute = (0..<120).flatMap { _ in Self.tone }
        #expect(texts(try inspect(minute), .advice).first?.hasPrefix("as play_wav_data it is 1.2 MB") == true)
    }
}
