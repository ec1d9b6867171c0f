import Foundation
import Testing

@testable import RealTimeAPI

@Suite("Round trips")
struct RoundTripTests {
    @Test("every command is written compact, in the page's order and unescaped, and read as it was")
    func commands() throws {
        #expect(Set(CommandExample.full.map(\.command.name)) == Set(Command.names) && Command.names.count == 16)
        for example in CommandExample.all {
            let response = Response(example.command, commandID: 7, variables: try JSONText(#"{"a":[1e400]}"#))
            let text =
                #"{"command":"\#(example.command.name)","command_id":7,"params":\#(example.params),"variables":{"a":[1e400]}}"#
            #expect(String(decoding: response.json, as: UTF8.self) == text)
            #expect(try Response(json: response.json) == response)
            #expect(try Response(json: response.json).json == response.json)
            #expect(!Response.validate(json: response.json).containsError)
        }
    }

    @Test("the members of every command are those of the page, in its order")
    func order() {
        let page = [
            "conference": """
            auto_leave_announce auto_leave_when_alone id pin_code pin_error pin_max_tries pin_prompt pin_valid \
            pin_wait user_join user_leave waiting welcome
            """,
            "dialout": "cdr_field cli ringtone targets whisper", "hangup": "", "hangup_callid": "callid",
            "play": "media_id", "play_record": "media_file",
            "play_talk_detect": "analysistime_ms max_ms media_id min_ms silence_ms", "play_wav_data": "audio_data",
            "read": "attempts max_digits media_id timeout_ms", "record": "max_duration silence",
            "send_dtmf": "digits duration_ms timeout_ms", "simple_conference": "auto_leave_when_alone id",
            "start_call_recording": "announce feeds locale ner pii sentiment transcription",
            "stop_call_recording": "announce", "wait": "wait", "wait_for_silence": "iterations silence_ms timeout",
        ]
        #expect(Command.names == page.keys.sorted())
        for form in CommandForm.all {
            #expect(form.definition.fieldNames.joined(separator: " ") == page[form.name])
        }
        // So no golden text above leaves a member out.
        for example in CommandExample.full {
            guard case .object(let members) = example.command.params else { continue }
            #expect(members.map(\.name).joined(separator: " ") == page[example.command.name])
        }
    }

    @Test("a response without a command is an empty object, and that is read")
    func over() throws {
        #expect(String(decoding: Response(nil).json, as: UTF8.self) == "{}")
        #expect(try Response(json: " {} ".utf8) == Response(nil))
        #expect(Response.validate(json: "{}".utf8).isEmpty)
    }

    @Test("durations are written to the millisecond, and none is too long")
    func durations() {
        func text(_ command: Command) -> String { String(decoding: JSONWriter.bytes(command.params), as: UTF8.self) }
        #expect(text(.wait(Wait(.milliseconds(1999)))) == #"{"wait":1.999}"#)
        #expect(text(.wait(Wait(.microseconds(-1_050_400)))) == #"{"wait":-1.050}"#)
        let longest = Duration(secondsComponent: .max, attosecondsComponent: 999_999_999_999_999_999)
        #expect(text(.wait(Wait(longest))) == #"{"wait":9223372036854775808}"#)
        #expect(
            text(.waitForSilence(WaitForSilence(longest)))
                == #"{"iterations":1,"silence_ms":9223372036854775808000,"timeout":0}"#)
        #expect(
            text(.waitForSilence(WaitForSilence(.zero - longest)))
                == #"{"iterations":1,"silence_ms":-9223372036854775808000,"timeout":0}"#)
        for milliseconds in [1, 999, 1001, 4999, 5000] {
            let silence = Duration.microseconds(milliseconds * 1000 + 499)
            #expect(text(.waitForSilence(WaitForSilence(silence))).contains(#""silence_ms":\#(milliseconds),"#))
        }
    }

    @Test("values in Swift that the platform would refuse are found before they are sent")
    func findings() {
        func response(_ command: Command) -> Response { Response(command, commandID: 1, variables: .emptyObject) }
        #expect(response(.wait(Wait())).findings.isEmpty && Response(nil).findings.isEmpty)
        #expect(Response(.wait(Wait())).findings.map(\.pointer) == ["/command_id", "/variables"])
        #expect(
            response(.wait(Wait(.seconds(31)))).findings.map(\.description) == [
                "/params/wait: 31 is over the maximum 30 s"
            ])
        #expect(response(.play(Play(.none))).findings.map(\.pointer) == ["/params/media_id"])
        #expect(Response(.play(Play(.speech("", voice: "TTS_FR-FR_AUDREY")))).findings.containsError)
    }

    @Test("variables can be made of values")
    func variables() throws {
        let value = JSON.object([.init("n", .integer(UInt64.max)), .init("é/", .array([.null, .bool(true)]))])
        #expect(try JSONText(encoding: value).text == #"{"n":18446744073709551615,"é/":[null,true]}"#)
        #expect(try JSONText(encoding: value).value == value)
        #expect(throws: JSONError.self) { try JSONText(encoding: .number("x")) }
    }

    @Test("what is written, Foundation reads as the same values", arguments: CommandExample.all)
    func foundation(example: CommandExample) throws {
        let response = try JSONSerialization.jsonObject(with: Data(Response(example.command).json)) as? NSDictionary
        let params = try JSONSerialization.jsonObject(with: Data(example.params.utf8)) as? NSDictionary
        #expect(response?["command"] as? String == example.command.name)
        #expect(response?["params"] as? NSDictionary == params)
    }
}
