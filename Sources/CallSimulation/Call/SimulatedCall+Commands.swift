internal import AudioConversion
internal import RealTimeProtocol
internal import TalkDetection
internal import TelephonyAudio

/// The commands that one leg executes by itself.
extension SimulatedCall {
    /// Executes a command.
    ///
    /// - Returns: its result on the wire.
    mutating func execute(_ command: Command) throws(End) -> ResultText {
        switch command {
        case .play(let play): try played(try sound(play.media))
        case .playRecord(let play): try played(recordings[play.recording.rawValue]?.samples)
        case .playWAVData(let play): try played(Self.wav(play.audioData))
        case .playTalkDetect(let play): try playTalkDetect(play)
        case .read(let read): try self.read(read)
        case .record(let record): try self.record(record)
        case .sendDTMF(let send): try self.send(send)
        case .wait(let wait): try self.wait(wait)
        case .waitForSilence(let wait): try self.wait(wait)
        case .startCallRecording(let start): try self.start(start)
        case .stopCallRecording(let stop): try self.stop(stop)
        case .hangup: throw .hangUp(by: .handler)
        case .hangupCall(let hangup): try self.hangUp(hangup)
        case .dialout(let dialout): try self.dial(dialout)
        case .conference(let conference): try join(conference)
        case .simpleConference(let conference): try join(conference)
        }
    }

    /// `0` for what was played; `1` for what there is not.
    private mutating func played(_ samples: [Int16]?) throws(End) -> ResultText {
        guard let samples else { return ResultText("1") }
        try play(samples)
        return ResultText("0")
    }

    private static func wav(_ base64: String) -> [Int16]? {
        var decoder = Base64.Decoder()
        var bytes: [UInt8] = []
        guard decoder.append(Array(base64.utf8).span.bytes, to: &bytes), decoder.finish(into: &bytes) else {
            return nil
        }
        return try? AudioConverter().convert(.bytes(bytes, name: "audio_data")).audio.samples
    }

    private mutating func playTalkDetect(_ play: PlayTalkDetect) throws(End) -> ResultText {
        guard let samples = try sound(play.media) else { return ResultText("0") }
        caller.notice(.heard, at: now)
        // The ranges were validated.
        let parameters = try! TalkParameters(
            minimum: play.minimum, maximum: play.maximum, silence: play.silence, analysisTime: play.analysisTime)
        var detector = TalkDetector(parameters, media: Duration(samples: samples.count))
        try self.play(samples) { frame, _ in
            detector.add(frame.span)
            return detector.verdict?.result == .talk
        }
        return ResultText(detector.verdict?.result == .talk ? "TALK" : "0")
    }

    /// Keys count from the first sample of the prompt on; the first one ends it.
    private mutating func read(_ read: Read) throws(End) -> ResultText {
        for _ in 0..<read.attempts {
            let keys = try keys(
                read.media, atMost: read.maximumDigits, timeout: read.timeout.samples, asked: .asked,
                prompted: .prompted)
            if let keys { return ResultText(keys) }
        }
        return ResultText("TIMEOUT")
    }

    /// Plays a prompt and takes keys; the time-out counts from the prompt's end, and anew from each key.
    ///
    /// - Returns: the keys without their `#`; nil for a time-out, after which those so far are of no consequence.
    mutating func keys(
        _ prompt: Media?, atMost maximum: Int, timeout: Int, asked: CallerScript.Trigger, prompted: CallerScript.Trigger
    ) throws(End) -> String? {
        let samples = try sound(prompt) ?? []
        caller.notice(asked, at: now)
        var digits = ""
        var isOver = false
        func take(_ keys: [DTMFKey]) {
            for key in keys where !isOver {
                if key.character == "#" { isOver = true } else { digits.append(key.character) }
                if digits.count >= maximum { isOver = true }
            }
        }
        try play(samples) { _, keys in
            take(keys)
            return !keys.isEmpty
        }
        caller.notice(prompted, at: now)
        var quiet = 0
        while !isOver, quiet < timeout {
            let keys = try tick().keys
            quiet = keys.isEmpty ? quiet + Self.frameLength : 0
            take(keys)
        }
        return isOver ? digits : nil
    }

