import RealTimeAPI
import TalkDetection
import TelephonyAudio

/// The commands that one leg executes by itself.
extension SimulatedCall {
    /// Executes a command.
    ///
    /// - Returns: its result on the wire.
    mutating func execute(_ command: Command) async throws(End) -> ResultText {
        guard await switchboard.turn(of: line, at: clock) else { throw .hangUp(by: .platform) }
        try notice(.began(command))
        if let ending = caller.takeEnding() {
            try notice(.ended(command))
            return try result(of: command, ending)
        }
        let result = try await result(of: command)
        try notice(.ended(command))
        return result
    }

    /// Tells the caller of a command.
    private mutating func notice(_ event: Caller.Event) throws(End) {
        caller.notice(event, at: now)
        if let failure = caller.failure { throw .failed(failure) }
    }

    /// What a command answers that is not executed.
    private mutating func result(of command: Command, _ ending: CommandEnding) throws(End) -> ResultText {
        log(.platform, .note, "\(command.name) is not executed, and ends with \(ending)")
        switch ending {
        case .result(let text): return ResultText(text, endOf: command)
        case .error(let text): throw .commandFailed(text)
        case .hangUp: throw .hangUp(by: .caller)
        }
    }

    private mutating func result(of command: Command) async throws(End) -> ResultText {
        switch command {
        case .play(let play): try await played(try await sound(play.media))
        case .playRecord(let play): try await played(recording(play.recording.rawValue))
        case .playWAVData(let play): try await played(samples(of: play))
        case .playTalkDetect(let play): try await playTalkDetect(play)
        case .read(let read): try await self.read(read)
        case .record(let record): try await self.record(record)
        case .sendDTMF(let send): try await self.send(send)
        case .wait(let wait): try await self.wait(wait)
        case .waitForSilence(let wait): try await self.wait(wait)
        case .startCallRecording(let start): try await self.start(start)
        case .stopCallRecording(let stop): try await self.stop(stop)
        case .hangup: throw .hangUp(by: .handler)
        case .hangupCall(let hangup): try await self.hangUp(hangup)
        case .dialout(let dialout): try await self.dial(dialout)
        case .conference(let conference): try await join(conference)
        case .simpleConference(let conference): try await join(conference)
        }
    }

    /// That it was played, or that there is nothing to play.
    private mutating func played(_ samples: [Int16]?) async throws(End) -> ResultText {
        guard let samples else { return ResultText(PlaybackResult.failed) }
        try await play(samples)
        return ResultText(PlaybackResult.played)
    }

    /// What a `record` made; nil, with a note, if none has that name.
    private mutating func recording(_ name: String) -> [Int16]? {
        // Those of this call are there whatever others have recorded since.
        let own = name.hasPrefix("record-\(setup.call)-") ? recordings[name] : nil
        let recording = own ?? switchboard.recording(name)
        if recording == nil { warn(.platform, "no record made \"\(name.excerpt)\"") }
        return recording?.samples
    }

    private func samples(of play: PlayWAVData) -> [Int16]? {
        setup.liveLine == nil ? Self.samples(ofWAV: play.audioData) : prepared.samples
    }

