import Testing

@testable import RealTimeAPI

@Suite("Requests")
struct RequestTests {
    private func request(_ members: String) throws -> Request {
        try Request(json: #"{"callid":1,"call_status":"UP"\#(members.isEmpty ? "" : ",")\#(members)}"#.utf8)
    }

    private func text(_ request: Request) -> String { String(decoding: request.json, as: UTF8.self) }

    @Test func `what is wrong can be told without the value`() {
        let body = #"{"callid":1,"call_status":"UP","cli_number":33612345678,"command_result":[4711]}"#
        let findings = Request.validate(json: body.utf8)
        #expect(findings.map(\.description)[0] == "/cli_number: 33612345678 must be a string")
        #expect(findings[0].withoutValue == "/cli_number must be a string")
        #expect(findings[1].withoutValue.hasPrefix("/command_result must be a string or a whole number"))
    }

    @Test func `a duration in seconds that is no whole number of them is found out`() {
        func errors(_ command: Command) -> [String] {
            command.findings.filter { $0.severity == .error }.map(\.description)
        }
        #expect(
            errors(.record(Record(silence: .milliseconds(900), maximumDuration: .milliseconds(-500)))) == [
                "/max_duration: -0.500 must be a whole number, 0...300 s",
                "/silence: 0.900 must be a whole number, 0...20 s",
            ])
        #expect(errors(.record(Record(silence: .seconds(20), maximumDuration: .seconds(300)))).isEmpty)
    }

    @Test(
        "an exponent that just fits into 64 bits is as good as one that does not",
        arguments: [
            "1e9223372036854775807", "10e9223372036854775807", "-1e9223372036854775807", "0.1e-9223372036854775808",
            "1e-9223372036854775808",
        ])
    func largestExponents(number: String) {
        let body = #"{"callid":\#(number),"call_status":"UP","command_result":\#(number)}"#
        let errors = Request.validate(json: body.utf8).filter { $0.severity == .error }
        #expect(errors.map(\.pointer) == ["/callid", "/command_result"])
    }

