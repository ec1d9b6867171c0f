import Testing

@testable import FlowFiles

/// The audio of a flow file.
@Suite struct FlowAudioTests {
    private let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        + "/samples/audio/"

    @Test func `each file is converted once, and is told in the order of its first use`() throws {
        var audio = FlowAudio(folder: folder)
        let first = try audio.base64("chime.wav")
        #expect(first.base64.hasPrefix("UklGR") && first.warnings == [])
        #expect(try audio.base64("chime.flac").base64 == first.base64)
        #expect(try audio.base64("chime.wav").base64 == first.base64)
        #expect(audio.converted == ["chime.wav", "chime.flac"])
    }

    @Test func `once there is as much as is allowed, no other file is converted`() throws {
        var audio = FlowAudio(folder: folder)
        let count = try audio.base64("chime.wav").base64.utf8.count
        // So much is there before the last file.
        var enough = FlowAudio(folder: folder, maximumBytes: count + 1)
        var tooLittle = FlowAudio(folder: folder, maximumBytes: count)
        for file in ["chime.wav", "chime.wav", "chime.flac"] { _ = try enough.base64(file) }
        _ = try tooLittle.base64("chime.wav")
        let error = #expect(throws: FlowAudio.Failure.self) { try tooLittle.base64("chime.flac") }
        #expect(error?.reason == "\(folder)chime.flac: the audio of all steps is over 0 MB")
        // What was converted is there still.
        _ = try tooLittle.base64("chime.wav")
        #expect(tooLittle.converted == ["chime.wav"] && enough.converted == ["chime.wav", "chime.flac"])
    }

    @Test func `what is no file is told, and is not waited for`() {
        var audio = FlowAudio(folder: folder)
        let missing = #expect(throws: FlowAudio.Failure.self) { try audio.base64("nosuch.wav") }
        #expect(missing?.reason.contains("nosuch.wav") == true)
        let device = #expect(throws: FlowAudio.Failure.self) { try audio.base64("/dev/zero") }
        #expect(device?.reason == "/dev/zero: is not a file")
        let folder = #expect(throws: FlowAudio.Failure.self) { try audio.base64(".") }
        #expect(folder?.reason.hasSuffix("is not a file") == true)
        #expect(audio.converted == [])
    }
}
