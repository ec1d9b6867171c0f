import Foundation
import TestSupport
import Testing

/// What `rtmedia serve` takes when others want it to take more.
///
/// The same by hand, for a minute: `rtmedia serve samples/flows/age-check.yaml`, and
/// `python3 Tests/rtmediaTests/attack.py 8080 $(pidof rtmedia) 60 1000 200000 4000`.
@Suite(.waitingForTime, .serialized, .timeLimit(.minutes(10))) struct ServeMemoryTests {
    let place = Workplace()
    private static let attack =
        "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/attack.py"

    /// Puts a server under load.
    ///
    /// - Parameters:
    ///   - load: seconds, calls a second, bytes of variables, connections that stay in the midst of a request; see `attack.py`.
    ///   - options: what the server is started with besides.
    /// - Returns: how many calls were answered and refused, and the most megabytes that the server had resident.
    private func attack(
        _ load: [String], options: [String] = []
    ) throws -> (answered: Int, refused: Int, peak: Int) {
        try place.write(
            Array("flow: f\nsteps: { a: { read: { say: a }, save: b, next: c }, c: { play: { say: \"${b}\" } } }".utf8),
            to: "f.yaml")
        let server = try ServedProcess(
            ["serve", "f.yaml", "--port", "0", "--memory", "256", "--log-level", "error"] + options, in: place)
        let run = try place.run("python3", [Self.attack, "\(server.port)", "\(server.identifier)"] + load)
        let match = try #require(run.text.firstMatch(of: /answered (\d+) refused (\d+) peak (\d+)/), "\(run.errors)")
        let scheme = options.isEmpty ? "http" : "https"
        #expect(
            try place.shell("curl -sk \(scheme)://127.0.0.1:\(server.port)/health").text == #"{"status":"ok"}"#)
        #expect(try server.end() == 0)
        return (Int(match.1)!, Int(match.2)!, Int(match.3)! / 1_000_000)
    }

    @Test("calls that bring 200 kB each take no more memory than the process may")
    func variables() throws {
        // Half of this fills what calls may keep; the rate leaves a core to the tests beside it.
        let (answered, refused, peak) = try attack(["20", "150", "200000"])
        #expect(answered > 0 && refused == 0 && peak < 256, "\(answered), \(refused), \(peak) MB")
    }

    @Test(
        "calls that bring 240 kB in any member take no more memory than the process may",
        // What is kept of a call, of its request, and of numbers, keys and objects, which are more than their bytes; `BoundTests` has
        // all members.
        arguments: [
            "cli_name", "command_result", "call_status", "variables:zeros", "variables:keys", "variables:objects",
        ])
    func members(_ member: String) throws {
        let (answered, _, peak) = try attack(["3", "0", "240000", "--in", member])
        #expect(answered > 0 && peak < 256, "\(answered), \(peak) MB")
    }

    @Test(
        "calls whose later requests are long take no more memory than the process may, and of flows that fail a pipe can hold what is logged"
    )
    func laterRequests() throws {
        // Each of these flows fails, and nobody reads what the server says of it.
        let (answered, refused, peak) = try attack(["3", "0", "200000", "--in", "app", "--later", "command_result"])
        #expect(answered > 0 && refused == 0 && peak < 256, "\(answered), \(peak) MB")
    }

    #if TLS
        @Test(
            "connections that are encrypted take no more memory than the process may, also if they do not finish the handshake",
            arguments: [
                ["2", "50", "1000", "4200", "15000", "--tls", "--hello"],
                ["2", "50", "1000", "1500", "16000", "--tls"],
            ])
        func encrypted(_ load: [String]) throws {
            let made = try place.shell(
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout k.pem -out c.pem"
            )
            try #require(made.status == 0, "\(made.errors)")
            let (answered, _, peak) = try attack(load, options: ["--certificate", "c.pem", "--key", "k.pem"])
            #expect(answered > 0 && peak < 256, "\(answered), \(peak) MB")
        }
    #endif

    @Test(
        "requests that are never sent to their end take no more memory than the process may, and short ones are answered"
    )
    func slowRequests() throws {
        let (answered, _, peak) = try attack(["2", "50", "1000", "2000", "200000"])
        #expect(answered > 0 && peak < 256, "\(answered), \(peak) MB")
    }

    @Test("calls beyond what fits go on from their journals")
    func calls() throws {
        let (answered, refused, peak) = try attack([Workplace.isOptimized ? "8" : "4", "0", "100"])
        #expect(answered > 0 && refused == 0 && peak < 256, "\(answered), \(refused), \(peak) MB")
    }

    @Test(
        "memory and connections have their bounds",
        arguments: [
            (["--memory", "255"], "--memory is 255; allowed are 256...1048576 MB"),
            (["--memory", "1048577"], "--memory is 1048577; allowed are 256...1048576 MB"),
            (["--max-connections", "0"], "--max-connections is 0; with --memory 1024 allowed are 1...21333"),
            (
                ["--max-connections", "100000"],
                "--max-connections is 100000; with --memory 1024 allowed are 1...21333"
            ),
            (
                ["--max-connections", "2001", "--memory", "256", "--certificate", "c", "--key", "k"],
                "--max-connections is 2001; with --memory 256 and TLS allowed are 1...2000"
            ),
        ])
    func bounds(_ options: [String], _ message: String) throws {
        let run = try place.run("rtmedia", ["serve"] + options)
        #expect(run.status == 64 && run.errors.contains(message), "\(run.errors)")
    }
}
