import Foundation
import TestSupport
import Testing

/// Calls from a PBX: the test is Asterisk's AudioSocket().
@Suite(.waitingForTime, .timeLimit(.minutes(15))) struct CallLiveTests {
    let place = Workplace()
    private let demo: ServedProcess
    private let listener: RunningProgram
    private let port: Int

    init() throws {
        demo = try ServedProcess(["serve", "--port", "0"], in: place)
        listener = try place.start(
            "rtmedia",
            ["call", "http://127.0.0.1:\(demo.port)/", "--listen", "audiosocket://127.0.0.1:0", "--record", "calls"])
        port = try #require(Int(try listener.read(until: /audiosocket:\/\/127\.0\.0\.1:([0-9]+);/).1))
    }

    private static let name = "01020304-0506-0708-090a-0b0c0d0e0f10"
    private static let identifier: [UInt8] = [1, 0, 16] + Array(1...16)
    private static let key: [UInt8] = [3, 0, 1, UInt8(ascii: "5")]
    private static let silence: [UInt8] = [0x10, 0x01, 0x40] + [UInt8](repeating: 0, count: 320)

    /// Reads a frame; nil at the end of the connection.
    private static func frame(from connection: RawConnection) -> (kind: UInt8, payload: [UInt8])? {
        let head = connection.readBytes(count: 3)
        guard head.count == 3 else { return nil }
        let length = Int(head[1]) << 8 | Int(head[2])
        let payload = connection.readBytes(count: length)
        return payload.count == length ? (head[0], payload) : nil
    }

    @Test("who calls hears the handler's commands, and is heard")
    func whole() throws {
        let connection = RawConnection(port: port)
        connection.write(Self.identifier)
        var frames = 0
        var loudest = 0
        var isHungUp = false
        while let (kind, payload) = Self.frame(from: connection) {
            guard kind == 0x10 else {
                isHungUp = kind == 0
                continue
            }
            #expect(payload.count == 320)
            frames += 1
            for index in stride(from: 0, to: payload.count, by: 2) {
                loudest = max(
                    loudest, abs(Int(Int16(bitPattern: UInt16(payload[index]) | UInt16(payload[index + 1]) << 8))))
            }
            connection.write(Self.silence)
            if frames.isMultiple(of: 25) { connection.write(Self.key) }
        }
        #expect(isHungUp && loudest > 3000)
        try listener.read(until: /end +HANGUP\n/)
        #expect(listener.said.contains(/01020304 .* caller +key +5\n/))
        #expect(listener.said.contains(/01020304 .* request +UP, read: 5\n/))
        listener.send(SIGINT)
        #expect(try listener.wait() == 0, "\(listener.said)")
        #expect(place.files.contains("calls/\(Self.name).wav") && place.files.contains("calls/\(Self.name).txt"))
        // A second of sound is 16,000 bytes on each side.
        let size = try place.bytes("calls/\(Self.name).wav").count
        #expect(abs(size - 44 - frames * 640) <= 640 * 2)
    }

    @Test("callers in a room hear each other: a tone of each is in the other's recording")
    func room() throws {
        let handler = try HandlerProgram.steps(#"[{"command":"conference","params":{"id":"r"}}]"#)
        let listener = try place.start(
            "rtmedia", ["call", handler.address, "--listen", "audiosocket://127.0.0.1:0", "--record", "rooms"])
        let port = try #require(Int(try listener.read(until: /audiosocket:\/\/127\.0\.0\.1:([0-9]+);/).1))
        let connections = [RawConnection(port: port), RawConnection(port: port)]
        for (index, connection) in connections.enumerated() {
            connection.write([1, 0, 16] + [UInt8](repeating: UInt8(index + 1), count: 16))
        }
        // Both go by the same clock: each waits for the other for less than a frame.
        let frequencies = [500, 800]
        for frame in 0..<200 {
            for (connection, frequency) in zip(connections, frequencies) {
                _ = try #require(Self.frame(from: connection))
                var bytes: [UInt8] = [0x10, 0x01, 0x40]
                for sample in 160 * frame..<160 * (frame + 1) {
                    let value = Int16(8000 * sin(2 * Double.pi * Double(frequency * (sample % 8000)) / 8000))
                    bytes += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
                }
                connection.write(bytes)
            }
        }
        for connection in connections { connection.write([0, 0, 0]) }
        try listener.read(until: /end +HANGUP\n[^$]*end +HANGUP\n/)
        listener.send(SIGINT)
        #expect(try listener.wait() == 0, "\(listener.said)")
        for index in 0..<2 {
            let byte = "0\(index + 1)"
            let name = [4, 2, 2, 2, 6].map { String(repeating: byte, count: $0) }.joined(separator: "-")
            // Of both channels, the second from the end of the last second but one.
            let bytes = try place.bytes("rooms/\(name).wav").suffix(2 * 32_000).prefix(32_000)
            let heard = stride(from: bytes.startIndex + 2, to: bytes.endIndex - 1, by: 4).map {
                Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
            }
            #expect(TestSound.amplitude(of: frequencies[1 - index], in: heard) > 4000)
            #expect(TestSound.amplitude(of: frequencies[index], in: heard) < 500)
        }
        withExtendedLifetime(handler) {}
    }

    @Test("a caller who hangs up, or whose connection is lost, ends the call", arguments: [[UInt8]([0, 0, 0]), []])
    func ends(bytes: [UInt8]) throws {
        var connection: RawConnection? = RawConnection(port: port)
        connection!.write(Self.identifier)
        for _ in 0..<10 { _ = Self.frame(from: connection!) }
        connection!.write(bytes)
        if bytes.isEmpty { connection = nil }
        try listener.read(until: /caller +hangs up *\n/)
        try listener.read(until: /end +HANGUP\n/)
    }

    /// Audio at 16 kHz, of 20 ms: a tone of 1 kHz.
    private static let wideTone: [UInt8] =
        [0x11, 0x02, 0x80]
        + (0..<320).flatMap { index in
            let sample = Int16(8000 * sin(Double(index) * .pi / 8))
            return [UInt8(truncatingIfNeeded: sample), UInt8(truncatingIfNeeded: sample >> 8)]
        }

    @Test("audio at 16 kHz is heard as well, and what can't be understood is told once")
    func wide() throws {
        let connection = RawConnection(port: port)
        connection.write(Self.identifier)
        for _ in 0..<100 {
            try #require(Self.frame(from: connection)?.kind == 0x10)
            connection.write(Self.wideTone + [0x12, 0, 0])
        }
        connection.write([0, 0, 0])
        try listener.read(until: /end +HANGUP\n/)
        listener.send(SIGINT)
        #expect(try listener.wait() == 0, "\(listener.said)")
        let told = "frames of the kind 0x12 are not known, and are ignored"
        #expect(listener.said.components(separatedBy: told).count == 2, "\(listener.said)")
        #expect(!listener.said.contains("not linear"))
        // The caller's side of the recording has the tone, at half the rate; now and then a frame may have come too late.
        let wav = try place.bytes("calls/\(Self.name).wav")
        let sides = [0, 2].map { side in
            stride(from: 44 + 4 * 4000 + side, to: wav.count - 3, by: 4).map {
                Int16(bitPattern: UInt16(wav[$0]) | UInt16(wav[$0 + 1]) << 8)
            }
        }
        #expect(sides.contains { TestSound.amplitude(of: 1000, in: $0[..<4000]) > 4000 })
    }

    @Test("audio that is not linear is told, and a PBX that sends no keys")
    func notLinear() throws {
        let connection = RawConnection(port: port)
        connection.write(Self.identifier)
        // As a channel sends it whose format is u-law: 160 bytes for 20 ms.
        while let (kind, _) = Self.frame(from: connection), kind == 0x10 {
            connection.write([0x10, 0, 160] + [UInt8](repeating: 0xFF, count: 160))
        }
        try listener.read(until: /no key came from the PBX/)
        let told = "it is probably not linear; in Asterisk's dialplan write Dial(AudioSocket/.../c(slin))"
        #expect(listener.said.components(separatedBy: told).count == 2, "\(listener.said)")
    }

    @Test(
        "what is no AudioSocket gets an error, and calls go on being taken",
        arguments: [
            (Array("GET / HTTP/1.1\r\n\r\n".utf8), "the first frame is of the kind 0x47, not a UUID"),
            ([1, 0, 3, 1, 2, 3], "a UUID has 16 bytes, not 3"), ([0x10, 0xFF, 0xFF], "of the kind 0x10, not a UUID"),
            (identifier + [3, 0, 0], "a key is one of 0...9, *, # and A...D"),
            (identifier + [0x10, 0, 1, 7], "a frame of audio has 1 bytes"),
        ])
    func hostile(bytes: [UInt8], reason: String) throws {
        let other = RawConnection(port: port)
        other.write(bytes + [UInt8](repeating: 7, count: 100_000))
        var last: (kind: UInt8, payload: [UInt8])?
        while let frame = Self.frame(from: other) { last = frame }
        #expect(last?.kind == 0xFF && last?.payload.isEmpty == true)
        try listener.read(until: /no AudioSocket: .*\n/)
        #expect(listener.said.contains(reason), "\(listener.said)")
        try takesCalls()
    }

    @Test(
        "who leaves without a call is left, and calls go on being taken",
        arguments: [[0xFF, 0, 1, 7], [0, 0, 0], [1], []])
    func leaves(bytes: [UInt8]) throws {
        let other = RawConnection(port: port)
        other.write(bytes)
        other.closeOutput()
        #expect(other.readToEnd().isEmpty)
        try takesCalls()
    }

    private func takesCalls() throws {
        let connection = RawConnection(port: port)
        connection.write(Self.identifier)
        #expect(try #require(Self.frame(from: connection)).kind == 0x10)
    }

    private static let folder = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/")
    private static let judge = "\(folder)/pbx_commands.py"
    private static let client = "\(folder)/pbx.py"

    @Test("twenty callers at once get their frames; who measures that notices if there are none")
    func many() throws {
        let handler = try HandlerProgram.steps(#"[{"command":"wait","params":{"wait":30}}]"#)
        let listener = try place.start("rtmedia", ["call", handler.address, "--listen", "audiosocket://127.0.0.1:0"])
        let port = try #require(Int(try listener.read(until: /audiosocket:\/\/127\.0\.0\.1:([0-9]+);/).1))
        let run = try place.run("python3", [Self.client, "\(port)", "20", "4"])
        #expect(run.status == 0 && run.text.hasPrefix("calls 20 frames "), "\(run.text)\(run.errors)")
        // A server of HTTP sends no frame.
        let none = try place.run("python3", [Self.client, "\(demo.port)", "2", "2"])
        #expect(none.status == 1 && none.errors.contains("call 1: "), "\(none.text)\(none.errors)")
        withExtendedLifetime(handler) {}
    }

    @Test("calls of one UUID are recorded beside each other, with --force too; a UUID may have a number of its own")
    func sameIdentifier() throws {
        let handler = try HandlerProgram.steps(#"[{"command":"wait","params":{"wait":1}}]"#)
        for options in [[], ["--force"]] {
            let listener = try place.start(
                "rtmedia",
                ["call", handler.address, "--listen", "audiosocket://127.0.0.1:0", "--record", "same"]
                    + ["--caller", "\(Self.name.uppercased())=+4930123456"] + options)
            let port = try #require(Int(try listener.read(until: /audiosocket:\/\/127\.0\.0\.1:([0-9]+);/).1))
            let connections = [RawConnection(port: port), RawConnection(port: port)]
            for connection in connections { connection.write(Self.identifier) }
            for connection in connections { _ = connection.readBytes() }
            try listener.read(until: /01020304-2 .* end +HANGUP\n/)
            listener.send(SIGINT)
            #expect(try listener.wait() == 0, "\(listener.said)")
            #expect(!listener.said.contains("exists already"))
        }
        // With --force the first two were replaced, once.
        let files = place.files.filter { $0.hasPrefix("same/") && $0.hasSuffix(".wav") }
        #expect(Set(files) == ["same/\(Self.name).wav", "same/\(Self.name)-2.wav"])
        let text = String(decoding: try place.bytes("same/\(Self.name)-2.jsonl"), as: UTF8.self)
        #expect(text.contains("+4930123456"))
        for number in ["x=1", "\(Self.name)=", Self.name] {
            let arguments = ["call", handler.address, "--listen", "audiosocket://127.0.0.1:0", "--caller", number]
            #expect(try place.run("rtmedia", arguments).status == 64)
        }
        withExtendedLifetime(handler) {}
    }

    @Test("a call that lasts longer than it may is hung up, with a line about it")
    func tooLong() throws {
        let handler = try HandlerProgram.steps(#"[{"command":"wait","params":{"wait":30}}]"#)
        let listener = try place.start(
            "rtmedia", ["call", handler.address, "--listen", "audiosocket://127.0.0.1:0", "--hang-up-after", "1"])
        let port = try #require(Int(try listener.read(until: /audiosocket:\/\/127\.0\.0\.1:([0-9]+);/).1))
        let connection = RawConnection(port: port)
        connection.write(Self.identifier)
        var kinds: [UInt8] = []
        while let frame = Self.frame(from: connection) { kinds.append(frame.kind) }
        #expect(kinds.last == 0 && kinds.count > 40)
        try listener.read(until: /01020304-.* warning: is hung up: no call may be longer than 1\.0 s\n/)
        withExtendedLifetime(handler) {}
    }

    @Test(
        "each command ends in each of its ways, by the judgement of another handler and client; who stalls disturbs nobody"
    )
    func commands() throws {
        let run = try place.run("python3", [Self.judge, "\(Workplace.products)/rtmedia"])
        #expect(run.status == 0 && run.text == "all 22 as documented\n", "\(run.text)\(run.errors)")
    }

    @Test("an address that can't be listened on is told, and what does not go with it")
    func refused() throws {
        let url = "http://127.0.0.1:\(demo.port)/"
        let taken = try place.rtmedia("call", url, "--listen", "audiosocket://127.0.0.1:\(port)")
        #expect(taken.status == 69 && taken.errors.contains("can't be listened on"), "\(taken.errors)")
        for arguments in [
            ["--listen", "tcp://a:1"], ["--listen", "audiosocket://127.0.0.1:0", "--say", "Hello"],
            ["--caller", "\(Self.name)=1"],
        ] {
            #expect(try place.run("rtmedia", ["call", url] + arguments).status == 64)
        }
    }
}
