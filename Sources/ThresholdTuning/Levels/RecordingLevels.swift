import RealModule
import TalkDetection
package import TelephonyAudio

/// What is known of a recording once its samples are gone: its levels under every line condition, and its outline.
///
/// Only the first 60 s are kept, since no analysis time goes further.
public struct RecordingLevels: Sendable, Hashable {
    /// The most frames that are kept: 60 s.
    public static let maximumFrameCount = 3000
    /// Samples in a frame, as a call delivers them: 20 ms.
    public static let frameLength = 160

    /// What the recording is called; labels name it so.
    public let name: String
    /// The path that the recording was read from; nil if its levels came without it.
    ///
    /// No level file holds it.
    public let path: String?
    /// What the recording's content is known by.
    public let digest: ContentDigest
    /// How long the recording is, in samples at 8000 Hz.
    public let sampleCount: Int
    /// How many frames are kept; the last may be short.
    public let frameCount: Int
    /// For each condition the mean magnitude of each frame, 0...32768, condition after condition.
    let levels: [UInt16]
    /// For each frame the lowest and the highest sample of the recording as it is.
    package let extremes: [Int16]

    init(
        name: String, path: String? = nil, digest: ContentDigest, sampleCount: Int, frameCount: Int,
        levels: [UInt16], extremes: [Int16]
    ) {
        self.name = name
        self.path = path
        self.digest = digest
        self.sampleCount = sampleCount
        self.frameCount = frameCount
        self.levels = levels
        self.extremes = extremes
    }

    /// What people are told that the recording is: its path, or its name if that is not known.
    public var location: String { path ?? name }

    /// The same under another name.
    ///
    /// - Parameters:
    ///   - name: what labels call it.
    ///   - path: where it was read from, if it was.
    public func named(_ name: String, path: String? = nil) -> RecordingLevels {
        RecordingLevels(
            name: name, path: path, digest: digest, sampleCount: sampleCount, frameCount: frameCount, levels: levels,
            extremes: extremes)
    }

    /// What the levels of one channel of a recording are called, as in `calls/1.wav#2`; those of all channels together, or of the
    /// one that was chosen for all recordings, have the recording's own name.
    ///
    /// - Parameters:
    ///   - recording: the recording's name.
    ///   - channel: from 1.
    public static func name(_ recording: String, channel: Int) -> String { "\(recording)#\(channel)" }

    /// The frames that a call would have delivered: what remains after the last whole one counts as one if it is longer
    /// than half a frame by a sample or more.
    ///
    /// ``Candidate/parameters`` lie in the middle of a frame, so that Asterisk's rules, given the short frame, decide the
    /// same.
    var heardFrameCount: Int {
        let rest = sampleCount - (frameCount - 1) * Self.frameLength
        return frameCount - (frameCount > 0 && rest / 8 <= 10 ? 1 : 0)
    }

    /// The mean magnitudes under a condition, by its place among those of the file.
    package func levels(condition: Int) -> ArraySlice<UInt16> {
        levels[(condition * frameCount)..<((condition + 1) * frameCount)]
    }

    /// The mean of the frames' magnitudes, with the recording as it is, as a level; nil without a frame.
    ///
    /// - Precondition: the first condition of the levels with a gain of 0 and without noise is at the place that it has in
    ///   ``LineCondition/standard``.
    package var meanLevel: Level? {
        guard frameCount > 0 else { return nil }
        let levels = levels(condition: LineCondition.standard.firstIndex(of: .unchanged)!)
        let mean = Double(levels.reduce(0) { $0 + Int($1) }) / Double(frameCount)
        return mean > 0 ? Level(dBov: 20 * .log10(mean / 32768)) : nil
    }

    /// Whether another recording has the same levels and extremes, whatever it is called.
    func hasSameSound(as other: RecordingLevels) -> Bool {
        sampleCount == other.sampleCount && levels == other.levels && extremes == other.extremes
    }

    /// The frames that begin before a prompt of a length is over: Asterisk listens to no others.
    func heard(during media: Duration?) -> RecordingLevels {
        let length = Self.frameLength / 8
        guard let media, media < .milliseconds(length * frameCount) else { return self }
        let count = (media.milliseconds + length - 1) / length
        guard count < frameCount else { return self }
        return RecordingLevels(
            name: name, path: path, digest: digest, sampleCount: count * Self.frameLength, frameCount: count,
            levels: stride(from: 0, to: levels.count, by: max(1, frameCount)).flatMap { levels[$0..<$0 + count] },
            extremes: Array(extremes.prefix(2 * count)))
    }

    /// How many frames there are of so many samples.
    static func frameCount(sampleCount: Int) -> Int {
        min(maximumFrameCount, (sampleCount + frameLength - 1) / frameLength)
    }
}
