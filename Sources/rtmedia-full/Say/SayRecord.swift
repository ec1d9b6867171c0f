import AudioConversion
import QuickCommands
import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio

/// A spoken text in JSON.
struct SayRecord: Encodable {
    /// Where it went; nil if it was only played.
    private(set) var file: String?
    private(set) var result = "spoken"
    /// The voice that was asked for, the local one that spoke, and a sentence on it.
    let voice: String
    let standIn: String
    let explanation: String
    let language: String?
    let sex: Sex?
    let rate: Int
    let pitch: Int
    /// The other local voices that spoke parts of it.
    let otherVoices: [String]
    let engine: String
    private(set) var durationMs = 0.0
    private(set) var samples = 0
    private(set) var payloadBytes = 0
    private(set) var activeLevelDbov: Double?
    private(set) var gainDb: Double?
    var playedBy: String?
    private(set) var warnings: [String]
    private(set) var conversionWarnings: [String] = []

    private enum CodingKeys: CodingKey {
        case file, result, voice, standIn, explanation, language, sex, rate, pitch, otherVoices, engine, durationMs,
            samples
        case payloadBytes, activeLevelDbov, gainDb, playedBy, warnings
    }

    init(_ speech: Speech, notes: [String] = []) {
        voice = speech.standIn.name
        standIn = speech.standIn.file
        explanation = "\(speech.standIn)"
        language = speech.standIn.voice.languages.first?.tag
        sex = speech.standIn.sex
        rate = speech.rate
        pitch = speech.pitch
        otherVoices = speech.otherVoices.map(\.file)
        engine = "espeak-ng \(speech.engineVersion)"
        warnings = notes + (Self.voiceWarning(speech).map { [$0] } ?? []) + speech.warnings
    }

    /// What is unusual about the voice, if it is meant as one of the platform's.
    static func voiceWarning(_ speech: Speech) -> String? {
        speech.standIn.isForPlatformVoice ? Media.warning(aboutVoice: speech.standIn.name) : nil
    }

    /// Takes over what was found and done.
    mutating func add(_ report: ConversionReport, as form: WrittenForm) {
        file = report.output
        if report.isUnchanged { result = "unchanged" }
        durationMs = report.duration / .milliseconds(1)
        samples = report.sampleCount
        payloadBytes = report.base64ByteCount
        activeLevelDbov = report.processing?.activeLevel?.dBov
        gainDb = report.processing?.activeLevel == nil ? nil : report.processing?.gain
        conversionWarnings = report.warnings(as: form, .say)
        warnings += conversionWarnings
    }

    /// A line for people.
    var summary: String {
        let seconds = (durationMs / 10).rounded() / 100
        let level = activeLevelDbov.map { " (\(SoundText.level(Level(dBov: $0), gain: gainDb ?? 0)))" } ?? ""
        let unchanged = result == "unchanged" ? "; was there already" : ""
        let played = playedBy.map { "; played by \($0)" } ?? ""
        return "\(voice)\(file.map { " -> \($0)" } ?? ""): \(seconds) s\(level)\(unchanged)\(played)"
    }
}
