import Foundation
import Glibc
import TestSupport
import Testing

/// `rtmedia call --start`: a handler that runs while calls are placed, and no longer.
@Suite(.waiting, .timeLimit(.minutes(10))) struct CallStartTests {
    let place = Workplace()
    let port: HeldPort

    init() throws { port = try HeldPort() }

    private var url: String { "http://127.0.0.1:\(port.number)/" }

    /// A handler that answers every request with nothing, and says so; before it listens it does what is asked for.
    private func handler(_ before: String = "") -> String {
        """
        import http.server, os, signal, subprocess, sys, time
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")
            def log_message(self, *arguments): print("asked\\x1b[31m", flush=True)
        open("pid", "w").write(str(os.getpid()))
        \(before)
        http.server.ThreadingHTTPServer(("127.0.0.1", \(port.number)), Handler).serve_forever()
        """
    }

    private func install(_ before: String = "") throws {
        try place.write(Array(handler(before).utf8), to: "handler.py")
    }

    /// Whether a process that has left its number in a file is there, and no zombie.
    private func isRunning(_ name: String) throws -> Bool {
        let number = String(decoding: try place.bytes(name), as: UTF8.self)
        let status = try? String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8)
        return status.map { !$0.contains("State:\tZ") } ?? false
    }

    @Test("It is started, called once it listens, and ended with all that it has started")
    func startsAndEnds() throws {
        try install(
            """
            child = subprocess.Popen(["sleep", "1000"])
            open("child", "w").write(str(child.pid))
            print("late", file=sys.stderr, flush=True)
            time.sleep(0.5)
            """)
        let run = try place.rtmedia("call", url, "--start", "echo first; python3 handler.py")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text.contains("platform  end"))
        // What it writes is no part of the transcript, and harmless.
        #expect(run.errors.hasPrefix("handler: first\nhandler: late\nhandler: asked\\u001b[31m\n"), "\(run.errors)")
        #expect(try !isRunning("pid") && !isRunning("child"))
        #expect(!port.isServed)
    }

    @Test("One that does not heed SIGTERM is killed")
    func stubborn() throws {
        try install("signal.signal(signal.SIGTERM, signal.SIG_IGN)")
        #expect(try place.rtmedia("call", url, "--start", "python3 handler.py").status == 0)
        #expect(try !isRunning("pid"))
    }

    @Test("It ends with calls that are ended from outside", arguments: [SIGINT, SIGTERM, SIGKILL])
    func interrupted(signal: Int32) throws {
        try install()
        let steps = "scenario: waits\ncaller: [ { at: 1, press: 1 } ]\nexpect: [ read ]\n"
        try place.write(Array(steps.utf8), to: "wait.yaml")
        let program = try place.start(
            "rtmedia", ["call", url, "wait.yaml", "--calls", "1000000000", "--start", "python3 handler.py"])
        try program.read(until: /handler: asked/)
        program.send(signal)
        #expect(try program.wait() == 128 + signal)
        let deadline = ContinuousClock.now + .seconds(60)
        while try isRunning("pid"), ContinuousClock.now < deadline { usleep(10_000) }
        #expect(try !isRunning("pid"))
    }

    @Test("One that ends before it listens is told with its exit code and what it said, with 69")
    func endsEarly() throws {
        let run = try place.rtmedia("call", url, "--start", "echo no such thing >&2; exit 3")
        #expect(run.status == 69 && run.output.isEmpty)
        #expect(
            run.errors == """
                handler: no such thing
                rtmedia: the handler ended before it listened at 127.0.0.1, port \(port.number): exit code 3

                """)
        let missing = try place.rtmedia("call", url, "--start", "nosuchprogram")
        #expect(
            missing.status == 69 && missing.errors.contains("not found\n") && missing.errors.contains("exit code 127"))
    }

    @Test("One that does not listen in time is ended, and told, with 69")
    func neverListens() throws {
        try install("time.sleep(1000)")
        let run = try place.rtmedia("call", url, "--start", "python3 handler.py", "--wait", "0.5")
        #expect(run.status == 69)
        #expect(
            run.errors
                == "rtmedia: the handler does not listen at 127.0.0.1, port \(port.number) after 0.5 s: --wait has more patience\n"
        )
        // It may have been ended before it said who it is.
        #expect(try !place.files.contains("pid") || !isRunning("pid"))
    }

    @Test("One that dies while calls are placed is told")
    func dies() throws {
        try install("import threading; threading.Timer(1, lambda: os._exit(5)).start()")
        let run = try place.rtmedia("call", url, "--calls", "20000", "--start", "python3 handler.py")
        #expect(run.status != 0)
        #expect(
            run.errors.contains("rtmedia: the handler ended while calls were placed: exit code 5\n"), "\(run.errors)")
    }

    @Test("Where somebody listens already, nothing is started, with 69")
    func taken() throws {
        let other = try HandlerProgram.menu()
        let run = try place.rtmedia("call", other.address, "--start", "touch started")
        #expect(run.status == 69 && run.errors.contains("somebody listens already at 127.0.0.1, port "))
        #expect(place.files.isEmpty)
    }

    @Test("What makes no sense is refused, with 64")
    func usage() throws {
        for options in ["--wait 5", "--start x --wait 0", "--start x --wait 1e9", "--start ' '"] {
            #expect(try place.shell("rtmedia call \(url) \(options)").status == 64, "\(options)")
        }
    }
}
