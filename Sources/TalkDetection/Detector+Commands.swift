extension RuleSet {
    /// The usual length of a frame, in samples: 20 ms in Asterisk, 5 ms for the words of the page.
    public var frameLength: Int { self == .asterisk ? 160 : 40 }
}

extension Detector where Rule == TalkRule {
    /// A detector for `play_talk_detect`, as Asterisk has it unless told otherwise.
    ///
    /// - Parameters:
    ///   - parameters: those of the command.
    ///   - rules: by which they are read.
    ///   - classifier: what tells talk from silence.
    ///   - frameLength: samples in a frame, 1...8000; nil is what is usual for the rules.
    ///   - media: how long the media plays; nil is as long as the audio.
    public init(
        _ parameters: TalkParameters, rules: RuleSet = .asterisk, classifier: Classifier = .backgroundDetect,
        frameLength: Int? = nil, media: Duration? = nil
    ) {
        self.init(
            TalkRule(parameters, rules: rules, media: media), classifier: classifier,
            frameLength: frameLength ?? rules.frameLength)
    }
}

extension Detector where Rule == SilenceRule {
    /// A detector for `wait_for_silence`, as Asterisk has it unless told otherwise.
    ///
    /// - Parameters:
    ///   - parameters: those of the command.
    ///   - rules: by which they are read.
    ///   - classifier: what tells talk from silence.
    ///   - frameLength: samples in a frame, 1...8000; nil is what is usual for the rules.
    ///   - clock: when packets come, by Asterisk's rules.
    public init(
        _ parameters: SilenceParameters, rules: RuleSet = .asterisk, classifier: Classifier = .asteriskSilence,
        frameLength: Int? = nil, clock: PacketClock = .live
    ) {
        self.init(
            SilenceRule(parameters, rules: rules, clock: clock), classifier: classifier,
            frameLength: frameLength ?? rules.frameLength)
    }
}

extension Detector where Rule == RecordingRule {
    /// A detector for the end of `record`, as Asterisk has it unless told otherwise.
    ///
    /// - Parameters:
    ///   - parameters: those of the command.
    ///   - rules: by which they are read.
    ///   - classifier: what tells talk from silence.
    ///   - frameLength: samples in a frame, 1...8000; nil is what is usual for the rules.
    public init(
        _ parameters: RecordingParameters, rules: RuleSet = .asterisk, classifier: Classifier = .asteriskSilence,
        frameLength: Int? = nil
    ) {
        self.init(
            RecordingRule(parameters, rules: rules), classifier: classifier,
            frameLength: frameLength ?? rules.frameLength)
    }
}

extension Detector where Rule == AnsweringMachineRule {
    /// A detector of answering machines, as Asterisk has it.
    ///
    /// - Parameters:
    ///   - parameters: those of AMD.
    ///   - classifier: what tells talk from silence.
    ///   - frameLength: samples in a frame, 1...8000.
    public init(
        _ parameters: AnsweringMachineParameters = AnsweringMachineParameters(),
        classifier: Classifier = .asteriskSilence, frameLength: Int = 160
    ) {
        self.init(AnsweringMachineRule(parameters), classifier: classifier, frameLength: frameLength)
    }
}
