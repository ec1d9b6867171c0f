import CallFlows
import FlowFiles
import RealTimeAPI
import Synchronization
import Testing

/// What flow files look up.
@Suite struct FlowLookupTests {
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
        let asked = FlowCalls.Asked()
        var request = FlowCalls.request
        request.variables = try JSONText(#"{"q":"a b&c/é?#%"}"#)
        let answer = #"{"vip":true,"name":"Ann","home":{"city":"Rome"},"phones":[1,2.50],"secret":"x"}"#
        #expect(try await FlowCalls.heard(find, asked.network(answer), [], request) == ["Hello Ann of Rome, 2.50."])
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
        #expect(try await FlowCalls.heard(find, FlowCalls.Asked().network(answer, status: status)) == [heard])
    }

    @Test func `a look-up that fails without an error step gets the fallback`() async throws {
        let yaml =
            "flow: f\nfallback: { play: { say: Failed. } }\nsteps: { a: { get: http://a/, next: b }, b: { hangup: } }"
        #expect(try await FlowCalls.heard(yaml, FlowCalls.Asked().network("", status: 500)) == ["Failed."])
        #expect(try await FlowCalls.heard(yaml) == ["Failed."])
        #expect(try await FlowCalls.heard(yaml, FlowCalls.Asked().network("", status: 204)) == ["hangup"])
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
        let asked = FlowCalls.Asked()
        #expect(
            try await FlowCalls.heard(yaml, asked.network("ignored"), ["42"]) == [
                "read TTS|TTS_EN-GB_SERENA|Number? 1", "Bye.",
            ])
        #expect(
            asked.requests.withLock { $0 } == [
                #"POST http://127.0.0.1:9/callbacks [X-Shop: a b, Accept: application/json, Content-Type: application/json, Idempotency-Key: "f-7-2-hand"] {"number":"42","plain":"42","count":2,"list":[true,"2","+33100000001"],"say":"x"} 10.0 seconds"#
            ])
    }

    @Test func `what was looked up stays, also at another instance, and is not asked for again`() async throws {
        let asked = FlowCalls.Asked()
        let yaml = """
            flow: f
            steps:
              a: { get: http://a/, save: b, next: c }
              c: { play: { say: "${b.name}" }, next: d }
              d: { play: { say: "${b.name} again" } }
            """
        let answer = #"{"name":"Ann","more":"not kept"}"#
        var request = FlowCalls.request
        let first = try await FlowCalls.host(yaml, asked.network(answer)).respond(to: request)
        request.command = "play"
        request.commandID = first.commandID
        request.commandResult = ResultText("0")
        request.variables = try #require(first.variables)
        #expect(!request.variables.text.contains("not kept"))
        let second = try await FlowCalls.host(yaml, .none).respond(to: request)
        #expect(FlowCalls.summary(second) == "Ann again" && asked.requests.withLock { $0.count } == 1)
    }

    @Test(arguments: ["..", ".", "%2e%2E"])
    func `no value leads out of the address's folder`(_ value: String) async throws {
        var request = FlowCalls.request
        request.variables = JSONText(unchecked: Array(#"{"v":"\#(value)"}"#.utf8))
        let yaml = """
            flow: f
            steps:
              a: { get: "http://a/b/${variables.v}", next: b, error: c }
              b: { play: { say: asked } }
              c: { play: { say: refused } }
            """
        let asked = FlowCalls.Asked()
        let isEncoded = value.contains("%")
        #expect(try await FlowCalls.heard(yaml, asked.network("{}"), [], request) == [isEncoded ? "asked" : "refused"])
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
        var request = FlowCalls.request
        request.variables = try JSONText(#"{"lookups":\#(lookups)}"#)
        #expect(try await FlowCalls.heard(find, .variables, [], request) == [said])
        // A call from outside has no say.
        #expect(try await FlowCalls.heard(find, FlowCalls.Asked().network("", status: 410), [], request) == ["refused"])
    }

    @Test func `in tests an answer may be for what is posted`() async throws {
        var request = FlowCalls.request
        request.variables = try JSONText(
            #"{"lookups":{"POST http://a/ {\"n\":\"+33100000001\"}":{"r":1},"POST http://a/":{"r":2}}}"#)
        let yaml =
            "flow: f\nsteps:\n  a: { post: http://a/, body: { n: %, m: no }, save: s, next: b }\n  b: { play: { say: \"${s.r}\" } }"
        for (body, said) in [("\"${cli_number}\"", "1"), ("x", "2")] {
            let text = yaml.replacing("%", with: body).replacing(", m: no", with: "")
            #expect(try await FlowCalls.heard(text, .variables, [], request) == [said])
        }
    }

    @Test func `a variable that the environment has not is told where it is needed`() {
        let text = "flow: f\nsteps: { a: { get: http://a/, headers: { A: \"x ${env.RTMEDIA_NOSUCH}\" } } }"
        #expect(throws: Never.self) { try FlowFile(text: text, name: "f") }
        do throws(FlowFileError) {
            _ = try FlowFile(text: text, name: "f", lookups: FlowCalls.Asked().network(""))
            Issue.record("no error")
        } catch { #expect(error.description == "f:2:45: error: the environment has no RTMEDIA_NOSUCH") }
    }
}
