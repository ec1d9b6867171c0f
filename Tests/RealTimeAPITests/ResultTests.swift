import Testing

@testable import RealTimeAPI

@Suite("Results")
struct ResultTests {
    /// The request that follows a command.
    private func request(_ command: String, _ result: String, error: String = "") throws -> Request {
        let text =
            #"{"callid":1,"call_status":"UP","command":"\#(command)","command_result":\#(result),"command_error":"\#(error)"}"#
        return try Request(json: text.utf8)
    }

    private func expect<Parameters: CommandParameters>(
        _ type: Parameters.Type, _ results: (String, Parameters.Result)...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for (wire, result) in results {
            let request = try request(Parameters.name, "\"\(wire)\"")
            #expect(request.result(of: type) == result, sourceLocation: sourceLocation)
            #expect(result.wire == wire, sourceLocation: sourceLocation)
        }
        // What is not documented is kept.
        for wire in ["", "2", "CANCELLED", "TAL\u{212A}", "été", "+1"] {
            #expect(try request(Parameters.name, "\"\(wire)\"").result(of: type)?.wire == wire)
        }
        #expect(try request(Parameters.name, "\"\"", error: "no such media").result(of: type) == nil)
        #expect(try request("other", "\"0\"").result(of: type) == nil)
    }

    @Test("every documented result is one of its command's, and every other is kept")
    func documented() throws {
        try expect(
            Conference.self, ("CONFERENCE_CLOSED", .closed), ("LAST_PARTICIPANT", .lastParticipant),
            ("LEFT_CONFERENCE", .left), ("PIN_ERROR", .wrongPIN), ("PIN_TIMEOUT", .noPIN), ("x", .other("x")))
        try expect(Dialout.self, ("NOANSWER", .noAnswer), ("BUSY", .other("BUSY")))
        try expect(Hangup.self, ("0", UndocumentedResult(wire: "0")))
        try expect(HangupCall.self, ("0", UndocumentedResult(wire: "0")))
        try expect(Play.self, ("0", .played), ("1", .failed), ("2", .other("2")))
        try expect(PlayRecord.self, ("0", .played), ("1", .failed), ("2", .other("2")))
        try expect(
            PlayTalkDetect.self, ("0", .noTalk), ("TALK", .talk), ("1", .other("1")),
            ("TAL\u{212A}", .other("TAL\u{212A}")))
        try expect(PlayWAVData.self, ("0", .played), ("1", .failed), ("2", .other("2")))
        try expect(
            Read.self, ("345", .digits("345")), ("*#", .digits("*#")), ("", .digits("")), ("TIMEOUT", .timeout),
            ("12a", .other("12a")), ("٣", .other("٣")))
        try expect(Record.self, ("/tmp/r.wav", MediaFile("/tmp/r.wav")))
        try expect(SendDTMF.self, ("0", .done), ("1", .other("1")))
        try expect(SimpleConference.self, ("0", UndocumentedResult(wire: "0")))
        try expect(StartCallRecording.self, ("4260XMAQ", RecordingID(rawValue: "4260XMAQ")))
        try expect(StopCallRecording.self, ("4260XMAQ", RecordingID(rawValue: "4260XMAQ")))
        try expect(Wait.self, ("0", .done), ("1", .other("1")))
        try expect(WaitForSilence.self, ("SILENCE", .silence), ("TIMEOUT", .timeout), ("0", .other("0")))
    }

    @Test("the integer that send_dtmf answers is read, and written as an integer again")
    func integer() throws {
        let request = try request("send_dtmf", "0")
        #expect(request.result(of: SendDTMF.self) == .done)
        #expect(request.commandResult == ResultText("0", isNumber: true))
        #expect(String(decoding: request.json, as: UTF8.self).contains(#""command_result":0,"#))
        #expect(try self.request("send_dtmf", "7").result(of: SendDTMF.self) == .other("7"))
    }
}
