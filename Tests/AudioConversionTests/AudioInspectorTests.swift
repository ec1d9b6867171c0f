import Glibc
import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// What an inspection measures, finds and advises.
@Suite(.waiting) struct AudioInspectorTests {
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

    @Test("what is as it should be is measured, and nothing is found")
    func good() throws {
        let inspection = try inspect(Self.tone)
        #expect(inspection.findings.isEmpty)
        #expect(inspection.container == "WAV" && inspection.encoding == "16-bit PCM")
        #expect(inspection.sampleRate == 8000 && inspection.channels == 1 && inspection.duration == .milliseconds(500))
        #expect(abs(try #require(inspection.peak) + 23) < 0.05)
        #expect(abs(try #require(inspection.activeLevel).dBov + 26) < 0.3)
        #expect(abs(inspection.offset) < 1e-4 && inspection.clippedRuns == 0)
        #expect(inspection.base64ByteCount == (44 + 8000 + 2) / 3 * 4)
    }

    @Test("digital silence has no peak and no level, and that is no problem")
    func silence() throws {
        let inspection = try inspect([Int16](repeating: 0, count: 800))
        #expect(inspection.findings.isEmpty && inspection.peak == nil && inspection.activeLevel == nil)
    }

    private func layout(_ bytes: [UInt8]) throws -> WAVLayout { try #require(try inspect(bytes).wav) }

    @Test("a WAV file is told by its layout, another by none")
    func layouts() throws {
        let plain = try layout(PhoneAudio(samples: Self.tone).wav)
        #expect(plain.isRIFF && plain.byteCount == 8044 && plain.statedSize == 8036)
        #expect(plain.format == Array(WAVHeader(sampleCount: 4000).bytes[20..<36]))
        #expect(plain.chunks.map(\.name) == ["fmt ", "data"] && plain.chunks.map(\.start) == [20, 44])
        #expect(plain.chunks.map(\.size) == [16, 8000])
        #expect(try layout(TestFiles.wav(tag: 6, bits: 8, data: [1, 2])).format.prefix(2) == [6, 0])
        let data = TestFiles.pcm([1, 2])
        let chunk = try layout(TestFiles.wav(data: data, before: Array("LIST".utf8) + [2, 0, 0, 0, 1, 2]))
        #expect(chunk.chunks.map(\.name) == ["fmt ", "LIST", "data"])
        for claimed in [9000, 0xFFFF_FFFF] as [UInt32] {
            #expect(try layout(TestFiles.wav(data: data, claimed: claimed)).chunks.last?.size == Int(claimed))
        }
    }

    @Test("the layout of base64 is that of what it holds")
    func base64() throws {
        let wav = PhoneAudio(samples: Self.tone).wav
        #expect(try layout(Array(Base64.encode(wav.span.bytes).utf8)) == layout(wav))
    }

    @Test("damage is a problem, told as what was recovered")
    func damage() throws {
        let inspection = try inspect(TestFiles.wav(data: TestFiles.pcm(Self.tone), claimed: 9000))
        #expect(texts(inspection, .problem).last?.hasPrefix("the file ends 1000 bytes early") == true)
        let defect = "the file ends 1000 bytes early; the header promises 9000 bytes of audio"
        #expect(inspection.findings.contains(.warning(.damaged(defect: defect, recovered: .milliseconds(500)))))
    }

    @Test("how it sounds is advice")
    func sound() throws {
        let quiet = try inspect(Self.tone.map { $0 / 8 })
        #expect(texts(quiet, .advice) == ["its active speech level is -43.9 dBov; -26 dBov is usual"])
        #expect(quiet.findings.count == 1)
        let offCentre = try inspect(Self.tone.map { $0 + 500 })
        #expect(texts(offCentre, .advice).first?.hasPrefix("its samples have a DC offset of 500,") == true)
        #expect(offCentre.findings.contains(.offCentre(500)))
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
}
