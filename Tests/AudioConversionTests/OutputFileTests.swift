import Foundation
import Glibc
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// A temporary folder of a test's own; it goes with its owner.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/rtmedia-test.XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in it.
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// What is in it, hidden files too.
    var names: [String] { try! FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: self(name))) }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: self(name)))) }
}

/// A file appears under its name whole or not at all.
@Suite struct AtomicFileTests {
    let folder = TemporaryFolder()

    private func write(_ bytes: [UInt8], to file: AtomicFile) -> Bool {
        bytes.withUnsafeBytes { file.file.write($0) }
    }

    @Test("a link is kept, and what it leads to is written, even if there is nothing yet")
    func links() throws {
        symlink("other", folder("link"))
        for content in [[1, 2], [3]] as [[UInt8]] {
            try AtomicFile.write(content, to: folder("link"), replacing: true)
            #expect(try folder.bytes("other") == content)
        }
        #expect(folder.names == ["link", "other"])
        symlink("link", folder("second"))
        let error = #expect(throws: ConversionError.self) {
            try AtomicFile.write([4], to: folder("second"), replacing: false)
        }
        #expect(error?.file == folder("second") && error?.code == .exists)
    }

    @Test("a file has no name until it is complete")
    func appears() throws {
        let file = try AtomicFile(folder("a"))
        #expect(write([1, 2, 3], to: file))
        #expect(folder.names.isEmpty)
        #expect(try file.commit(replacing: false) == false)
        #expect(folder.names == ["a"])
        #expect(try folder.bytes("a") == [1, 2, 3])
    }

    @Test("a file that is given up leaves nothing")
    func abandoned() throws {
        do {
            let file = try AtomicFile(folder("a"))
            #expect(write([1, 2, 3], to: file))
        }
        #expect(folder.names.isEmpty)
    }

    @Test(
        "the same content is there already, whether or not it takes several reads", arguments: [0, 3, 1 << 16, 200_001])
    func same(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try folder.write(bytes, to: "a")
        let file = try AtomicFile(folder("a"))
        #expect(write(bytes, to: file))
        #expect(try file.commit(replacing: false))
        #expect(folder.names == ["a"])
    }

    @Test(
        "other content is replaced only if that is asked for",
        arguments: [[9, 2, 3], [1, 2, 9], [1, 2], [1, 2, 3, 4], []] as [[UInt8]])
    func other(content: [UInt8]) throws {
        try folder.write(content, to: "a")
        let file = try AtomicFile(folder("a"))
        #expect(write([1, 2, 3], to: file))
        #expect {
            _ = try file.commit(replacing: false)
        } throws: { ($0 as? ConversionError)?.reason == "exists already, with other content" }
        #expect(try folder.bytes("a") == content)
        #expect(try file.commit(replacing: true) == false)
        #expect(try folder.bytes("a") == [1, 2, 3])
        #expect(folder.names == ["a"])
    }

    @Test("a name as long as names may be is replaced", arguments: ["n", "日"])
    func longName(character: String) throws {
        let name = String(repeating: character, count: 255 / character.utf8.count)
        try folder.write([9], to: name)
        let file = try AtomicFile(folder(name))
        #expect(write([1, 2, 3], to: file))
        #expect(try file.commit(replacing: true) == false)
        #expect(folder.names == [name])
    }

    @Test("a folder in the way is not replaced, and nothing is left beside it")
    func directory() throws {
        mkdir(folder("a"), 0o777)
        do {
            let file = try AtomicFile(folder("a"))
            #expect(write([1], to: file))
            #expect(throws: ConversionError(.cannotCreate, file: folder("a"), "can't be replaced: Is a directory")) {
                try file.commit(replacing: true)
            }
        }
        #expect(folder.names == ["a"])
    }

    @Test("a folder that is not there is told")
    func noFolder() {
        #expect(
            throws: ConversionError(.cannotCreate, file: folder("b/a"), "can't be created: No such file or directory")
        ) {
            try AtomicFile(folder("b/a"))
        }
    }

    @Test("pipes, devices and open descriptors are streams, files and what is not there are none")
    func streams() throws {
        mkfifo(folder("pipe"), 0o666)
        try folder.write([], to: "file")
        for path in [folder("pipe"), "/dev/null", "/dev/full", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
            #expect(AtomicFile.isStream(path), "\(path)")
        }
        for path in [folder("file"), folder("nothing"), folder.path, ""] {
            #expect(!AtomicFile.isStream(path), "\(path)")
        }
    }
}

/// Samples become a WAV file, or text with one in it, whatever the pieces they come in.
@Suite struct WAVSinkTests {
    let folder = TemporaryFolder()

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
        try write(samples, pieces: pieces, form: .command, to: "a.json")
        let response =
            #"{"command":"play_wav_data","command_id":1,"params":{"audio_data":""# + text + "\"},\"variables\":{}}\n"
        #expect(try folder.bytes("a.json") == Array(response.utf8))
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

    @Test("a full device is an error, not a part", arguments: OutputForm.allCases)
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
