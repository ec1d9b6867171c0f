import TelephonyAudio
import Testing

@testable import RealTimeAPI

@Suite("Fields")
struct FieldTests {
    private func findings(_ object: ObjectCase, _ text: String) -> [Finding] {
        let message = object.message(text).utf8
        return object.name == "Request" ? Request.validate(json: message) : responseFindings(message)
    }

    /// The findings but those on a state that is lost, which most messages here do not carry.
    private func responseFindings(_ message: some Sequence<UInt8>) -> [Finding] {
        Response.validate(json: message).filter {
            !["/command_id", "/variables"].contains($0.pointer) || !$0.message.hasPrefix("is missing")
        }
    }

    @Test("the table has every member that there is")
    func complete() {
        #expect(ObjectCase.commands.map(\.name) == Command.names)
        for (object, form) in zip(ObjectCase.commands, CommandForm.all) {
            #expect(object.fields.map(\.name) == form.definition.fieldNames)
        }
        #expect(ObjectCase.target.fields.map(\.name) == Dialout.Target.definition.fieldNames)
        #expect(ObjectCase.request.fields.map(\.name) == Request.definition.fieldNames)
    }

    @Test("what the page allows is no error", arguments: ObjectCase.all)
    func accepted(object: ObjectCase) {
        #expect(findings(object, object.text()).allSatisfy { $0.severity == .warning })
        for field in object.fields {
            for value in field.accepted {
                let errors = findings(object, object.text([field.name: value])).filter { $0.severity == .error }
                #expect(errors.isEmpty, "\(object.name).\(field.name) = \(value)")
            }
        }
    }

    @Test(
        "what the page forbids, and every other type, is one error with the field's pointer", arguments: ObjectCase.all)
    func refused(object: ObjectCase) {
        for field in object.fields {
            for value in field.refused {
                let errors = findings(object, object.text([field.name: value])).filter { $0.severity == .error }
                let pointer = "\(object.pointer)/\(field.name)"
                let place = "\(object.name).\(field.name) = \(value): \(errors)"
                if field.name == "params" {
                    #expect(!errors.isEmpty && errors.allSatisfy { $0.pointer.hasPrefix(pointer) }, "\(place)")
                } else {
                    #expect(errors.map(\.pointer) == [pointer], "\(place)")
                }
            }
        }
    }

    @Test(
        "a member that is missing is an error just where the object makes no sense without it",
        arguments: ObjectCase.all)
    func missing(object: ObjectCase) {
        for field in object.fields {
            let errors = findings(object, object.text([field.name: nil as String?])).filter { $0.severity == .error }
            // Where parameters are missing, it is those that can't be missing that are named.
            let pointer = "\(object.pointer)/\(field.name)" + (field.name == "params" ? "/media_id" : "")
            #expect(errors.map(\.pointer) == (field.isRequired ? [pointer] : []), "\(object.name).\(field.name)")
        }
    }

    @Test("an object of another type is one error with its pointer", arguments: ObjectCase.all)
    func otherObject(object: ObjectCase) {
        for value in ["null", "true", "7", "1.5", #""x""#, "[7]"] {
            let errors = findings(object, value).filter { $0.severity == .error }
            #expect(errors.map(\.pointer) == [object.pointer], "\(object.name) = \(value)")
        }
    }

