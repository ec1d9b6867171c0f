import AudioConversion
import CallFlows
import CallSimulation
import FlowFiles
import RealTimeAPI
import SpeechSynthesis
import TalkDetection
import TelephonyAudio
import ThresholdTuning
import WebhookServer

/// The Swift of README.md and of the articles, in a package that depends on rtmedia as a reader's does: what compiles here compiles there.
///
/// ``ReadmeTests`` holds the two against each other, block by block.
enum ReadmeExamples {
    /// The first page of CallFlows, too.
    static func readme() async throws {
        let ageCheck = CallFlow("age-check", version: 1) { call in
            let age = try await call.read(.say("How old are you?"), maxDigits: 3, attempts: 2)
            if case .digits(let digits) = age, let years = Int(digits), years >= 18 {
                try await call.play(.audio("welcome.flac"))  // any format
            } else {
                try await call.play(.say("Sorry, this service is for adults."))
            }
        }  // the end hangs up

        let host = FlowHost(ageCheck, key: try .fromEnvironment())  // RTMEDIA_SECRET
        try await WebhookServer(host.respond).runUntilTerminated()  // POST / on 127.0.0.1:8080
    }

    static func audioConversion() throws {
        var options = ConversionOptions()
        options.processing.level = Level(dBov: -26)
        let (prompt, report) = try AudioConverter(options: options).convert(.file("welcome.mp3"))
        print(prompt.duration, report.warnings)
        let answer = Response(.playWAVData(PlayWAVData(base64: prompt.base64WAV)))
        _ = answer
    }

    static func handlersInSwift() async throws {
        let office = CallFlow("office", version: 1) { call in
            try await call.play(.say("Hello."))
        }

        let host = FlowHost(office, key: try .fromEnvironment())
        try await WebhookServer(host.respond).runUntilTerminated()
    }

    static func handlersInSwift2() async throws {
        var configuration = WebhookServerConfiguration()
        configuration.port = 8080
        configuration.credentials = BasicCredentials(login: "call", password: "secret")

        let host = FlowHost(office, key: try .fromEnvironment())
        try await WebhookServer(configuration: configuration, host.respond).runUntilTerminated()
    }

    static func handlersInSwift3() async throws {
        try await WebhookServer { request in
            Response(.play(Play(.library(42))), commandID: 1, variables: request.variables)
        }.runUntilTerminated()
    }

    static func callSimulation() async throws {
        func callerLeavesNumber() async throws -> Bool {
            let synthesizer = SpeechSynthesizer()
            let sounds = Sounds(folder: nil) { text, voice async throws(SimulationError) in
                do { return try await synthesizer.speech(for: Utterance(text, voice: voice)).pcm.phoneAudio() } catch {
                    throw SimulationError(.sound, voice, "\(error)")
                }
            }
            let setup = CallSetup(try HandlerAddress("http://127.0.0.1:8080/"), sounds: sounds)
            let scenario = try CallScenario.load(path: "calls/leave.yaml").scenario
            let report = try await scenario.run(as: setup)
            print(report.text)  // the differences, if there are any
            return report.isPassed
        }
    }

    static func flowFiles() async throws {
        let file = try FlowFile.load(path: "menu.yaml", lookups: .network(LookupClient().exchange))
        let host = FlowHost(file.flow, key: try .fromEnvironment())
        try await WebhookServer(host.respond).runUntilTerminated()
    }

    static func realTimeAPI() throws {
        func answer(to body: [UInt8]) throws -> [UInt8] {
            let request = try Request(json: body)
            if case .digits(let keys)? = request.result(of: Read.self) {
                print("the caller pressed \(keys)")
                return Response(.hangup(Hangup()), commandID: 2).json
            }
            let prompt = Media.speech("Bonjour, appuyez sur étoile", voice: "TTS_FR-FR_AUDREY")
            let read = Read(prompt, maximumDigits: 1, timeout: .seconds(4))
            return Response(.read(read), commandID: 1, variables: request.variables).json
        }
    }

    static func speechSynthesis() async throws {
        let synthesizer = SpeechSynthesizer()
        let speech = try await synthesizer.speech(for: Utterance("Bonjour", voice: "TTS_FR-FR_AUDREY"))
        print(speech.duration, speech.standIn)  // which voice speaks, as a sentence
        let prompt = try speech.pcm.phoneAudio()  // at -26 dBov
        _ = prompt
    }

    static func talkDetection() throws {
        func isTalk(_ samples: [Int16]) throws -> Bool {
            var detector = TalkDetector(try TalkParameters(minimum: .milliseconds(200), silence: .milliseconds(300)))
            detector.add(samples.span)  // any number of samples, as often as they come
            detector.finish()
            return detector.verdict!.result == .talk
        }
    }

    static func telephonyAudio() throws {
        let keys = "12#".compactMap { DTMFKey($0) }
        let audio = PhoneAudio.dtmf(keys, duration: .milliseconds(100), pause: .milliseconds(100))
        print(audio.duration, audio.samples.count)  // 0.6 s, 4800 samples
        let text = audio.base64WAV  // the audio_data of play_wav_data
        _ = text
    }

    static func thresholdTuning() throws {
        func labelled(_ file: String, isTalk: Bool) throws -> LabelledRecording {
            let samples = try AudioConverter().convert(.file(file)).audio.samples
            var recorder = LevelRecorder(digest: ContentDigest(of: samples.span.bytes))
            recorder.add(samples.span)
            return LabelledRecording(recorder.finish(name: file), isTalk: isTalk)
        }

        func parameters(for recordings: [LabelledRecording]) throws {
            let options = try TuningOptions(prices: Prices())
            let tuner = try Tuner(recordings, conditions: LineCondition.standard, options: options)
            let result = tuner.run(jobs: 2)
            print(result.parameters)
            if let heldOut = result.heldOut { print(heldOut.error) }
        }
    }

    static func webhookServer() async throws {
        let registry = MetricsRegistry()  // for MetricsSystem.bootstrap(registry), of swift-metrics

        var configuration = WebhookServerConfiguration()
        configuration.host = "0.0.0.0"
        configuration.port = 8443
        configuration.credentials = BasicCredentials(login: "call", password: "secret")
        configuration.tls = try TLSIdentity(certificate: "server.pem", key: "server.key")
        configuration.metrics = registry

        let server = WebhookServer(configuration: configuration) { request in
            Response(.play(Play(.library(42))), commandID: 1, variables: request.variables)
        }
        try await server.runUntilTerminated()
    }
}