    private mutating func record(_ record: Record) throws(End) -> ResultText {
        caller.notice(.heard, at: now)
        let parameters = try! RecordingParameters(silence: record.silence, maximumDuration: record.maximumDuration)
        var detector = RecordingDetector(parameters)
        let start = now
        let name = "record-\(setup.call)-\(recordings.count + 1)"
        do throws(End) {
            while detector.verdict == nil {
                let (frame, keys) = try tick()
                detector.add(frame.span)
                if keys.contains(where: { $0.character == "#" }) { detector.addHash() }
            }
        } catch {
            detector.finish()
            keep(detector.rule.kept, from: start, as: name)
            lastFile = name
            throw error
        }
        keep(detector.rule.kept, from: start, as: name)
        return ResultText(name)
    }

    private mutating func keep(_ length: Duration, from start: Int, as name: String) {
        let end = min(callerTrack.count, start + length.samples)
        recordings[name] = PhoneAudio(samples: Array(callerTrack[start..<end]))
        log(.platform, "records", "\(name), \(length / .seconds(1)) s")
    }

    private mutating func send(_ send: SendDTMF) throws(End) -> ResultText {
        log(.platform, "sends", send.digits)
        let keys = send.digits.compactMap(DTMFKey.init)
        try play(PhoneAudio.dtmf(keys, duration: send.duration, pause: send.pause).samples)
        return ResultText("0", isNumber: true)
    }

    private mutating func wait(_ wait: Wait) throws(End) -> ResultText {
        let end = now + wait.duration.samples
        while now < end { _ = try tick() }
        return ResultText("0")
    }

    private mutating func wait(_ wait: WaitForSilence) throws(End) -> ResultText {
        caller.notice(.heard, at: now)
        let parameters = try! SilenceParameters(
            silence: wait.silence, iterations: wait.iterations, timeout: wait.timeout)
        var detector = SilenceDetector(parameters)
        while true {
            let frame = try tick().frame
            detector.add(frame.span)
            if let verdict = detector.verdict { return ResultText(verdict.result.rawValue) }
        }
    }

    private mutating func start(_ start: StartCallRecording) throws(End) -> ResultText {
        try play(try sound(start.announce) ?? [])
        let name = "recording-\(setup.call)-\(recordings.count + 1)"
        recording = (name, now, start.feeds ?? .both)
        return ResultText(name)
    }

    private mutating func stop(_ stop: StopCallRecording) throws(End) -> ResultText {
        let name = recording?.name ?? ""
        endRecording()
        try play(try sound(stop.announce) ?? [])
        return ResultText(name)
    }

    /// Keeps the call recording that goes on: the caller's feed, the callee's, or their sum.
    mutating func endRecording() {
        guard let recording else { return }
        self.recording = nil
        let range = recording.start..<now
        let samples: [Int16] =
            switch recording.feeds {
            case .callerOnly: Array(callerTrack[range])
            case .calleeOnly: Array(calleeTrack[range])
            // The platform's voice is part of all, as it is of what a caller would remember.
            case .all: range.map { Self.sum(callerTrack[$0], platformTrack[$0]) }
            case .both: range.map { Self.sum(callerTrack[$0], calleeTrack[$0]) }
            }
        recordings[recording.name] = PhoneAudio(samples: samples)
    }

    private static func sum(_ first: Int16, _ second: Int16) -> Int16 { Int16(clamping: Int(first) + Int(second)) }

    private mutating func hangUp(_ hangup: HangupCall) throws(End) -> ResultText {
        if hangup.call == setup.call { throw .hangUp(by: .handler) }
        log(.platform, "note", "there is no other call \(hangup.call)")
        return ResultText("")
    }
}
