import TestSupport
import Testing

@testable import AudioConversion

/// What ffmpeg says is told in words that say something to who has the file.
@Suite(.waiting) struct FFmpegComplaintTests {
    private func complaint(_ text: String) -> FFmpegComplaint? { FFmpegComplaint(Array(text.utf8)) }

    @Test("the most telling line counts")
    func kinds() {
        #expect(complaint("Stream map '0:a:0' matches no streams.\nTo ignore this, add a '?'.") == .noSound)
        #expect(complaint("Decoder (codec none) not found for input stream #0:0") == .unknownCode)
        #expect(complaint("[wmavoice @ 0x5] WMAPro-in-WMAVoice is not implemented.") == .unknownCode)
        #expect(complaint("[mov,mp4 @ 0x5] moov atom not found\n/dev/fd/3: Invalid data found") == .noIndex)
        #expect(
            complaint("[mov,mp4 @ 0x5] stream 0, offset 0x3: partial file\n[aac @ 0x6] Reserved bit set.") == .cutOff)
        #expect(complaint("[matroska,webm @ 0x5] EBML header parsing failed") == .damagedHeader)
        #expect(complaint("[aac @ 0x5] Reserved bit set.") == .damaged)
        #expect(complaint("[mp3 @ 0x5] Error\n/dev/fd/3: Cannot allocate memory") == .noMemory)
        #expect(
            complaint("ffmpeg: error while loading shared libraries: libx265.so: failed to map segment") == .noMemory)
    }

    @Test("complaints of the output, and of pictures, say nothing of the sound")
    func others() {
        #expect(complaint("") == nil)
        #expect(complaint("[au @ 0x5] Application provided invalid, non monotonically increasing dts to muxer") == nil)
        #expect(complaint("[rm @ 0x5] Invalid stream index 1 for index at pos 623828") == nil)
        #expect(complaint("[flv @ 0x5] Missing AMF_END_OF_OBJECT in AMF_DATA_TYPE_MIXEDARRAY, found 0") == nil)
        #expect(complaint("[h264 @ 0x5] no frame!\n    Last message repeated 3 times") == nil)
    }

    @Test("no message quotes ffmpeg")
    func words() throws {
        let all: [FFmpegComplaint] = [.noSound, .unknownCode, .noMemory, .noIndex, .cutOff, .damagedHeader, .damaged]
        for complaint in all {
            #expect(!complaint.defect.contains("says") && !complaint.reason(.m4a).text.contains("says"))
        }
    }
}
