import Testing

@testable import RealTimeAPI

@Suite("Fields")
struct FieldTests {
    private func findings(_ object: ObjectCase, _ text: String) -> [Finding] {
        let message = object.message(text).utf8
        return object.name == "Request" ? Request.validate(json: message) : Response.validate(json: message)
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
        #expect(stranger == [Finding.warning("is not known, and ignored").inside("q/z~").inside(at: object.pointer)])
        #expect(stranger.first?.pointer == "\(object.pointer)/q~1z~0")
    }

    @Test("hostile numbers of unknown members and bad elements give few findings")
    func bounded() {
        let members = (0..<50_000).map { "\"attempt\($0)\":1" }.joined(separator: ",")
        #expect(Response.validate(json: "{\"command\":\"hangup\",\"params\":{\(members)}}".utf8).count == 21)
        let targets = repeatElement("{}", count: 50_000).joined(separator: ",")
        let findings = Response.validate(json: #"{"command":"dialout","params":{"targets":[\#(targets)]}}"#.utf8)
        #expect(findings.count == 200 && findings.containsError)
        let odd = repeatElement(#"{"number":"+12","x":1}"#, count: 500).joined(separator: ",")
        let late = Response.validate(json: #"{"command":"dialout","params":{"targets":[\#(odd),{}]}}"#.utf8)
        #expect(late.last?.pointer == "/params/targets/500/number" && late.containsError)
    }

    @Test("of members with one name the last counts, as in PHP")
    func duplicates() throws {
        let last = #"{"command":"play","command":"wait","params":{"wait":"x","wait":2}}"#
        #expect(try Response(json: last.utf8).command == .wait(Wait(.seconds(2))))
        #expect(Response.validate(json: #"{"command":"wait","params":{"wait":2,"wait":"x"}}"#.utf8).containsError)
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
        let member = Response.validate(json: #"{"command":"hangup","a\u001bb":1}"#.utf8)[0]
        #expect(member.pointer == "/a\u{1B}b" && member.description == #"/a\u001bb: is not known, and ignored"#)
    }

    @Test("talk that must be longer than it may be can never be detected: a warning")
    func talk() {
        func findings(_ minimum: Int, _ maximum: Int) -> [String] {
            let text =
                #"{"command":"play_talk_detect","params":{"analysistime_ms":4000,"max_ms":\#(maximum),"#
                + #""media_id":"1","min_ms":\#(minimum),"silence_ms":5}}"#
            return Response.validate(json: text.utf8).map(\.description)
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
            Response.validate(json: #"{"command":"play_wav_data","params":{"audio_data":"\#(audio)"}}"#.utf8)
        }
        #expect(findings(CommandExample.wav).isEmpty)
        let long = CommandExample.wav.dropLast(4) + repeatElement("AAAA", count: 320_000).joined()
        #expect(findings(String(long)).map(\.severity) == [.warning])
        #expect(findings(String(long))[0].message.contains("1.2 MB, 60 s of audio"))
        func error(_ audio: String) -> String { findings(audio)[0].message }
        #expect(
            error("data:audio/wav;base64,UklG") == #"begins with "data:"; only the base64 after the comma is audio"#)
        #expect(error(#"UklG\nRiYA"#) == "holds a line end at character 4, which is not base64")
        #expect(error("UklG RiYA") == #"holds " " at character 4, which is not base64"#)
        #expect(error("UklGRiY") == "is 7 characters of base64, which is no multiple of 4: padding is missing")
        #expect(error("SUQzBAAA") == "is no WAV file of 8000 Hz, 16 bit, mono (PCM with a plain header)")
        let odd = findings(CommandExample.wav.replacing("ZGF0Y", with: "TElTV"))
        #expect(odd.map(\.severity) == [.warning] && odd[0].message.contains("click"))
    }
}

extension Finding {
    /// The same below a pointer.
    fileprivate func inside(at base: String) -> Finding {
        base.split(separator: "/").reversed().reduce(self) { $0.inside(String($1)) }
    }
}
