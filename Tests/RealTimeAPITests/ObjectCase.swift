import Testing

/// An object on the wire, as the platform's page describes it.
struct ObjectCase: Sendable, CustomTestStringConvertible {
    /// The command, or `Request`, `Response`, `Target`: its name in the schema.
    let name: String
    let fields: [FieldCase]

    init(_ name: String, _ fields: [FieldCase]) {
        self.name = name
        self.fields = fields
    }

    var testDescription: String { name }

    /// The object with all of its members, in order, but for some changes; nil leaves a member out.
    func text(_ changes: [String: String?] = [:], more: String = "") -> String {
        let members = fields.compactMap { field -> String? in
            let value = changes[field.name, default: field.accepted.first]
            return value.map { "\"\(field.name)\":\($0)" }
        }
        return "{" + (members + (more.isEmpty ? [] : [more])).joined(separator: ",") + "}"
    }

    /// The whole message with such an object in it.
    func message(_ object: String) -> String {
        switch name {
        case "Request", "Response": object
        case "Target": #"{"command":"dialout","params":{"targets":[{"number":"+33612345678"},\#(object)]}}"#
        default: #"{"command":"\#(name)","params":\#(object)}"#
        }
    }

    /// Where the object is in its message.
    var pointer: String {
        switch name {
        case "Request", "Response": ""
        case "Target": "/params/targets/1"
        default: "/params"
        }
    }

