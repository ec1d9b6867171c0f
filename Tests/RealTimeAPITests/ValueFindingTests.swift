import Testing

@testable import RealTimeAPI

/// A command is judged as a value just as it is as text.
@Suite("Findings of values")
struct ValueFindingTests {
    /// What is said of the command once it is written.
    private func findingsOfText(_ command: Command) -> [Finding] {
        Response.validate(json: Response(command).json)
    }

    private func expectSame(_ command: Command, sourceLocation: SourceLocation = #_sourceLocation) {
        let text = findingsOfText(command)
        let inside = text.filter { $0.pointer.hasPrefix("/params") }
        #expect(command.findings.inside("params") == inside, sourceLocation: sourceLocation)
        #expect(Response(command).findings == text, sourceLocation: sourceLocation)
        let tree = JSONWriter.bytes(command.params)
        #expect(tree == JSONWriter.bytes(command.writeParams), sourceLocation: sourceLocation)
    }

    @Test("every example has the same findings as its text", arguments: CommandExample.all)
    func examples(example: CommandExample) {
        expectSame(example.command)
        #expect(!example.command.findings.containsError)
    }

    @Test(
        "whatever a message holds in a field, the command that is read has the same findings", arguments: ObjectCase.all
    )
    func fields(object: ObjectCase) throws {
        var commands = 0
        for field in object.fields {
            for value in field.accepted + field.refused {
                let message = object.message(object.text([field.name: value]))
                var parser = JSONParser(Array(message.utf8))
                let json = try parser.whole()
                guard case .string(let name)? = json["command"], let kind = Command.Kind(rawValue: name) else {
                    continue
                }
                expectSame(kind.command(params: json["params"] ?? .null).command)
                commands += 1
            }
        }
        #expect(commands > 0 || object.fields.isEmpty || object.name == "Request")
    }

    /// Lengths at all bounds, between two units, and beyond every integer.
    private static let durations: [Duration] =
        [-1, 0, 1, 4, 5, 99, 100, 300, 301, 999, 1000, 1499, 1500, 5000, 5001, 10_001, 20_000, 20_001, 29_999, 30_000]
        .map { .milliseconds($0) }
        + [30_001, 60_000, 60_001, 300_000, 300_001, 301_000].map { .milliseconds($0) }
        + [.microseconds(-400), .microseconds(499), .microseconds(500), .microseconds(60_000_400)]
        + [
            Duration(secondsComponent: .max, attosecondsComponent: 0),
            Duration(secondsComponent: .min, attosecondsComponent: 0),
        ]

    @Test("every duration", arguments: durations)
    func duration(_ duration: Duration) {
        expectSame(.wait(Wait(duration)))
        expectSame(.sendDTMF(SendDTMF("1", duration: duration, pause: duration)))
        expectSame(.record(Record(silence: duration, maximumDuration: duration)))
        expectSame(.waitForSilence(WaitForSilence(duration, timeout: duration)))
        expectSame(.read(Read(.library(1), timeout: duration)))
        expectSame(.dialout(Dialout([.init(PhoneNumber("+12")!, timeout: duration)])))
        var conference = Conference("r")
        conference.pinWait = duration
        expectSame(.conference(conference))
        for other in Self.durations {
            expectSame(
                .playTalkDetect(
                    PlayTalkDetect(
                        .library(1), minimum: duration, maximum: other, silence: duration, analysisTime: other)))
        }
    }

    @Test("every number", arguments: [Int.min, -1, 0, 1, 10, 11, 20, 21, Int.max])
    func numbers(_ number: Int) {
        expectSame(.read(Read(.library(number), maximumDigits: number, attempts: number)))
        expectSame(.waitForSilence(WaitForSilence(.milliseconds(1), iterations: number)))
        var conference = Conference("r")
        conference.pinMaximumTries = number
        expectSame(.conference(conference))
    }

    @Test(
        "media, which the wire may give back as another or not at all",
        arguments: [
            Media.none, .library(0), .library(-7), .library(1), .library(999_999_999_999_999_999),
            .library(1_000_000_000_000_000_000), .speech("", voice: ""), .speech("a", voice: ""),
            .speech("", voice: "TTS_FR-FR_AUDREY"), .speech("a|b", voice: "TTS_FR-FR_AUDREY"),
            .speech("a", voice: "TTS_FR-FR_AUDRY"), .speech("a", voice: "TTS_FR-FR_AUDREY|b"),
            .speech("", voice: "x|"), .speech("a", voice: "|x"), .speech("", voice: "|"), .speech("", voice: "||"),
            .speech("\u{301}", voice: "\u{1B}[2J"), .speech(String(repeating: "é", count: 100), voice: "y"),
        ])
    func media(_ media: Media) {
        expectSame(.play(Play(media)))
        expectSame(.stopCallRecording(StopCallRecording(announce: media)))
    }

    @Test(
        "texts",
        arguments: [
            "", "0", "12a", "0123456789*#", "A", "a b", "é", "1\n", "fr_FR", "fr_", String(repeating: "a", count: 33),
            "\u{202E}\u{1B}[2J", "data:audio/wav;base64,UklG", "UklGRiYA", CommandExample.wav,
            "\(CommandExample.wav)AAAA", CommandExample.wav.replacing("ZGF0Y", with: "TElTV"), "SUQzBAAA",
        ])
    func texts(_ text: String) {
        expectSame(.sendDTMF(SendDTMF(text)))
        expectSame(.playRecord(PlayRecord(MediaFile(text))))
        expectSame(.simpleConference(SimpleConference(ConferenceID(text))))
        expectSame(.playWAVData(PlayWAVData(base64: text)))
        var recording = StartCallRecording()
        recording.locale = text
        expectSame(.startCallRecording(recording))
        var dialout = Dialout([])
        dialout.customField = text
        expectSame(.dialout(dialout))
    }

    @Test("a name is shown in part where it is long, and the pointer has all of it")
    func longName() throws {
        let name = String(repeating: "n", count: 100_000)
        let finding = try #require(Response.validate(json: #"{"\#(name)":1}"#.utf8).first { $0.pointer.count > 1000 })
        #expect(finding.pointer == "/\(name)" && finding.description.count < 1000)
    }

    @Test("many targets, few findings")
    func targets() {
        expectSame(.dialout(Dialout(Array(repeating: .init(PhoneNumber()), count: 300))))
        let targets = (0..<300).map { Dialout.Target(PhoneNumber("+12")!, timeout: .seconds($0)) }
        expectSame(.dialout(Dialout(targets)))
    }

    @Test("variables that are no object, or too deep for a message")
    func variables() throws {
        func nested(_ depth: Int) throws -> JSONText {
            try JSONText(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
        }
        for variables in [
            .emptyObject, try JSONText("[]"), try JSONText("[ ]"), try JSONText("7"), try nested(127), try nested(128),
        ] {
            let response = Response(.wait(Wait()), variables: variables)
            #expect(response.findings == Response.validate(json: response.json))
        }
    }

    @Test("a command's parameters as a tree are those that it is written with", arguments: CommandExample.all)
    func tree(example: CommandExample) throws {
        #expect(try JSONText(encoding: example.command.params) == JSONText(example.params))
        guard case .object(let members) = example.command.params else { throw MessageError(findings: []) }
        for member in members { #expect(example.command.parameter(member.name) == member.value) }
        #expect(example.command.parameter("no such name") == nil)
    }
}
