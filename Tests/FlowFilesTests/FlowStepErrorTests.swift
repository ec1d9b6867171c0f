import FlowFiles
import Testing

/// What is wrong with steps that look something up or branch, with its place.
@Suite struct FlowStepErrorTests {
    private func findings(_ steps: String) -> [String] {
        let text = "flow: f\nsteps:\n\(steps)"
        do throws(FlowFileError) { return try FlowFile(text: text, name: "f").findings.map(\.description) } catch {
            return error.findings.map(\.description)
        }
    }

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
        ("get: http://a/, body: { b: 1 }", "f:3:30: error: get has no body; put parameters into the address"),
        (
            "post: http://a/, body: { b: \"${nobody}\" }",
            "f:3:36: error: no step saves \"nobody\", and a call has no such field"
        ),
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
        ("get: http://a/, headers: { Host: b }", "f:3:35: error: Host can't be set in a flow file"),
        ("get: http://a/, headers: { \"a b\": b }", "f:3:35: error: \"a b\" is not the name of a header field"),
        ("get: http://a/, headers: { A: \"b\\r\\nC: d\" }", "f:3:38: error: A must be ASCII in one line"),
        (
            "get: http://a/, headers: { A: \"${number}\" }",
            "f:3:38: error: a header is the same in every call: it may have ${env.NAME}, of the environment"
        ),
        (
            "get: http://a/, save: s, on: { }, next: b }\n  b: { play: { say: \"${s}\" }",
            "f:4:21: error: \"s\" is the answer of a look-up: name a member of it, as in ${s.name}"
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
        ("clock: Europe/Pari", "f:3:15: error: there is no time zone \"Europe/Pari\""),
        ("clock: ../etc/passwd", "f:3:15: error: clock must be the name of a time zone, as in Europe/Paris"),
        ("clock: UTC, on: { monday: a }", "f:3:26: error: \"monday\" must have days as in mon-fri or sat,sun"),
        ("clock: UTC, timeout: 3", "f:3:20: error: the step \"a\" has no \"timeout\""),
        (
            "read: { say: x }, on: { TALK: nowhere }",
            "f:3:32: error: read has no result \"TALK\", only keys, a range of numbers as in 1-9, or TIMEOUT"
        ),
        ("play: { say: x }, on: { TALK: nowhere }", "f:3:32: error: play has no result \"TALK\", only 0, 1"),
        (
            "dialout: { targets: [ { number: \"+33612345678\" } ], whisper: { audio: x.wav } }",
            "f:3:78: error: audio can't be played there, only text or an entry of the Media Library; audio beside the command's own parameters is played before it"
        ),
    ])
    func `what is wrong is told`(_ step: String, _ finding: String) {
        let found = findings("  a: { \(step) }\n")
        #expect(found.contains(finding), "\(found)")
    }
}