    static let commands: [ObjectCase] = [
        ObjectCase(
            "conference",
            [
                .media("auto_leave_announce", orNone: true), .bool("auto_leave_when_alone"), room.required,
                .string(
                    "pin_code", ["", "0", "0123456789"],
                    not: ["01234567890", "12a", "1 2", "-1", #"12\n"#, #"123456789\n"#, "٣"]),
                .media("pin_error", orNone: true), .count("pin_max_tries"),
                .media("pin_prompt", orNone: true), .media("pin_valid", orNone: true), .count("pin_wait"),
                .media("user_join", orNone: true), .media("user_leave", orNone: true), .media("waiting", orNone: true),
                .media("welcome", orNone: true),
            ]),
        ObjectCase(
            "dialout",
            [
                .string(
                    "cdr_field", ["", "azAZ09", String(repeating: "a", count: 32)],
                    not: [String(repeating: "a", count: 33), "a b", "a-b", "é", #"a\n"#]),
                .string(
                    "cli", phoneNumbers + ["BLOCKED"],
                    not: noPhoneNumbers + ["blocked", "BLOC\u{212A}ED", #"BLOCKED\n"#]),
                .string("ringtone", ["MUSIC", "RING"], not: ["", "ring", "MUSIC ", "NONE", #"RING\n"#]),
                FieldCase(
                    name: "targets", isRequired: true,
                    accepted: [#"[{"number":"+33612345678"}]"#, #"[{"number":"+12"},{"number":"+13","timeout":30}]"#],
                    refused: ["[]", "null", "true", "7", "1.5", #""+33612345678""#, #"{"number":"+33612345678"}"#]),
                .media("whisper", orNone: true),
            ]),
        ObjectCase("hangup", []),
        ObjectCase("hangup_callid", [FieldCase.callID("callid").required]),
        ObjectCase("play", [FieldCase.media("media_id", orNone: false).required]),
        ObjectCase(
            "play_record", [FieldCase.string("media_file", ["x", " ", #"\n"#, "é😀", "/a\u{301}"], not: [""]).required]),
        ObjectCase(
            "play_talk_detect",
            [
                .integer("analysistime_ms", 1...60_000), .integer("max_ms", 1...60_000),
                FieldCase.media("media_id", orNone: false).required, .integer("min_ms", 1...60_000),
                .integer("silence_ms", 1...5000),
            ]),
        ObjectCase("play_wav_data", [FieldCase.string("audio_data", wavFiles, not: noWAVFiles).required]),
        ObjectCase(
            "read",
            [
                .integer("attempts", 1...10), .integer("max_digits", 1...20),
                FieldCase.media("media_id", orNone: false).required, .integer("timeout_ms", 100...30_000),
            ]),
        ObjectCase("record", [.integer("max_duration", 0...300), .integer("silence", 0...20)]),
        ObjectCase(
            "send_dtmf",
            [
                FieldCase.string(
                    "digits", ["0", "0123456789*#", "123#"], not: ["", "A", "1 2", "1,2", "+1", #"1\n"#, "٣"]
                ).required, .integer("duration_ms", 1...5000), .integer("timeout_ms", 0...10_000),
            ]),
        ObjectCase("simple_conference", [.bool("auto_leave_when_alone"), room.required]),
        ObjectCase(
            "start_call_recording",
            [
                .media("announce", orNone: true),
                .string("feeds", ["all", "both", "leg_a", "leg_b"], not: ["", "ALL", "leg_c", #"all\n"#]),
                .string(
                    "locale", ["", "en_US", "fr_FR", "fr", "fra", "zh_Hans_CN", "en-US", "es_419"],
                    not: [
                        "f", "french", "fr_", "_FR", "fr__FR", "fr FR", "fr_F", "fr_123456789", #"fr\n"#, "f\u{301}r",
                    ]),
                .bool("ner"), .bool("pii"), .bool("sentiment"), .bool("transcription"),
            ]),
        ObjectCase("stop_call_recording", [.media("announce", orNone: true)]),
        ObjectCase("wait", [FieldCase.integer("wait", 1...30).required]),
        ObjectCase(
            "wait_for_silence",
            [
                .integer("iterations", 1...10), FieldCase.integer("silence_ms", 1...5000).required,
                .integer("timeout", 0...300),
            ]),
    ]

    static let target = ObjectCase(
        "Target",
        [FieldCase.string("number", phoneNumbers, not: noPhoneNumbers).required, .count("timeout")])

    static let response = ObjectCase(
        "Response",
        [
            FieldCase.string("command", ["play"], not: ["", "Play", "play ", "hungup", #"play\n"#]).required,
            .integerOrString("command_id"),
            FieldCase(
                name: "params", isRequired: true, accepted: [#"{"media_id":"1"}"#],
                refused: ["{}", "[]", #"[{"media_id":"1"}]"#, "null", "true", "7", "1.5", #""x""#]),
            .variables(),
        ])

    static let request = ObjectCase(
        "Request",
        [
            .anyString("app"), FieldCase.callID("callid").required,
            FieldCase(
                name: "request_hash", accepted: ["null", #""""#, #""4260XMAQ""#],
                refused: ["true", "7", "1.5", "[]", "{}"]),
            .anyString("cli_name"), .anyString("cli_number"), .anyString("date_started"), .anyString("number"),
            .anyString("command", "read"), .integerOrString("command_id"), .result("command_result"),
            .anyString("command_error"),
            FieldCase.anyString(
                "call_status", "UP", "HANGUP", "INCOMING_CALL", "NOANSWER", "CONGESTION", "BUSY", "REJECTED"
            ).required,
            .anyString("cdr_field"), .variables(),
        ])

    static let all = commands + [target, response, request]

    private static let room = FieldCase(
        name: "id", accepted: [#""x""#, #"" ""#, #""\n""#, #""é😀""#, #""a/b""#, "1234", "0", "-7", "1.0"],
        refused: ["\"\"", "null", "true", "1.5", "[7]", #"{"a":7}"#, "9223372036854775808"])
    private static let phoneNumbers = ["+16467890800", "+12", "+123456789012345", "+447890123456"]
    private static let noPhoneNumbers = [
        "", "+", "+1", "+0123456", "+1234567890123456", "0612345678", "33612345678", "0033612345678", "+33 612345678",
        "+33612345678 ", #"+33612345678\n"#, "+3361234567٣", "+336a2345678",
    ]

    /// 8000 Hz, 16 bit, mono, in base64: with no, one and two characters of padding, and of various sizes.
    private static let wavFiles = [
        CommandExample.wav, header(size: "QA"), header(size: "AA") + "AAAA", header(size: "yA") + "AA==",
        header(size: "//") + "AAA=",
    ]

    private static func header(size: String) -> String {
        "UklGR\(size == "//" ? "v////9" : "i\(size)AAB")XQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAAA"
    }

    private static let noWAVFiles = [
        "", "x", "AAAA", "data:audio/wav;base64,\(CommandExample.wav)", #"\#(CommandExample.wav)\n"#,
        "\(CommandExample.wav.prefix(44))", String(CommandExample.wav.dropLast()), CommandExample.wav + "=",
        CommandExample.wav + "AAAA", CommandExample.wav.replacing("/", with: "_") + "_AAA",
        // Two channels, 16000 Hz, 8 bit, A-law, RIFX.
        CommandExample.wav.replacing("AAABAAEAQB8", with: "AAABAAIAQB8"),
        CommandExample.wav.replacing("AEAQB8AAIA+", with: "AEAgD4AAAB9"),
        CommandExample.wav.replacing("AAACABAA", with: "AAABAAgA"),
        CommandExample.wav.replacing("AAABAAEA", with: "AAGAAEA"),
        CommandExample.wav.replacing("UklGR", with: "UklGW"), "é" + CommandExample.wav,
    ]
}
