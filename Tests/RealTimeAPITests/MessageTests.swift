import Testing

@testable import RealTimeAPI

@Suite("Messages")
struct MessageTests {
    /// The response and the request of the platform's page, the request without its line ends.
    static let pageExamples = [
        """
        {
        "command":"read",
        "command_id":1,
        "params":{
        "media_id":"TTS|TTS_FR-FR_AUDREY|Bonjour, appuyez sur \\u00e9toile",
        "max_digits":1,
        "attempts":1,
        "timeout_ms":4000
        },
        "variables":{}
        }
        """,
        #"{"app":"4346423A","callid":421889,"request_hash":"4260XMAQ","cli_name":"","cli_number":"","date_started":"2012-01-09 17:27:55","number":"+33612345678","command":"","command_id":0,"command_result":"","command_error":"","call_status":"UP","cdr_field":"000CUSTOMFIELD42","variables":{}}"#,
    ]

    @Test("the page's example response is read, and written with equal values")
    func exampleResponse() throws {
        let text = Self.pageExamples[0]
        let response = try Response(json: text.utf8)
        let media = Media.speech("Bonjour, appuyez sur étoile", voice: "TTS_FR-FR_AUDREY")
        #expect(response.command == .read(Read(media, maximumDigits: 1, attempts: 1, timeout: .milliseconds(4000))))
        #expect(response.commandID == 1)
        #expect(
            String(decoding: response.json, as: UTF8.self)
                == #"{"command":"read","command_id":1,"params":{"attempts":1,"max_digits":1,"media_id":"TTS|TTS_FR-FR_AUDREY|Bonjour, appuyez sur étoile","timeout_ms":4000},"variables":{}}"#
        )
        #expect(Response.validate(json: text.utf8).isEmpty)
    }

    @Test("the page's example request is read, and written with equal values")
    func exampleRequest() throws {
        let text = Self.pageExamples[1]
        let request = try Request(json: text.utf8)
        #expect(request.call.rawValue == 421_889 && request.status == .up && request.commandID == 0)
        #expect(String(decoding: request.json, as: UTF8.self) == text)
        #expect(Request.validate(json: text.utf8).isEmpty)
    }

    @Test("findings name the field, what was found, what is allowed, and what may be meant")
    func findings() {
        func findings(_ text: String) -> [String] {
            let state = #"{"command_id":1,"variables":{},"#
            return Response.validate(json: (text == "{" ? text : text.replacing(/^{/, with: state)).utf8)
                .map(\.description)
        }
        #expect(
            findings(#"{"command":"hungup"}"#) == ["/command: there is no command 'hungup'; did you mean 'hangup'?"])
        #expect(
            findings(#"{"command":"read","params":{"media_id":"1","attempts":12,"max_digits":1,"timeout_ms":500}}"#)
                == ["/params/attempts: 12 is over the maximum 10"])
        #expect(
            findings(#"{"command":"dialout","params":{"targets":[{"number":"0612"}]}}"#)
                == [
                    "/params/targets/0/number: \"0612\" must be a string with a number in E.164, as in \"+33612345678\""
                ])
        #expect(
            findings(#"{"command":"play","params":{"media":"1"}}"#)
                == [
                    "/params/media_id: is missing; it must be a Media Library id or \"TTS|VOICE|text\"",
                    "/params/media: is unknown and ignored; did you mean \"media_id\"?",
                ])
        #expect(findings("{") == ["not JSON: the end of the text at byte 1"])
        #expect(findings("[]") == ["an array must be an object"])
    }
}