    @Test("the number of a call keeps its 64 bits", arguments: [0, 1, 1 << 53 + 1, 1 << 63, .max])
    func callID(number: UInt64) throws {
        let request = try Request(json: #"{"callid":\#(number),"call_status":"UP"}"#.utf8)
        #expect(request.call.rawValue == number && request.call.description == "\(number)")
        #expect(text(request).contains(#""callid":\#(number),"#))
    }

    @Test("ids of commands are kept apart: 0, \"0\", \"\", and none")
    func commandID() throws {
        let ids: [(String, CommandID?)] = [
            (#""command_id":0"#, 0), (#""command_id":"0""#, "0"), (#""command_id":"""#, ""), ("", nil),
            (#""command_id":-9223372036854775808"#, .integer(.min)),
            (#""command_id":9007199254740993"#, .integer(1 << 53 + 1)),
        ]
        #expect(Set(ids.map(\.1)).count == ids.count)
        for (members, id) in ids {
            let request = try request(members)
            #expect(request.commandID == id)
            #expect(text(request).contains("\"command_id\"") == (id != nil))
            #expect(members.isEmpty || text(request).contains(members + ","))
            let response = Response(.hangup(Hangup()), commandID: request.commandID)
            #expect(try Response(json: response.json).commandID == id)
            #expect(String(decoding: response.json, as: UTF8.self).contains(members + (members.isEmpty ? "" : ",")))
        }
    }

    @Test("an inbound call has no request hash, be it null or missing")
    func requestHash() throws {
        #expect(try request("").requestHash == nil)
        #expect(try request(#""request_hash":null"#).requestHash == nil)
        #expect(try request(#""request_hash":"""#).requestHash == "")
        #expect(try request(#""request_hash":"4260XMAQ""#).requestHash == "4260XMAQ")
    }

    @Test(
        "variables come back byte for byte",
        arguments: [
            "{}", "[]", "[ ]", "{ }", #"{"a":{"b":[{"c":null}]}}"#,
            #"{"n":[1e400,-0,9007199254740993,1E+2,0.10,-1e-400]}"#,
            #"{"a":1,"a":2}"#, #"{"\u00e9":"\ud83d\ude00\ud800\/\"","é":"/"}"#, "{\n\t\"a\" : [ 1 ,\r 2 ]\n}",
            #"{"variables":{"variables":1}}"#, "{\"k\":\"\u{301}\u{7F}\u{2028}\"}",
        ])
    func variables(text: String) throws {
        let request = try request("\"variables\": \(text) ")
        #expect(request.variables.bytes == Array(text.utf8))
        #expect(self.text(request).hasSuffix("\"variables\":\(text)}"))
        let response = Response(.hangup(Hangup()), variables: request.variables)
        #expect(String(decoding: response.json, as: UTF8.self).hasSuffix("\"variables\":\(text)}"))
        #expect(try Response(json: response.json).variables == request.variables)
    }

    @Test("variables that are missing are empty; what is neither an object nor an empty array is refused")
    func otherVariables() throws {
        #expect(try request("").variables == .emptyObject)
        for value in [
            "[1]", "null", "1", #""{}""#, "true", "{", #"{"a":01}"#, #"{"a":"\#u{1}"}"#, #"{"a":1,}"#, "{a:1}",
        ] {
            #expect(throws: MessageError.self, "\(value)") { try request("\"variables\":\(value)") }
        }
    }

    @Test("seven statuses are known, and others kept; only two of them are not the end")
    func statuses() throws {
        let statuses: [(String, CallStatus, isFinal: Bool)] = [
            ("UP", .up, false), ("HANGUP", .hangup, true), ("INCOMING_CALL", .incomingCall, false),
            ("NOANSWER", .noAnswer, true), ("CONGESTION", .congestion, true), ("BUSY", .busy, true),
            ("REJECTED", .rejected, true), ("PARKED", .other("PARKED"), true), ("", .other(""), true),
        ]
        #expect(CallStatus.knownNames == statuses.prefix(7).map(\.0))
        for (name, status, isFinal) in statuses {
            let json = #"{"callid":1,"call_status":"\#(name)"}"#.utf8
            let request = try Request(json: json)
            #expect(request.status == status && status.name == name && status.isFinal == isFinal)
            #expect(text(request).contains(#""call_status":"\#(name)","#))
            #expect(
                Request.validate(json: json).map(\.pointer)
                    == (CallStatus.knownNames.contains(name) ? [] : ["/call_status"]))
        }
    }

    @Test("members that are not known are ignored, whatever they hold")
    func unknownMembers() throws {
        #expect(try request(#""x":{"variables":[1e400]},"Variables":7,"":null"#) == request(""))
    }

    @Test("every member is read, and written in the page's order, with what must be escaped and no more")
    func everything() throws {
        var request = Request()
        request.app = "a\"\\/\u{8}\u{C}\n\r\t\u{1F}\u{7F}"
        request.call = CallID(rawValue: 2)
        request.requestHash = "h"
        request.callerName = "Zoé 😀"
        request.callerNumber = "+1"
        request.dateStarted = "2012-01-09 17:27:55"
        request.number = "+2"
        request.command = "read"
        request.commandID = "s"
        request.commandResult = ResultText("12#")
        request.commandError = "e"
        request.status = .hangup
        request.customField = "c"
        request.variables = try JSONText(" {\"v\": 1} ")
        #expect(
            text(request)
                == #"{"app":"a\"\\/\b\f\n\r\t\u001f\#u{7F}","callid":2,"request_hash":"h","cli_name":"Zoé 😀","cli_number":"+1","#
                + #""date_started":"2012-01-09 17:27:55","number":"+2","command":"read","command_id":"s","command_result":"12#","#
                + #""command_error":"e","call_status":"HANGUP","cdr_field":"c","variables":{"v": 1}}"#)
        #expect(try Request(json: request.json) == request)
    }

    @Test("what is not JSON says what was found, and where")
    func syntax() {
        func finding(_ bytes: [UInt8]) -> String {
            Request.validate(json: bytes).map(\.description).joined(separator: "; ")
        }
        let cases: [(String, String)] = [
            ("", "the end of the text at byte 0"), (" \n", "the end of the text at line 2, column 1"),
            ("{} x", #"unexpected "x" at byte 3"#),
            ("nul", "the end of the text at byte 3"), (#"{"a" 1}"#, #"unexpected "1" at byte 5"#),
            ("[1,]", #"unexpected "]" at byte 3"#), ("+1", #"unexpected "+" at byte 0"#),
            ("1.e5", #"unexpected "e" at byte 2"#),
            (#""\q""#, "an unknown escape at byte 1"), (#""\u12"#, #"\u without four hexadecimal digits at byte 1"#),
            ("\"a\u{1}", "a control character in a string at byte 2"), (#""abc"#, "a string without an end at byte 0"),
            ("\u{FEFF}{}", "unexpected byte 239 at byte 0"),
        ]
        for (text, message) in cases { #expect(finding(Array(text.utf8)) == "not JSON: \(message)") }
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] {
            #expect(finding([0x22] + bytes + [0x22]) == "not JSON: a string that is not UTF-8 at byte 0")
        }
    }
}
