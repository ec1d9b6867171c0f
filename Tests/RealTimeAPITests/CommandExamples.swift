import Testing

@testable import RealTimeAPI

/// A command in Swift, and the same on the wire, with members in the order of the platform's page.
struct CommandExample: Sendable, CustomTestStringConvertible {
    let command: Command
    /// The value of `params`.
    let params: String

    init(_ command: Command, _ params: String) {
        self.command = command
        self.params = params
    }

    var testDescription: String { "\(command.name) \(params.prefix(80))" }

    /// A WAV file of one sample.
    static let wav = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQIAAAAAAA=="

    /// Every command with all of its members, and with as few as can be.
    static let all: [CommandExample] = full + minimal

    static let full: [CommandExample] = [
        .init(
            .conference(fullConference),
            #"{"auto_leave_announce":"1","auto_leave_when_alone":true,"id":"room 7","pin_code":"0123456789","#
                + #""pin_error":"2","pin_max_tries":3,"pin_prompt":"TTS|TTS_FR-FR_AUDREY|Votre code ?","pin_valid":"4","#
                + #""pin_wait":30,"user_join":"5","user_leave":"6","waiting":"0","welcome":"8"}"#),
        .init(
            .dialout(fullDialout),
            #"{"cdr_field":"0abcXYZ9","cli":"+16467890800","ringtone":"MUSIC","#
                + #""targets":[{"number":"+33612345678","timeout":5},{"number":"+447890123456"}],"whisper":"12"}"#),
        .init(.hangup(Hangup()), "{}"),
        .init(.hangupCall(HangupCall(CallID(rawValue: .max))), #"{"callid":18446744073709551615}"#),
        .init(
            .play(Play(.speech("a|b/\"\\\n\u{1}é😀", voice: "TTS_EN-GB_DANIEL"))),
            #"{"media_id":"TTS|TTS_EN-GB_DANIEL|a|b/\"\\\n\u0001é😀"}"#),
        .init(.playRecord(PlayRecord("/tmp/a.wav")), #"{"media_file":"/tmp/a.wav"}"#),
        .init(
            .playTalkDetect(
                PlayTalkDetect(
                    .library(5), minimum: .milliseconds(1), maximum: .milliseconds(60_000),
                    silence: .milliseconds(5000),
                    analysisTime: .milliseconds(60_000))),
            #"{"analysistime_ms":60000,"max_ms":60000,"media_id":"5","min_ms":1,"silence_ms":5000}"#),
        .init(.playWAVData(PlayWAVData(base64: wav)), #"{"audio_data":"\#(wav)"}"#),
        .init(
            .read(Read(.library(999_999_999_999_999_999), maximumDigits: 1, attempts: 2, timeout: .milliseconds(100))),
            #"{"attempts":2,"max_digits":1,"media_id":"999999999999999999","timeout_ms":100}"#),
        .init(
            .record(Record(silence: .seconds(20), maximumDuration: .seconds(300))),
            #"{"max_duration":300,"silence":20}"#),
        .init(
            .sendDTMF(SendDTMF("123#*", duration: .milliseconds(5000), pause: .zero)),
            #"{"digits":"123#*","duration_ms":5000,"timeout_ms":0}"#),
        .init(
            .simpleConference(SimpleConference("salle d'été", autoLeaveWhenAlone: false)),
            #"{"auto_leave_when_alone":false,"id":"salle d'été"}"#),
        .init(
            .startCallRecording(fullRecording),
            #"{"announce":"0","feeds":"leg_a","locale":"fr_FR","ner":false,"pii":true,"sentiment":false,"#
                + #""transcription":true}"#),
        .init(.stopCallRecording(StopCallRecording(announce: .library(7))), #"{"announce":"7"}"#),
        .init(.wait(Wait(.seconds(30))), #"{"wait":30}"#),
        .init(
            .waitForSilence(WaitForSilence(.milliseconds(5000), iterations: 10, timeout: .seconds(300))),
            #"{"iterations":10,"silence_ms":5000,"timeout":300}"#),
    ]

    private static let minimal: [CommandExample] = [
        .init(.conference(Conference("r")), #"{"id":"r"}"#),
        .init(.dialout(Dialout([.init(PhoneNumber("+12")!)])), #"{"targets":[{"number":"+12"}]}"#),
        .init(
            .dialout(Dialout([.init(PhoneNumber("+123456789012345")!)], callerID: .blocked)),
            #"{"cli":"BLOCKED","targets":[{"number":"+123456789012345"}]}"#),
        .init(.hangupCall(HangupCall(CallID(rawValue: 0))), #"{"callid":0}"#),
        .init(.play(Play(.library(1))), #"{"media_id":"1"}"#),
        .init(.play(Play(.speech("\u{301}", voice: "\u{301}"))), "{\"media_id\":\"TTS|\u{301}|\u{301}\"}"),
        .init(
            .playTalkDetect(PlayTalkDetect(.library(5))),
            #"{"analysistime_ms":4000,"max_ms":60000,"media_id":"5","min_ms":500,"silence_ms":5}"#),
        .init(
            .read(Read(.library(3))), #"{"attempts":10,"max_digits":20,"media_id":"3","timeout_ms":30000}"#),
        .init(.record(Record(silence: .zero, maximumDuration: .zero)), #"{"max_duration":0,"silence":0}"#),
        .init(.sendDTMF(SendDTMF("0")), #"{"digits":"0","duration_ms":500,"timeout_ms":500}"#),
        .init(.simpleConference(SimpleConference("r")), #"{"id":"r"}"#),
        .init(.startCallRecording(StartCallRecording()), "{}"),
        .init(.stopCallRecording(StopCallRecording()), "{}"),
        .init(.wait(Wait()), #"{"wait":1}"#),
        .init(
            .waitForSilence(WaitForSilence(.milliseconds(1))), #"{"iterations":1,"silence_ms":1,"timeout":0}"#),
    ]

    private static var fullConference: Conference {
        var conference = Conference("room 7")
        conference.autoLeaveAnnounce = .library(1)
        conference.autoLeaveWhenAlone = true
        conference.pinCode = PIN("0123456789")
        conference.pinError = .library(2)
        conference.pinMaximumTries = 3
        conference.pinPrompt = .speech("Votre code ?", voice: "TTS_FR-FR_AUDREY")
        conference.pinValid = .library(4)
        conference.pinWait = .seconds(30)
        conference.userJoin = .library(5)
        conference.userLeave = .library(6)
        conference.waiting = Media.none
        conference.welcome = .library(8)
        return conference
    }

    private static var fullDialout: Dialout {
        var dialout = Dialout(
            [.init(PhoneNumber("+33612345678")!, timeout: .seconds(5)), .init(PhoneNumber("+447890123456")!)],
            callerID: .number(PhoneNumber("+16467890800")!))
        dialout.customField = "0abcXYZ9"
        dialout.ringtone = .music
        dialout.whisper = .library(12)
        return dialout
    }

    private static var fullRecording: StartCallRecording {
        var recording = StartCallRecording()
        recording.announce = Media.none
        recording.feeds = .callerOnly
        recording.locale = "fr_FR"
        recording.recognizesEntities = false
        recording.findsPersonalInformation = true
        recording.analyzesSentiment = false
        recording.transcribes = true
        return recording
    }
}
