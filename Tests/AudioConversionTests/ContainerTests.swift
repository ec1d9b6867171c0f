import TestSupport
import Testing

@testable import AudioConversion

/// The table of containers, and how they are recognised.
@Suite(.waiting) struct ContainerTests {
    @Test("every container has a name, and a demuxer where ffmpeg reads it", arguments: Container.allCases)
    func complete(container: Container) {
        #expect(!container.name.isEmpty)
        switch container.decoder {
        case .ffmpeg: #expect(container.demuxer?.isEmpty == false)
        case .opus, .notAudio, .unreadable: #expect(container.demuxer == nil)
        case .wav, .mpegAudio, .libsndfile: break
        }
        if container.decoder == .notAudio { #expect(container.end == .unknown) }
    }

    @Test(
        "a beginning tells the container, and whether chance may have made it",
        arguments: [
            ("RIFF....WAVEfmt ", .wav, true), ("RIFF....AVI LIST", .avi, true), ("FORM....AIFC", .aifc, true),
            ("\0\0\0\u{14}ftyp3gp4", .threeGP, true), ("\0\0\0\u{14}ftypM4A ", .m4a, true),
            ("\0\0\0\u{14}ftypisom", .mp4, true), ("\0\0\u{3}Hmoof", .mp4Fragment, true),
            ("#!AMR_MC1.0\n", .amrChannels, true), ("#!AMR-WB\n", .amrWideband, true), ("#!AMR\n", .amr, true),
            ("MPCK", .musepack8, true), ("MP+\u{7}", .musepack, true), ("\u{B}w\u{1}", .ac3, false),
            ("Hello", .text, false), ("%PDF-1.4", .pdf, true),
        ] as [(String, Container, Bool)])
    func recognition(beginning: String, container: Container, isCertain: Bool) {
        let found = Container.recognize(Array(beginning.utf8))
        #expect(found == Container.Recognition(container, isCertain: isCertain))
    }

    @Test("what begins like nothing is not recognised")
    func unknown() {
        #expect(Container.recognize([]) == nil)
        #expect(Container.recognize([UInt8](repeating: 0x55, count: 256)) == nil)
    }
}
