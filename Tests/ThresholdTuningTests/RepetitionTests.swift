import Testing

@testable import ThresholdTuning

/// Recordings that are there more than once.
@Suite struct RepetitionTests {
    private func recording(_ name: String, path: String? = nil, content: UInt8 = 1) -> RecordingLevels {
        let digest = ContentDigest(of: [content].span.bytes)
        return RecordingLevels(
            name: name, path: path, digest: digest, sampleCount: 0, frameCount: 0, levels: [], extremes: [])
    }

    @Test("of one recording under several parts of its path the longest stays, with the path it can be read from")
    func once() {
        let kept = RecordingLevels.withoutRepetitions([
            recording("a.wav"), recording("b.wav", content: 2), recording("calls/human/a.wav"),
            recording("human/a.wav", path: "../human/a.wav"), recording("b.wav", content: 2),
        ])
        #expect(kept.map(\.name).sorted() == ["b.wav", "calls/human/a.wav"])
        #expect(kept.first { $0.name.hasSuffix("a.wav") }?.location == "../human/a.wav")
        #expect(kept.first { $0.name == "b.wav" }?.path == nil)
    }

    @Test("other content, and the same under another name, are recordings of their own")
    func others() {
        let recordings = [
            recording("human/a.wav"), recording("machine/a.wav"), recording("human/a.wav", content: 2),
            recording("human/aa.wav"), recording("uman/a.wav"),
        ]
        #expect(RecordingLevels.withoutRepetitions(recordings) == recordings)
    }
}
