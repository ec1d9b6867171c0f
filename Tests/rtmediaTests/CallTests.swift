import Foundation
import Testing

/// `rtmedia call`, end to end, with a handler in Python.
@Suite struct CallTests {
    let place = Workplace()

    /// Calls a handler that answers with the steps; see `handler.py`.
    private func call(_ steps: String, _ arguments: String...) throws -> (status: Int32, text: String) {
        let process = Process()
        let input = Pipe()
        let output = Pipe()
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "CallSimulationTests/handler.py").path
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script, steps]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        defer {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
        var port = ""
        while !port.hasSuffix("\n"), let more = try output.fileHandleForReading.read(upToCount: 1), !more.isEmpty {
            port += String(decoding: more, as: UTF8.self)
        }
        let run = try place.run("rtmedia", ["call", "http://127.0.0.1:\(port.dropLast())/"] + arguments)
        return (run.status, run.text)
    }

    @Test("a caller who speaks and presses keys is heard, and the call is written as two channels")
    func wholeCall() throws {
        let read = #"{"command":"read","params":{"media_id":"TTS|TTS_FR-FR_AUDREY|Appuyez","timeout_ms":2000}}"#
        let record = #"{"command":"record","params":{"silence":2,"max_duration":20}}"#
        let run = try call(
            "[\(read),\(record)]", "--say", "Bonjour", "--keys", "12#", "--record", "\(place.path)/call.wav")
        #expect(run.status == 0)
        #expect(run.text.contains("UP, read: 12\n"))
        #expect(run.text.contains("UP, record: record-421889-1\n"))
        #expect(try place.bytes("call.wav")[22] == 2)
    }

    @Test("what the platform refuses is told, with 65")
    func refused() throws {
        let run = try call(#"[{"command":"wait","params":{"wait":31}}]"#)
        #expect(run.status == 65)
        #expect(run.text.contains("error: /params/wait: 31 is over the maximum 30"))
    }

    @Test("a URL that is none is told, with 64", arguments: ["ftp://a/", "127.0.0.1", "http://:80/", "http://a:0/"])
    func address(text: String) throws {
        let run = try place.run("rtmedia", ["call", text])
        #expect(run.status == 64)
        #expect(run.errors.contains(text))
    }
}