    @Test("a member that is not known is a warning, and what is meant is named", arguments: ObjectCase.all)
    func unknown(object: ObjectCase) {
        let known = Set(findings(object, object.text()))
        for field in object.fields where field.name.count > 3 {
            var name = field.name
            name.remove(at: name.index(name.startIndex, offsetBy: 2))
            let findings = Set(findings(object, object.text(more: "\"\(name)\":7"))).subtracting(known)
            #expect(findings.map(\.pointer) == ["\(object.pointer)/\(name)"])
            #expect(findings.first?.severity == .warning)
            #expect(findings.first?.message.contains("; did you mean \"") == true, "\(name)")
        }
        let stranger = Set(findings(object, object.text(more: #""q/z~":7"#))).subtracting(known)
        #expect(stranger == [Finding.warning("is unknown and ignored").inside("q/z~").inside(at: object.pointer)])
        #expect(stranger.first?.pointer == "\(object.pointer)/q~1z~0")
    }

    @Test("hostile numbers of unknown members and bad elements give few findings")
    func bounded() {
        let members = (0..<50_000).map { "\"attempt\($0)\":1" }.joined(separator: ",")
        #expect(responseFindings("{\"command\":\"hangup\",\"params\":{\(members)}}".utf8).count == 21)
        let targets = repeatElement("{}", count: 50_000).joined(separator: ",")
        let findings = responseFindings(#"{"command":"dialout","params":{"targets":[\#(targets)]}}"#.utf8)
        #expect(findings.count == 200 && findings.containsError)
        let odd = repeatElement(#"{"number":"+12","x":1}"#, count: 500).joined(separator: ",")
        let late = responseFindings(#"{"command":"dialout","params":{"targets":[\#(odd),{}]}}"#.utf8)
        #expect(late.last?.pointer == "/params/targets/500/number" && late.containsError)
    }

    @Test("of members with one name the last counts, as in PHP")
    func duplicates() throws {
        let last = #"{"command":"play","command":"wait","params":{"wait":"x","wait":2}}"#
        #expect(try Response(json: last.utf8).command == .wait(Wait(.seconds(2))))
        #expect(Response.validate(json: #"{"command":"wait","params":{"wait":2,"wait":"x"}}"#.utf8).containsError)
        #expect(
            responseFindings(last.utf8).map(\.description) == [
                "/params/wait: appears more than once; the last one counts here, others may take the first",
                "/command: appears more than once; the last one counts here, others may take the first",
            ])
    }

    @Test("what a message quotes can't act on a terminal, and is short")
    func quotation() {
        let name = "\\u001b[2J\\n\\u202e" + String(repeating: "e\\u0301", count: 1000)
        for text in [
            #"{"command":"\#(name)"}"#, #"{"command":"play","params":{"media_id":"\#(name)"}}"#,
            #"{"command":"play","params":{"media_id":"TTS|\#(name)|x"}}"#,
            #"{"command":"dialout","params":{"ringtone":"\#(name)"}}"#,
            #"{"command":"play_wav_data","params":{"audio_data":"\#(name)"}}"#,
        ] {
            let finding = Response.validate(json: text.utf8)[0].description
            #expect(finding.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x202E })
            #expect(finding.utf8.count < 300)
        }
        let member = responseFindings(#"{"command":"hangup","a\u001bb":1}"#.utf8)[0]
        #expect(member.pointer == "/a\u{1B}b" && member.description == #"/a\u001bb: is unknown and ignored"#)
    }

    @Test("talk that must be longer than it may be can never be detected: a warning")
    func talk() {
        func findings(_ minimum: Int, _ maximum: Int) -> [String] {
            let text =
                #"{"command":"play_talk_detect","params":{"analysistime_ms":4000,"max_ms":\#(maximum),"#
                + #""media_id":"1","min_ms":\#(minimum),"silence_ms":5}}"#
            return responseFindings(text.utf8).map(\.description)
        }
        #expect(findings(499, 500) == [])
        for minimum in [500, 501] {
            #expect(
                findings(minimum, 500) == [
                    "/params/min_ms: \(minimum) is not below max_ms 500: talk can never be detected"
                ])
        }
    }

    @Test("audio that may be late, and a chunk that may click, are warnings")
    func audio() {
        func findings(_ audio: String) -> [Finding] {
            responseFindings(#"{"command":"play_wav_data","params":{"audio_data":"\#(audio)"}}"#.utf8)
        }
        #expect(findings(CommandExample.wav).isEmpty)
        let long = PhoneAudio(samples: [Int16](repeating: 0, count: 480_000)).base64WAV
        #expect(findings(long).map(\.severity) == [.warning])
        #expect(findings(long)[0].message.contains("1.2 MB, 60 s of audio"))
        func error(_ audio: String) -> String { findings(audio)[0].message }
        #expect(
            error("data:audio/wav;base64,UklG") == #"begins with "data:"; only the base64 after the comma is audio"#)
        #expect(error(#"UklG\nRiYA"#) == "holds a line end at character 4, which is not base64")
        #expect(error("UklG RiYA") == #"holds " " at character 4, which is not base64"#)
        #expect(error("UklGRiY") == "is 7 characters of base64, not a multiple of 4: padding is missing")
        #expect(error("SUQzBAAA") == "it is MP3, not a WAV file")
    }

    @Test("what can never succeed is a warning")
    func neverSucceeds() {
        func findings(_ command: Command) -> [String] { command.findings.map(\.description) }
        func talk(_ minimum: Int, _ silence: Int, _ time: Int) -> [String] {
            findings(
                .playTalkDetect(
                    PlayTalkDetect(
                        .library(1), minimum: .milliseconds(minimum), silence: .milliseconds(silence),
                        analysisTime: .milliseconds(time))))
        }
        #expect(talk(500, 500, 1000) == [])
        #expect(
            talk(500, 501, 1000) == [
                "/analysistime_ms: 1000 is below min_ms + silence_ms, 1001: talk can never be detected"
            ])
        func silence(_ milliseconds: Int, _ iterations: Int, _ timeout: Int) -> [String] {
            findings(
                .waitForSilence(
                    WaitForSilence(
                        .milliseconds(milliseconds), iterations: iterations, timeout: .seconds(timeout))))
        }
        #expect(silence(2000, 1, 2) == [] && silence(1000, 2, 2) == [] && silence(5000, 10, 0) == [])
        #expect(
            silence(2001, 1, 2) == [
                "/silence_ms: 2001 is longer than the timeout of 2000 ms: silence can never be detected"
            ])
        #expect(
            silence(1000, 3, 2) == [
                "/silence_ms: 1000, 3 times, is longer than the timeout of 2000 ms: silence can never be detected"
            ])
        func recording(_ silence: Int, _ maximum: Int) -> [String] {
            findings(.record(Record(silence: .seconds(silence), maximumDuration: .seconds(maximum))))
        }
        #expect(recording(3, 3) == [] && recording(20, 0) == [] && recording(0, 3) == [] && recording(0, 0) == [])
        #expect(
            recording(5, 3) == ["/silence: 5 is longer than max_duration 3: silence can never end the recording"])
    }

    @Test("a state that an answer does not carry may be lost: a warning each")
    func lostState() {
        func warnings(_ members: String) -> [String] {
            let findings = Response.validate(json: #"{"command":"hangup"\#(members)}"#.utf8)
            #expect(!findings.containsError)
            return findings.map(\.pointer)
        }
        #expect(warnings("") == ["/command_id", "/variables"])
        #expect(warnings(#","command_id":"","variables":[]"#) == [])
        #expect(warnings(#","command_id":0"#) == ["/variables"])
        #expect(warnings(#","variables":{}"#) == ["/command_id"])
        #expect(Response.validate(json: "{}".utf8).isEmpty)
    }

    @Test("a number as the id of a room, and ranges that only the SDK has, are warnings that say so")
    func sdk() throws {
        func findings(_ command: String, _ params: String) -> [Finding] {
            responseFindings(#"{"command":"\#(command)","params":{\#(params)}}"#.utf8)
        }
        for command in ["conference", "simple_conference"] {
            let found = findings(command, #""id":1234"#)
            #expect(
                found.map(\.description) == [
                    #"/params/id: 1234 is a number, as the platform's SDK documents it; the page wants a string: "1234""#
                ])
            #expect(!found.containsError)
        }
        let text = #"{"command":"simple_conference","params":{"id":1234}}"#
        #expect(try Response(json: text.utf8).command == .simpleConference(SimpleConference("1234")))
        for (members, message) in [
            (#""pin_max_tries":11"#, "11 is over the maximum 10"), (#""pin_max_tries":0"#, "0 is under the minimum 1"),
            (#""pin_wait":31"#, "31 is over the maximum 30 s"),
        ] {
            let found = findings("conference", #""id":"r",\#(members)"#)
            #expect(found.map(\.severity) == [.warning])
            #expect(
                found.map(\.message) == ["\(message) of the platform's SDK; the platform's page has no range"])
        }
        let target = findings("dialout", #""targets":[{"number":"+33612345678","timeout":4}]"#)
        #expect(target.map(\.severity) == [.warning] && target[0].message.contains("4 is under the minimum 5 s of"))
    }

    @Test("what the SDK calls seconds is wait, which must be there")
    func seconds() {
        #expect(
            responseFindings(#"{"command":"wait","params":{"seconds":5}}"#.utf8).map(\.description) == [
                "/params/wait: is missing; it must be a whole number, 1...30 s",
                #"/params/seconds: is unknown and ignored; did you mean "wait"?"#,
            ])
    }

    @Test("what a text must be is said in a sentence, whatever is there instead")
    func sentences() {
        func message(_ value: String) -> String {
            responseFindings(#"{"command":"play_record","params":{"media_file":\#(value)}}"#.utf8)[0].message
        }
        #expect(message("null") == "null must be a string that is not empty")
        #expect(message("\"\"") == "\"\" must be a string that is not empty")
    }

    @Test("a byte order mark and UTF-16 are read, with a warning")
    func encodings() throws {
        let text = #"{"command":"hangup","command_id":"é😀","params":{},"variables":{}}"#
        func bytes(_ units: some Sequence<UInt16>, bigEndian: Bool) -> [UInt8] {
            units.flatMap { unit -> [UInt8] in
                let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
                return bigEndian ? [high, low] : [low, high]
            }
        }
        let marked: [([UInt8], String)] = [
            ([0xEF, 0xBB, 0xBF] + Array(text.utf8), "byte order mark"),
            (bytes([0xFEFF] + Array(text.utf16), bigEndian: true), "UTF-16"),
            (bytes([0xFEFF] + Array(text.utf16), bigEndian: false), "UTF-16"),
            (bytes(Array(text.utf16), bigEndian: true), "UTF-16"),
            (bytes(Array(text.utf16), bigEndian: false), "UTF-16"),
        ]
        for (bytes, word) in marked {
            let findings = Response.validate(json: bytes)
            #expect(findings.map(\.severity) == [.warning] && findings[0].message.contains(word))
            #expect(try Response(json: bytes).commandID == "é😀")
        }
        #expect(Response.validate(json: bytes(text.utf16.dropLast(), bigEndian: true) + [0]).containsError)
    }
}

extension Finding {
    /// The same below a pointer.
    fileprivate func inside(at base: String) -> Finding {
        base.split(separator: "/").reversed().reduce(self) { $0.inside(String($1)) }
    }
}