    /// The samples of a WAV file; nil if there are none to play.
    ///
    /// What is played of it is judged as in validation, whose warnings the transcript has.
    static func samples(ofWAV base64: String) -> [Int16]? {
        var decoder = Base64.Decoder()
        var bytes: [UInt8] = []
        guard decoder.append(Array(base64.utf8).span.bytes, to: &bytes), decoder.finish(into: &bytes) else {
            return nil
        }
        let wav = PlayableWAV(byteCount: bytes.count) { Array(bytes.dropFirst($0).prefix($1)) }
        guard wav.problems.isEmpty, let audio = wav.audio else { return nil }
        return stride(from: audio.lowerBound, to: audio.upperBound, by: 2).map { index in
            Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)
        }
    }

    private mutating func playTalkDetect(_ play: PlayTalkDetect) async throws(End) -> ResultText {
        guard let samples = try await sound(play.media) else { return ResultText(PlayTalkDetect.Result.noTalk) }
        if let warning = play.warning(aboutMediaLasting: Duration(samples: samples.count)) { warn(.platform, warning) }
        caller.notice(.heard, at: now)
        var detector = TalkDetector(TalkParameters(clamping: play), media: Duration(samples: samples.count))
        beginHearing(PlayTalkDetect.kind, .backgroundDetect)
        defer { endHearing() }
        let observer = setup.hearingObserver
        try await self.play(samples) { frame, _ in
            detector.add(frame, telling: observer)
            return detector.verdict?.result == .talk
        }
        return ResultText(detector.verdict?.result == .talk ? PlayTalkDetect.Result.talk : .noTalk)
    }

    /// Keys count from the first sample of the prompt on; the first one ends it.
    ///
    /// As Asterisk's `Read` (app_read.c): the prompt comes again only while nothing was entered, by a time-out or by `#` alone;
    /// digits that a time-out follows end the command. The page calls that a time-out; Asterisk keeps the digits beside it. After
    /// the last attempt `#` alone is no digits, and no time-out.
    private mutating func read(_ read: Read) async throws(End) -> ResultText {
        var entry = Entry.timeout("")
        for _ in 0..<read.attempts {
            entry = try await self.entry(
                over: read.media, atMost: read.maximumDigits, timeout: read.timeout.samples)
            if !entry.digits.isEmpty { break }
        }
        switch entry {
        case .complete(let digits): return ResultText(digits)
        case .timeout: return ResultText(Read.Result.timeout)
        }
    }

    /// What a caller entered.
    enum Entry {
        /// Digits, ended by `#` or by their number.
        case complete(String)
        /// Digits that a time-out followed.
        case timeout(String)

        var digits: String {
            switch self {
            case .complete(let digits), .timeout(let digits): digits
            }
        }
    }

    /// Plays a prompt and takes keys, as `ast_readstring_full` of Asterisk does (channel.c); the time-out counts from the
    /// prompt's end, and anew from each key.
    ///
    /// - Parameter first: a key that was pressed before.
    /// - Returns: the keys without their `#`.
    mutating func entry(
        over prompt: Media?, after first: String = "", atMost maximum: Int, timeout: Int
    ) async throws(End) -> Entry {
        let samples = try await sound(prompt) ?? []
        caller.notice(.asked, at: now)
        var digits = first
        var isOver = false
        func take(_ keys: [DTMFKey]) {
            for key in keys where !isOver {
                if key.character == "#" { isOver = true } else { digits.append(key.character) }
                if digits.count >= maximum { isOver = true }
            }
        }
        let isCut = try await play(samples) { _, keys in
            take(keys)
            return !keys.isEmpty
        }
        if !isCut { caller.notice(.prompted, at: now) }
        var quiet = 0
        while !isOver, quiet < timeout {
            let keys = try await tick().keys
            quiet = keys.isEmpty ? quiet + Self.frameLength : 0
            take(keys)
        }
        return isOver ? .complete(digits) : .timeout(digits)
    }

    private mutating func record(_ record: Record) async throws(End) -> ResultText {
        caller.notice(.heard, at: now)
        var detector = RecordingDetector(RecordingParameters(clamping: record))
        beginHearing(Record.kind, .asteriskSilence)
        defer { endHearing() }
        let start = now
        isRecordingCaller = true
        let name = "record-\(setup.call)-\(recordings.count + 1)"
        do throws(End) {
            while detector.verdict == nil {
                let (frame, keys) = try await tick()
                detector.add(frame, telling: setup.hearingObserver)
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
        isRecordingCaller = false
        let begin = start - tracksStart
        let end = min(callerTrack.count, begin + length.samples)
        let recording = PhoneAudio(samples: Array(callerTrack[begin..<end]))
        recordings[name] = recording
        switchboard.keep(recording, as: name)
        log(.platform, .records, "\(name), \(length / .seconds(1)) s")
    }

    private mutating func send(_ send: SendDTMF) async throws(End) -> ResultText {
        log(.platform, .sends, send.digits)
        // Key by key: nothing bounds their number, and the caller may not stay for all of them. What a key leaves of a frame
        // goes before the next one.
        var rest: [Int16] = []
        for key in send.digits.lazy.compactMap(DTMFKey.init) {
            rest += PhoneAudio.dtmf([key], duration: send.duration, pause: send.pause).samples
            let whole = rest.count / Self.frameLength * Self.frameLength
            try await play(Array(rest.prefix(whole)))
            rest.removeFirst(whole)
        }
        try await play(rest)
        return ResultText(SendDTMF.Result.done.wire, endOf: .sendDTMF(send))
    }

    private mutating func wait(_ wait: Wait) async throws(End) -> ResultText {
        let end = now + wait.duration.samples
        while now < end { _ = try await tick() }
        return ResultText(Wait.Result.done)
    }

    private mutating func wait(_ wait: WaitForSilence) async throws(End) -> ResultText {
        caller.notice(.heard, at: now)
        var detector = SilenceDetector(SilenceParameters(clamping: wait))
        beginHearing(WaitForSilence.kind, .asteriskSilence)
        defer { endHearing() }
        while true {
            let frame = try await tick().frame
            detector.add(frame, telling: setup.hearingObserver)
            if let verdict = detector.verdict { return ResultText(verdict.result.rawValue) }
        }
    }

    private mutating func start(_ start: StartCallRecording) async throws(End) -> ResultText {
        try await play(try await sound(start.announce) ?? [])
        if let recording {
            log(.platform, .note, "\(recording.name) ends, since another recording of the call begins")
            endRecording()
        }
        let name = "recording-\(setup.call)-\(recordings.count + 1)"
        recording = (name, now, start.feeds ?? .both)
        return ResultText(name)
    }

    private mutating func stop(_ stop: StopCallRecording) async throws(End) -> ResultText {
        let name = recording?.name ?? ""
        endRecording()
        try await play(try await sound(stop.announce) ?? [])
        return ResultText(name)
    }

    /// Keeps the call recording that goes on: the caller's feed, the callee's, or their sum.
    mutating func endRecording() {
        guard let recording else { return }
        self.recording = nil
        let range = recording.start - tracksStart..<now - tracksStart
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

    private mutating func hangUp(_ hangup: HangupCall) async throws(End) -> ResultText {
        if hangup.call == setup.call { throw .hangUp(by: .handler) }
        if !switchboard.cut(hangup.call) { log(.platform, .note, "there is no other call \(hangup.call)") }
        return ResultText("")
    }
}
