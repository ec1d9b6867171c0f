import TalkDetection

/// A recording as frames, measured once: what detections by a classifier are run on again and again.
package struct FrameTrack: Sendable {
    /// What is known of a frame.
    package enum Frames: Sendable {
        /// Mean magnitudes, 0...32768, which any threshold can be held against.
        case levels([UInt16])
        /// Whether it is silent.
        case silences([Bool])

        /// How many frames there are.
        var count: Int {
            switch self {
            case .levels(let levels): levels.count
            case .silences(let silences): silences.count
            }
        }
    }

    /// The frames; the last may be short.
    package let frames: Frames
    /// Samples in a frame.
    package let frameLength: Int
    /// How many samples the last frame has, if it is short; 0 if it is not.
    package let restLength: Int

    /// Frames that are known.
    ///
    /// - Parameter sampleCount: how many samples they hold together.
    package init(_ frames: Frames, frameLength: Int, sampleCount: Int) {
        self.frames = frames
        self.frameLength = frameLength
        restLength = sampleCount - max(0, frames.count - 1) * frameLength < frameLength ? sampleCount % frameLength : 0
    }

    /// The frames of samples.
    ///
    /// - Parameters:
    ///   - isAdaptive: whether the adaptive classifier tells which are silent; else they have levels.
    ///   - frameLength: samples in a frame, 1...8000.
    package init(_ samples: Span<Int16>, isAdaptive: Bool, frameLength: Int) {
        if isAdaptive {
            var detector = Detector(SilenceCollector(), classifier: .adaptive, frameLength: frameLength)
            detector.add(samples)
            detector.finish()
            self.init(.silences(detector.rule.silences), frameLength: frameLength, sampleCount: samples.count)
        } else {
            var meter = FrameLevelMeter(frameLength: frameLength)
            var levels: [UInt16] = []
            levels.reserveCapacity(samples.count / frameLength + 1)
            meter.add(samples) { part in
                for index in part.indices { levels.append(part[index]) }
            }
            if let (level, _) = meter.finish() { levels.append(level) }
            self.init(.levels(levels), frameLength: frameLength, sampleCount: samples.count)
        }
    }

    /// How many bytes it takes.
    package var byteCount: Int {
        switch frames {
        case .levels(let levels): 2 * levels.count
        case .silences(let silences): silences.count
        }
    }

    /// The level of the loudest frame; nil where levels are not known, or there are no frames.
    var loudest: UInt16? {
        if case .levels(let levels) = frames { levels.max() } else { nil }
    }

    /// For each frame whether it is silent.
    func silences(_ classifier: Classifier) -> [Bool] {
        switch (frames, classifier) {
        case (.levels(let levels), .threshold(let threshold)):
            let threshold = UInt16(threshold.rawValue)
            return levels.map { $0 < threshold }
        case (.silences(let silences), .adaptive): return silences
        default: preconditionFailure("the frames were measured for another classifier")
        }
    }
}

/// A rule that never decides, and keeps what it is given.
private struct SilenceCollector: DetectionRule {
    var silences: [Bool] = []
    let verdict: Verdict? = nil

    mutating func add(isSilent: Bool, sampleCount: Int) -> Talkspurt? {
        silences.append(isSilent)
        return nil
    }

    mutating func finish() -> Talkspurt? { nil }
}
