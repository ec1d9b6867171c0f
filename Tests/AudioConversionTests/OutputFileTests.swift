import Files
import Foundation
import Glibc
import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// Samples become a WAV file, or text with one in it, whatever the pieces they come in.
@Suite(.waiting) struct WAVSinkTests {
    let folder = TestFolder()

    /// Writes samples in pieces of some size to a file.
    private func write(_ samples: [Int16], pieces: Int, form: OutputForm, to name: String) throws {
        var sink = try WAVSink(.file(folder(name)), form: form, replacing: true, input: nil)
        for start in stride(from: 0, to: samples.count, by: pieces) {
            try sink.write(Array(samples[start..<min(samples.count, start + pieces)]))
        }
        #expect(!folder.names.contains(name))
        try sink.finish()
    }

    @Test("every form holds the same WAV file", arguments: [1, 2, 7, 32_746, 32_747, 100_003], [100, 8192, 1_000_000])
    func forms(count: Int, pieces: Int) throws {
        let samples = (0..<count).map { Int16(truncatingIfNeeded: $0 &* 257) }
        let wav = PhoneAudio(samples: samples).wav
        let text = Base64.encode(wav.span.bytes)
        try write(samples, pieces: pieces, form: .wav, to: "a.wav")
        #expect(try folder.bytes("a.wav") == wav)
        try write(samples, pieces: pieces, form: .base64, to: "a.b64")
        #expect(try folder.bytes("a.b64") == Array((text + "\n").utf8))
        try write(samples, pieces: pieces, form: .text(before: "{\"audio\":\"", after: "\"}"), to: "a.json")
        #expect(try folder.bytes("a.json") == Array("{\"audio\":\"\(text)\"}".utf8))
        #expect(folder.names == ["a.b64", "a.json", "a.wav"])
    }

    @Test("the target is not the input, by path or by descriptor")
    func input() throws {
        try folder.write([1], to: "a")
        let identity = FileIdentity(path: folder("a"))
        let descriptor = open(folder("a"), O_WRONLY | O_APPEND)
        defer { close(descriptor) }
        for target in [OutputTarget.file(folder("a")), .descriptor(descriptor, name: "standard output")] {
            #expect {
                _ = try WAVSink(target, form: .wav, replacing: true, input: identity)
            } throws: { ($0 as? ConversionError)?.reason.hasPrefix("is the input, which is never overwritten") == true }
        }
        #expect(try folder.bytes("a") == [1])
    }

    @Test("a full device is an error, not a part", arguments: [OutputForm.wav, .base64])
    func full(form: OutputForm) throws {
        var sink = try WAVSink(.file("/dev/full"), form: form, replacing: false, input: nil)
        try sink.write([1, 2, 3])
        #expect(throws: ConversionError(.inputOutput, file: "/dev/full", "writing failed: No space left on device")) {
            try sink.finish()
        }
    }

    @Test("a file that grows between opening and reading is damaged, and what was there can be accepted")
    func growing() throws {
        try folder.write(TestFiles.wav(data: TestFiles.pcm([1, 2, 3])), to: "a.wav")
        for acceptsPartial in [false, true] {
            let source = try ByteSource(.file(folder("a.wav")), limits: ConversionLimits())
            let handle = try #require(FileHandle(forWritingAtPath: folder("a.wav")))
            try handle.seekToEnd()
            try handle.write(contentsOf: [4, 0])
            try handle.close()
            var options = ConversionOptions()
            options.acceptsPartial = acceptsPartial
            var conversion = try Conversion(source, options: options)
            var sink = MemorySink()
            do {
                let report = try conversion.run(into: &sink, progress: nil)
                #expect(acceptsPartial && sink.samples == [1, 2, 3])
                #expect(report.warnings.first?.description.hasPrefix("the file grew while it was read") == true)
            } catch {
                #expect(!acceptsPartial && error.code == .recoverable)
            }
        }
    }
}
