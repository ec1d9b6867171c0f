import AudioConversion
import CallFlows
import RealTimeAPI
import SpeechSynthesis
import TalkDetection
import TelephonyAudio
import Testing
import ThresholdTuning
import WebhookServer

/// The Swift of README.md, in a package that depends on rtmedia as a reader's does: what compiles here compiles there.
///
/// ``ReadmeTests`` holds the two against each other, block by block.
enum ReadmeExamples {
    static func conversion() throws {
        var options = ConversionOptions()
        options.processing.level = Level(dBov: -26)
        let (prompt, report) = try AudioConverter(options: options).convert(.file("welcome.mp3"))
        print(prompt.duration, report.warnings)
        let answer = Response(.playWAVData(PlayWAVData(base64: prompt.base64WAV)))
        _ = answer
    }

    static func detection(_ samples: [Int16]) throws {
        var detector = TalkDetector(try TalkParameters(minimum: .milliseconds(200), silence: .milliseconds(300)))
        detector.add(samples.span)  // of any number, as often as there are some
        detector.finish()
        print(detector.verdict!.result.rawValue)  // TALK or 0
    }

    static func tuning(_ samples: [Int16], _ digest: ContentDigest, _ others: [LabelledRecording]) throws {
        var recorder = LevelRecorder(digest: digest)  // of the recording's bytes
        recorder.add(samples.span)
        let recordings = [LabelledRecording(recorder.finish(name: "caller.wav"), isTalk: true)] + others
        let result = try Tuner(
            recordings, conditions: LineCondition.standard, options: TuningOptions(prices: Prices())
        ).run(jobs: 2)
        print(result.parameters, result.heldOut!.error)
    }

    static func speech() async throws {
        let synthesizer = SpeechSynthesizer()  // one for all: texts that come again are kept
        let speech = try await synthesizer.speech(for: Utterance("Bonjour", voice: "TTS_FR-FR_AUDREY"))
        print(speech.duration, speech.standIn)  // who speaks, as a sentence
        let prompt = try speech.pcm.phoneAudio()  // at -26 dBov
        _ = prompt
    }

    static func handler(_ body: [UInt8]) throws -> [UInt8] {
        let request = try Request(json: body)  // errors name the field
        switch request.result(of: Read.self) {
        case .digits(let keys)?: print(keys)
        default: break
        }
        let prompt = Media.speech("Bonjour, appuyez sur étoile", voice: "TTS_FR-FR_AUDREY")
        let answer = Response(
            .read(Read(prompt, maximumDigits: 1, timeout: .seconds(4))), commandID: 1, variables: request.variables)
        return answer.json
    }

    /// Who knows the members of a club.
    protocol Members: Sendable {
        func admit(_ digits: String, idempotencyKey: String) async throws -> Bool
    }

    static func flow(_ members: any Members) async throws {
        let ageCheck = CallFlow("age-check", version: 1) { call in
            let age = try await call.read(.say("How old are you?", voice: "TTS_EN-GB_SERENA"), maxDigits: 3)
            guard case .digits(let digits) = age else { return }  // the end of the function hangs up
            let ok = try await call.once("admit") { key in try await members.admit(digits, idempotencyKey: key) }
            try await call.play(ok ? .audio("welcome.flac") : .say("Sorry."))  // any format, sent as play_wav_data
        }

        let host = FlowHost(ageCheck, key: try .fromEnvironment())  // RTMEDIA_SECRET, or a file of yours
        try await WebhookServer(host.respond).runUntilTerminated()  // POST / on 127.0.0.1:8080
    }

    static func plainHandler() async throws {
        try await WebhookServer { request in
            Response(.play(Play(.library(42))), commandID: 1, variables: request.variables)
        }.runUntilTerminated()
    }
}
