import CallFlows
import FlowFiles
import Logging
import RealTimeAPI
import Synchronization
import Testing

/// What flow files look up, and on what they branch.
@Suite struct FlowLookupTests {
    /// What was asked.
    private final class Asked: Sendable {
        let requests = Mutex<[String]>([])

        /// A network in which every request has the same answer.
        func network(_ answer: String, status: Int = 200) -> LookupSource {
            .network { method, address, fields, body, timeout in
                let header = fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
                self.requests.withLock {
                    $0.append("\(method) \(address) [\(header)] \(String(decoding: body, as: UTF8.self)) \(timeout)")
                }
                return (status, Array(answer.utf8))
            }
        }
    }

    private static var request: Request {
        var request = Request()
        request.call = CallID(rawValue: 7)
        request.number = "+33612345678"
        request.callerNumber = "+33100000001"
        request.dateStarted = "2026-11-30 08:30:00"
        request.commandID = 0
        return request
    }

    private func host(_ yaml: String, _ lookups: LookupSource = .none) throws -> FlowHost {
        var options = FlowHostOptions()
        // What is tested is what is answered, not how busy the machine is.
        options.budget = .seconds(60)
        return FlowHost(
            try FlowFile(text: yaml, name: "f", lookups: lookups).flow,
            key: try JournalKey(secret: "a secret of the tests"), options: options,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    }

    /// What the answers play or are called, for a call of which each command has a result.
    private func heard(
        _ yaml: String, _ lookups: LookupSource = .none, _ results: [String] = [], _ first: Request = request
    ) async throws -> [String] {
        let host = try host(yaml, lookups)
        var request = first
        var heard: [String] = []
        for result in results + [""] {
            let answer = await host.respond(to: request)
            heard.append(Self.summary(answer))
            request.command = answer.command?.name ?? ""
            request.commandID = answer.commandID
            request.commandResult = ResultText(result)
            request.variables = answer.variables ?? request.variables
        }
        return heard
    }

    private static func summary(_ answer: Response) -> String {
        switch answer.command {
        case .play(let play): if case .speech(let text, _) = play.media { return text }
        case .read(let read): return "read \(read.media.text) \(read.attempts)"
        default: break
        }
        return answer.command?.name ?? ""
    }

    private func findings(_ steps: String) -> [String] {
        let text = "flow: f\nsteps:\n\(steps)"
        do throws(FlowFileError) { return try FlowFile(text: text, name: "f").findings.map(\.description) } catch {
            return error.findings.map(\.description)
        }
    }

    // MARK: Look-ups

    private let find = """
        flow: f
        fallback: { play: { say: Failed. } }
        steps:
          find:
            get: https://example.com/c/${cli_number}?q=${variables.q}
            timeout: 3
            save: customer
            result: vip
            on: { true: vip, 3-9: range, "a...z": pattern, status 404: unknown, status 400-499: refused }
            next: other
            error: broken
          vip: { play: { say: "Hello ${customer.name} of ${customer.home.city}, ${customer.phones.1}." } }
          range: { play: { say: range } }
          pattern: { play: { say: pattern } }
          unknown: { play: { say: unknown } }
          refused: { play: { say: refused } }
          other: { play: { say: other } }
          broken: { play: { say: broken } }
        """

    @Test func `what is used of an answer is said, and values are encoded into the address`() async throws {
        let asked = Asked()
        var request = Self.request
        request.variables = try JSONText(#"{"q":"a b&c/é?#%"}"#)
        let answer = #"{"vip":true,"name":"Ann","home":{"city":"Rome"},"phones":[1,2.50],"secret":"x"}"#
        #expect(try await heard(find, asked.network(answer), [], request) == ["Hello Ann of Rome, 2.50."])
        #expect(
            asked.requests.withLock { $0 } == [
                "GET https://example.com/c/%2B33100000001?q=a%20b%26c%2F%C3%A9%3F%23%25 [Accept: application/json]  3.0 seconds"
            ])
    }

    @Test(arguments: [
        (200, #"{"vip":5}"#, "range"), (200, #"{"vip":"abcz"}"#, "pattern"), (200, #"{"vip":false}"#, "other"),
        (200, #"{"vip":null}"#, "other"), (200, "[]", "other"), (200, "no JSON", "broken"), (200, "\u{1}", "broken"),
        (404, "", "unknown"), (410, "", "refused"), (302, "", "broken"), (503, #"{"vip":true}"#, "broken"),
        (200, #"{"vip":true,"name":""# + String(repeating: "x", count: 2000) + #""}"#, "broken"),
    ])
    func `an answer leads where the file says`(_ status: Int, _ answer: String, _ heard: String) async throws {
        #expect(try await self.heard(find, Asked().network(answer, status: status)) == [heard])
    }

    @Test func `a look-up that fails without an error step gets the fallback`() async throws {
        let yaml =
            "flow: f\nfallback: { play: { say: Failed. } }\nsteps: { a: { get: http://a/, next: b }, b: { hangup: } }"
        #expect(try await heard(yaml, Asked().network("", status: 500)) == ["Failed."])
        #expect(try await heard(yaml) == ["Failed."])
        #expect(try await heard(yaml, Asked().network("", status: 204)) == ["hangup"])
    }

    @Test func `what is posted is JSON, in which values are text, with a key and the header`() async throws {
        let yaml = """
            flow: f
            steps:
              ask: { read: { say: "Number?", attempts: 1 }, save: keys, next: hand }
              hand:
                post: http://127.0.0.1:9/callbacks
                headers: { X-Shop: "a b" }
                body: { number: "${keys}", plain: "${keys}", count: 2, list: [true, "2", "${cli_number}"], say: x }
                next: bye
              bye: { play: { say: Bye. } }
            """
        let asked = Asked()
        #expect(
            try await heard(yaml, asked.network("ignored"), ["42"]) == ["read TTS|TTS_EN-GB_SERENA|Number? 1", "Bye."])
        #expect(
            asked.requests.withLock { $0 } == [
                #"POST http://127.0.0.1:9/callbacks [X-Shop: a b, Accept: application/json, Content-Type: application/json, Idempotency-Key: "f-7-2-hand"] {"number":"42","plain":"42","count":2,"list":[true,"2","+33100000001"],"say":"x"} 10.0 seconds"#
            ])
    }

    @Test func `what was looked up stays, also at another instance, and is not asked for again`() async throws {
        let asked = Asked()
        let yaml = """
            flow: f
            steps:
              a: { get: http://a/, save: b, next: c }
              c: { play: { say: "${b.name}" }, next: d }
              d: { play: { say: "${b.name} again" } }
            """
        let answer = #"{"name":"Ann","more":"not kept"}"#
        var request = Self.request
        let first = try await host(yaml, asked.network(answer)).respond(to: request)
        request.command = "play"
        request.commandID = first.commandID
        request.commandResult = ResultText("0")
        request.variables = try #require(first.variables)
        #expect(!request.variables.text.contains("not kept"))
        let second = try await host(yaml, .none).respond(to: request)
        #expect(Self.summary(second) == "Ann again" && asked.requests.withLock { $0.count } == 1)
    }

    @Test(arguments: ["..", ".", "%2e%2E"])
    func `no value leads out of the address's folder`(_ value: String) async throws {
        var request = Self.request
        request.variables = JSONText(unchecked: Array(#"{"v":"\#(value)"}"#.utf8))
        let yaml = """
            flow: f
            steps:
              a: { get: "http://a/b/${variables.v}", next: b, error: c }
              b: { play: { say: asked } }
              c: { play: { say: refused } }
            """
        let asked = Asked()
        let isEncoded = value.contains("%")
        #expect(try await heard(yaml, asked.network("{}"), [], request) == [isEncoded ? "asked" : "refused"])
        #expect(asked.requests.withLock { $0.count } == (isEncoded ? 1 : 0))
    }

    @Test(arguments: [
        (#"{"GET https://example.com/c/%2B33100000001?q=":{"vip":true,"name":"Ann"}}"#, "Hello Ann of , ."),
        (#"{"GET https://example.com/c/%2B33100000001?q=":404}"#, "unknown"),
        (#"{"GET https://example.com/c/%2B33100000001?q=":"no answer within 3 s"}"#, "broken"), ("{}", "broken"),
        ("7", "broken"),
    ])
    func `in tests the call says what is answered, and nothing is asked`(_ lookups: String, _ said: String) async throws
    {
        var request = Self.request
        request.variables = try JSONText(#"{"lookups":\#(lookups)}"#)
        #expect(try await heard(find, .variables, [], request) == [said])
        // A call from outside has no say.
        #expect(try await heard(find, Asked().network("", status: 410), [], request) == ["refused"])
    }

    @Test func `in tests an answer may be for what is posted`() async throws {
        var request = Self.request
        request.variables = try JSONText(
            #"{"lookups":{"POST http://a/ {\"n\":\"+33100000001\"}":{"r":1},"POST http://a/":{"r":2}}}"#)
        let yaml =
            "flow: f\nsteps:\n  a: { post: http://a/, body: { n: %, m: no }, save: s, next: b }\n  b: { play: { say: \"${s.r}\" } }"
        for (body, said) in [("\"${cli_number}\"", "1"), ("x", "2")] {
            let text = yaml.replacing("%", with: body).replacing(", m: no", with: "")
            #expect(try await heard(text, .variables, [], request) == [said])
        }
    }

    // MARK: Branches

    @Test(arguments: [
        ("+33612345678", "exact"), ("+33699999999", "mobile"), ("+33100000001", "french"), ("", "hidden"),
        ("17", "short"), ("+49", "other"), ("49+33", "other"), ("anonymous", "ends"),
    ])
    func `match branches on a text`(_ number: String, _ target: String) async throws {
        let targets = ["exact", "mobile", "french", "hidden", "short", "other", "ends"]
        let yaml = """
            flow: f
            steps:
              who:
                match: "${cli_number}"
                on: { "+336...": mobile, "+33...": french, "+33612345678": exact, "": hidden, 15-18: short, "a...n...mous": ends }
                next: other

            """ + targets.map { "  \($0): { play: { say: \($0) } }\n" }.joined()
        var request = Self.request
        request.callerNumber = number
        #expect(try await heard(yaml, .none, [], request) == [target])
    }

    @Test(arguments: [
        ("2026-11-30 07:59:59", "closed"), ("2026-11-30 08:00:00", "open"), ("2026-11-30 16:29:00", "open"),
        ("2026-11-30 16:30:00", "closed"), ("2026-06-30 07:00:00", "open"), ("2026-11-29 10:00:00", "closed"),
        ("2026-11-28 10:00:00", "saturday"), ("", "unclear"), ("today", "unclear"), ("2026-13-30 08:00:00", "unclear"),
        ("2026-11-30T08:00:00", "unclear"), ("9999-12-31 23:59:59", "saturday"), ("0000-00-00 00:00:00", "unclear"),
    ])
    func `clock branches on when the call began, in the file's zone`(_ date: String, _ target: String) async throws {
        let yaml = """
            flow: f
            steps:
              when:
                clock: Europe/Paris
                on: { mon-fri 9:00-17:30: open, sat: saturday }
                next: closed
                error: unclear

            """ + ["open", "saturday", "closed", "unclear"].map { "  \($0): { play: { say: \($0) } }\n" }.joined()
        var request = Self.request
        request.dateStarted = date
        #expect(try await heard(yaml, .none, [], request) == [target])
    }

    // MARK: Audio before a command

    private static let chime =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        + "/samples/audio/chime.flac"

    @Test func `audio is played before each attempt of a read, and keys end it`() async throws {
        let yaml = "flow: f\nsteps:\n  a: { read: { audio: \(Self.chime), attempts: 3, max_digits: 1 } }"
        let read = "read TTS|TTS_EN-GB_SERENA|. 1"
        #expect(
            try await heard(yaml, .none, ["0", "TIMEOUT", "0", "7"])
                == ["play_wav_data", read, "play_wav_data", read, "hangup"])
        #expect(
            try await heard(yaml, .none, ["0", "TIMEOUT", "0", "", "0", "TIMEOUT"])
                == ["play_wav_data", read, "play_wav_data", read, "play_wav_data", read, "hangup"])
    }

    @Test(arguments: [
        ("read: { audio: %, say: Press a key., attempts: 1 }", "read TTS|TTS_EN-GB_SERENA|Press a key. 1"),
        ("read: { audio: %, library: 7, attempts: 1 }", "read 7 1"), ("record: { audio: % }", "record"),
        ("play_talk_detect: { audio: %, library: 7 }", "play_talk_detect"), ("hangup: { audio: % }", "hangup"),
        ("conference: { audio: %, id: 7 }", "conference"), ("wait: { audio: %, wait: 2 }", "wait"),
        ("dialout: { audio: %, targets: [ { number: \"+33612345678\" } ] }", "dialout"),
        ("start_call_recording: { audio: % }", "start_call_recording"),
    ])
    func `audio is played before any command`(_ command: String, _ summary: String) async throws {
        let yaml = "flow: f\nsteps:\n  a:\n    \(command.replacing("%", with: Self.chime))\n"
        #expect(try await heard(yaml, .none, ["0"]) == ["play_wav_data", summary])
    }

    @Test func `audio that can't be played fails its step`() async throws {
        let yaml =
            "flow: f\nsteps:\n  a: { record: { audio: \(Self.chime) }, error: b }\n  b: { play: { say: broken } }"
        #expect(try await heard(yaml, .none, ["1"]) == ["play_wav_data", "broken"])
    }

    // MARK: Errors

    @Test(arguments: [
        (
            "get: \"${variables.url}\"",
            "f:3:13: error: the address must begin with http:// or https:// and the name of a host, not with a value"
        ),
        (
            "get: \"http://${cli_number}/\"",
            "f:3:13: error: the address must name its host itself: values may stand in the path and the query"
        ),
        (
            "get: \"http://a${cli_number}/\"",
            "f:3:13: error: the address must name its host itself: values may stand in the path and the query"
        ),
        ("get: file:///etc/passwd", "f:3:13: error: the address must begin with http:// or https://"),
        ("get: http://u:p@a/", "f:3:13: error: the address must have no login: put it into headers, as Authorization"),
        ("get: http://a:0/", "f:3:13: error: the address must have a port of 1...65535"),
        ("get: http://a:+80/", "f:3:13: error: the address must have a port of 1...65535"),
        ("get: http:///b", "f:3:13: error: the address names no host"),
        ("get: \"http://[::1/b\"", "f:3:13: error: the address names no host"),
        ("get: http://a/../b", "f:3:13: error: the address must not have . or .. in its path"),
        ("get: \"http://a/b c\"", "f:3:13: error: the address must be ASCII without spaces; write others as in %20"),
        ("get: http://a/#b", "f:3:13: error: the address must have no fragment, #"),
        ("get: http://a/, body: { b: 1 }", "f:3:30: error: get has no body: what is asked for stands in the address"),
        ("get: http://a/, timeout: 61", "f:3:33: error: timeout must be a whole number, 1...60"),
        (
            "get: http://a/, result: \"a b\"",
            "f:3:32: error: result must name a member of the answer, as in vip or address.city"
        ),
        ("get: http://a/, on: { x: a }", "f:3:30: error: on needs result, the member of the answer that \"x\" may be"),
        (
            "get: http://a/, on: { status 200: a }",
            "f:3:30: error: a status is one of 300...599, or a range, as in status 404 or status 400-499"
        ),
        ("get: http://a/, headers: { Host: b }", "f:3:35: error: Host is not for the file to say"),
        ("get: http://a/, headers: { \"a b\": b }", "f:3:35: error: \"a b\" is no name of a header field"),
        ("get: http://a/, headers: { A: \"b\\r\\nC: d\" }", "f:3:38: error: A must be ASCII in one line"),
        (
            "get: http://a/, headers: { A: \"${number}\" }",
            "f:3:38: error: a header is the same in every call: it may have ${env.NAME}, of the environment"
        ),
        (
            "get: http://a/, save: s, on: { }, next: b }\n  b: { play: { say: \"${s}\" }",
            "f:4:21: error: \"s\" is an answer: name a member of it, as in ${s.name}"
        ),
        (
            "get: http://a/, save: s, next: b }\n  b: { play: { say: \"${t.x}\" }",
            "f:4:21: error: no step saves \"t.x\", and a call has no such field"
        ),
        (
            "get: http://a/, save: s, next: b }\n  b: { record: , save: s",
            "f:4:24: error: \"s\" is both an answer and a result: save one of them under another name"
        ),
        ("match: x, save: s", "f:3:18: error: match has nothing to save"),
        ("match: x, error: a", "f:3:18: error: match has nothing to fail at"),
        ("match: x, on: { 1-5: a, 5-9: a }", "f:3:32: error: the range 5-9 overlaps 1-5"),
        ("match: \"${nosuch}\"", "f:3:15: error: no step saves \"nosuch\", and a call has no such field"),
        ("clock: Europe/Pari", "f:3:15: error: no time zone is called \"Europe/Pari\""),
        ("clock: ../etc/passwd", "f:3:15: error: clock must be the name of a time zone, as in Europe/Paris"),
        ("clock: UTC, on: { monday: a }", "f:3:26: error: \"monday\" must have days as in mon-fri or sat,sun"),
        ("clock: UTC, timeout: 3", "f:3:20: error: the step \"a\" has no \"timeout\""),
        (
            "read: { say: x }, on: { TALK: nowhere }",
            "f:3:32: error: read never answers \"TALK\", only keys, a range of numbers as in 1-9, or TIMEOUT"
        ),
        ("play: { say: x }, on: { TALK: nowhere }", "f:3:32: error: play never answers \"TALK\", only 0, 1"),
        (
            "dialout: { targets: [ { number: \"+33612345678\" } ], whisper: { audio: x.wav } }",
            "f:3:78: error: audio can't be played there, only text or an entry of the Media Library; audio beside the command's own parameters is played before it"
        ),
    ])
    func `what is wrong is told`(_ step: String, _ finding: String) {
        let found = findings("  a: { \(step) }\n")
        #expect(found.contains(finding), "\(found)")
    }

    @Test func `a variable that the environment has not is told where it is needed`() {
        let text = "flow: f\nsteps: { a: { get: http://a/, headers: { A: \"x ${env.RTMEDIA_NOSUCH}\" } } }"
        #expect(throws: Never.self) { try FlowFile(text: text, name: "f") }
        do throws(FlowFileError) {
            _ = try FlowFile(text: text, name: "f", lookups: Asked().network(""))
            Issue.record("no error")
        } catch { #expect(error.description == "f:2:45: error: the environment has no RTMEDIA_NOSUCH") }
    }

    // MARK: What is kept for all to see

    @Test func `what steps save is seen in the call's variables`() async throws {
        let yaml = """
            flow: f
            steps:
              ask: { read: { say: "Age?" }, save: age, next: find }
              find: { get: http://a/, save: customer, next: tell }
              tell: { play: { say: "${customer.name}" }, next: again }
              again: { read: { say: "Age?" }, save: age }
            """
        let hosts = [
            try host(yaml, Asked().network(#"{"name":"Ann","x":1}"#)), try host(yaml, .none), try host(yaml, .none),
        ]
        for instances in [[0, 0, 0, 0], [0, 0, 1, 2]] {
            var request = Self.request
            request.call = CallID(rawValue: UInt64(instances[3]))
            request.variables = try JSONText(#"{"own":1}"#)
            var seen: [String] = []
            for (host, result) in zip(instances.map { hosts[$0] }, ["42", "0", "43", ""]) {
                let answer = await host.respond(to: request)
                #expect(await host.respond(to: request) == answer)
                guard case .object(let members)? = answer.variables?.value else { continue }
                let others = members.filter { $0.name != "rtmedia" }
                seen.append(try JSONText(encoding: .object(others)).text)
                request.command = answer.command?.name ?? ""
                request.commandID = answer.commandID
                request.commandResult = ResultText(result)
                request.variables = answer.variables ?? request.variables
            }
            #expect(
                seen == [
                    #"{"own":1}"#, #"{"own":1,"age":"42","customer":{"name":"Ann"}}"#,
                    #"{"own":1,"age":"42","customer":{"name":"Ann"}}"#,
                    #"{"own":1,"age":"43","customer":{"name":"Ann"}}"#,
                ])
        }
    }

    @Test func `a variable of the call's own stays what it is, and forged ones are refused`() async throws {
        let yaml =
            "flow: f\nsafe_answer: { play: { say: refused } }\nsteps:\n  a: { read: { say: a }, save: age, next: b }\n  b: { play: { say: \"${age} ${variables.age}\" } }"
        let host = try host(yaml)
        for (variables, said) in [(#"{"age":"own"}"#, "1 own"), ("{}", "1 ")] {
            var request = Self.request
            request.call = CallID(rawValue: UInt64(said.utf8.count))
            request.variables = try JSONText(variables)
            let first = await host.respond(to: request)
            request.command = "read"
            request.commandID = first.commandID
            request.commandResult = ResultText("1")
            request.variables = try #require(first.variables)
            let second = await host.respond(to: request)
            #expect(Self.summary(second) == said)
            #expect(second.variables?.value["age"] == .string(said == "1 own" ? "own" : "1"))
            request.command = "play"
            request.commandID = second.commandID
            request.commandResult = ResultText("0")
            request.variables = try JSONText(
                second.variables!.text.replacing(#""age":""#, with: #""age":"2"#))
            #expect(Self.summary(await host.respond(to: request)) == "refused")
        }
    }
}
