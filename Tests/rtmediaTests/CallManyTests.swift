import Foundation
import TestSupport
import Testing

/// `rtmedia call` with more calls than one, end to end, with the phone menu in Python.
@Suite(.waiting, .timeLimit(.minutes(15))) struct CallManyTests {
    let place = Workplace()

    /// Calls the menu with a mistake; see `menu.py`.
    private func call(_ mistake: String, _ arguments: String...) throws -> Workplace.Run {
        let handler = try HandlerProgram.menu(mistake)
        return try withExtendedLifetime(handler) {
            try place.run("rtmedia", ["call", handler.address] + arguments)
        }
    }

    @Test("a load is counted, for people and for programs")
    func load() throws {
        let run = try call("none", "--calls", "30", "--concurrency", "3")
        #expect(run.status == 0)
        #expect(run.text.hasPrefix("30 calls in "))
        #expect(run.text.contains("\n90 requests: "))
        let json = try call("none", "--calls", "20", "--rate", "1000", "--json")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
        #expect(object["calls"] as? Int == 20)
        #expect(object["failed"] as? Int == 0)
        #expect(object["requests"] as? Int == 60)
        #expect((object["answer_ms"] as? [String: Double])?["p99"] ?? 0 > 0)
    }

    @Test("a load that is interrupted tells what it has measured, at once, with 130", arguments: ["", " --json"])
    func interrupted(options: String) throws {
        // In the third call, which is never answered.
        let handler = try HandlerProgram.steps(
            #"{"3":[{"wrong":{"interrupt":"\#(place.path)/pid","delay":3600}}]}"#)
        let run = try place.shell(
            "echo $$ > pid; exec rtmedia call \(handler.address) --callid 1 --calls 100 --concurrency 1\(options)")
        #expect(run.status == 130)
        #expect(options.isEmpty ? run.text.contains("\n4 requests: ") : run.text.contains(#""requests":4,"#))
        #expect(run.errors == "rtmedia: interrupted after 2 of 100 calls\n")
    }

    @Test("calls that fail are told with their reason, with 65")
    func failed() throws {
        let scenario = "scenario: deep\ncaller:\n  - { when: asked, press: 2 }\n  - { when: asked, press: 9999 }\n"
        try Data(scenario.utf8).write(to: URL(filePath: "\(place.path)/deep.yaml"))
        let failed = try call("deep", "\(place.path)/deep.yaml", "--calls", "4")
        #expect(failed.status == 65)
        #expect(failed.text.contains("4 failed"))
        #expect(failed.text.contains("4 x response: the answer is not a response of the API"))
    }

    @Test("faults that a handler does not bear are told, with 65")
    func faults() throws {
        #expect(try call("none", "--faults", "--calls", "3", "--keys", "1").status == 0)
        let wrong = try call("broken", "--faults", "--calls", "8", "--seed", "5")
        #expect(wrong.status == 65)
        #expect(wrong.text.contains("broken_json: broken JSON is answered with 500; it must be refused with 4xx"))
    }

    @Test("a fault is asked for by its name, and what the page does not ask for is only noted without that")
    func chosenFault() throws {
        let noted = try call("careless", "--faults", "--calls", "8")
        #expect(noted.status == 0 && noted.text.hasSuffix(": 0 findings\n"), "\(noted.text)")
        #expect(noted.errors.contains("rtmedia: note: 3 x wrong_type: "), "\(noted.errors)")
        let asked = try call("careless", "--fault", "wrong_type", "--calls", "1")
        #expect(asked.status == 65 && asked.text.hasSuffix("(3 x wrong_type): 3 findings\n"), "\(asked.text)")
        #expect(try call("none", "--fault", "nosuch").status == 64)
    }

    @Test("a handler that has died is one finding, and no more calls are placed")
    func gone() throws {
        let run = try call("dies_of_broken", "--faults")
        #expect(run.status == 65)
        let lines = run.text.split(separator: "\n")
        #expect(lines.count == 2, "\(run.text)")
        #expect(lines[0].contains(", broken_json: the handler stopped working after it: "), "\(run.text)")
        #expect(lines.last?.contains(": 1 finding; the handler stopped working, and ") == true, "\(run.text)")
    }

    @Test("a handler that dies while it is explored is one finding, whose scenario is not run")
    func goneWhileExplored() throws {
        let run = try call("dies", "--explore")
        #expect(run.status == 65)
        #expect(
            run.text.matches(of: #/(?m)^[a-z_]+: /#).count == 1 && run.text.hasPrefix("gone: the handler stopped"),
            "\(run.text)")
        #expect(
            run.text.contains("  The scenario, which was not run: the handler does not answer any more:\n"),
            "\(run.text)")
        #expect(run.text.hasSuffix(": 1 finding (the handler stopped working)\n"), "\(run.text)")
    }

    @Test("a mistake that a handler makes only once is told with a scenario that does not reproduce it")
    func onlyOnce() throws {
        let run = try call("once", "--explore")
        #expect(run.status == 65)
        #expect(
            run.text.contains(
                "  The scenario, which does not reproduce it with this caller and media: in it the commands are "),
            "\(run.text)")
    }

    @Test("what was unusual in many calls is counted")
    func warnings() throws {
        let run = try call("talk", "--calls", "3")
        #expect(run.status == 0)
        #expect(run.text.contains("\n3 x warning: /variables: is missing: "), "\(run.text)")
        #expect(run.text.contains("\n3 x warning: \"...\": "), "\(run.text)")
    }

    @Test(
        "where nobody is, that is all that is told, with 69",
        arguments: [["--calls", "500"], ["--calls", "50", "--rate", "1000"], ["--faults"], ["--explore"]])
    func unreachable(_ options: [String]) throws {
        let port = try RefusingPort()
        let address = "http://127.0.0.1:\(port.number)/"
        let run = try place.run("rtmedia", ["call", address] + options)
        #expect(run.status == 69)
        #expect(run.output.isEmpty)
        let place = address.split(separator: "/")[1]
        #expect(run.errors == "rtmedia: the connection to \(place) was refused: is the handler running?\n")
    }

    @Test("a mistake is told with the scenario that shows it, which can be run")
    func explore() throws {
        let run = try call("deep", "--explore", "--record", "\(place.path)/found")
        #expect(run.status == 65)
        #expect(run.text.contains("  3. dialout -> \"NOANSWER\"\n"))
        #expect(run.text.contains("1 finding (all paths to their end)"))
        #expect(try call("deep", "\(place.path)/found/finding-1.yaml").status == 1)
        #expect(try call("none", "\(place.path)/found/finding-1.yaml").status == 0)
        #expect(try call("none", "--explore").status == 0)
    }

    @Test(
        "options that do not go together are told, with 64",
        arguments: [
            ["--rate", "5"], ["--calls", "0"], ["--calls", "5", "--rate", "0"], ["--faults", "--explore"],
            ["--max-depth", "3"], ["--explore", "--calls", "5"], ["--seed", "1"], ["--seed", "1", "--calls", "5"],
            ["--ca-file", "a"], ["--insecure"], ["--voice", "en"], ["s.yaml", "--voice", "en"],
        ])
    func usage(_ options: [String]) throws {
        #expect(try place.run("rtmedia", ["call", "http://127.0.0.1:1/"] + options).status == 64)
    }

    @Test("what is refused says what is meant")
    func refusals() throws {
        let rate = try place.rtmedia("call", "http://127.0.0.1:1/", "--calls", "5", "--rate", "0")
        #expect(rate.errors.contains("--rate 0.0: must be over 0 and 1000000 at the most"))
        let verification = try place.rtmedia("call", "https://127.0.0.1:1/", "--ca-file", "a", "--insecure")
        #expect(verification.status == 64 && verification.errors.contains("--ca-file has no effect"))
    }
}
