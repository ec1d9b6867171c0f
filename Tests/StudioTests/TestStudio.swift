import AudioConversion
import CallSimulation
import LevelMeasurement
import Presentation
import RealTimeAPI
import RecordingDetection
import TelephonyAudio
import TestSupport
import Testing
import ThresholdTuning

@testable import Studio

/// A studio that runs while something is done with it, over real sockets.
struct TestStudio: Sendable {
    let port: Int
    let token: String

    /// Serves the recordings of a folder, at a port of its own, while `body` does something with it.
    ///
    /// - Parameter labels: the file of labels, by its name in the folder beside the recordings.
    static func serve<Value: Sendable>(
        _ folder: TestFolder, labels: String? = nil, tool: StudioTool = .test, limits: StudioLimits = StudioLimits(),
        host: String = "127.0.0.1", handlers: [CallSetup] = [], prompts: PromptFolder? = nil,
        _ body: @escaping @Sendable (TestStudio) async throws -> Value
    ) async throws -> Value {
        var configuration = StudioConfiguration(
            recordings: InputFinder.find([folder("calls")]),
            meter: LevelMeter(options: ConversionOptions(), cache: nil), jobs: 2, tool: tool)
        configuration.port = 0
        configuration.host = host
        configuration.prompts = prompts
        configuration.labels = labels.map { folder($0) }
        configuration.handlers = handlers
        let token = AccessToken()
        let server = try StudioServer(configuration, token: token, limits: limits)
        let (addresses, address) = AsyncStream<String>.makeStream()
        let task = Task { try await server.run { address.yield($0) } }
        let text = try #require(await addresses.first { _ in true })
        let port = try #require(text.split(separator: ":").last?.split(separator: "/").first.flatMap { Int($0) })
        #expect(text.hasSuffix("/?token=\(token.text)"))
        let value: Result<Value, any Error>
        do { value = .success(try await body(TestStudio(port: port, token: token.text))) } catch {
            value = .failure(error)
        }
        task.cancel()
        try await task.value
        return try value.get()
    }

    // MARK: Requests

    struct Answer: Sendable {
        let status: Int
        let head: String
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        func json() throws -> JSON { try JSONText(text).value }

        /// A field of the header.
        func field(_ name: String) -> String? {
            let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            return line.map { $0.dropFirst(name.count + 1).drop { $0 == " " } }.map(String.init)
        }
    }

    var host: String { "127.0.0.1:\(port)" }

    /// What is answered to bytes, until the server closes the connection.
    func answer(to request: [UInt8]) -> Answer {
        let connection = RawConnection(port: port)
        connection.write(request)
        return Self.answer(connection.readBytes())
    }

    static func answer(_ bytes: [UInt8]) -> Answer {
        let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))
        let head = String(decoding: bytes[..<(end?.lowerBound ?? bytes.count)], as: UTF8.self)
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
        return Answer(status: status, head: head, body: Array(bytes[(end?.upperBound ?? bytes.count)...]))
    }

    /// What is answered to a request with the token, which is the last one of its connection.
    ///
    /// - Parameter fields: instead of those that open the studio, if they are given.
    func send(
        _ method: String, _ path: String, _ body: [UInt8] = [], fields: [String]? = nil, more: [String] = []
    ) -> Answer {
        let opening = fields ?? ["Host: \(host)", "Authorization: Bearer \(token)"]
        let length = body.isEmpty && (method == "GET" || method == "HEAD") ? [] : ["Content-Length: \(body.count)"]
        let lines = ["\(method) \(path) HTTP/1.1"] + opening + more + length + ["Connection: close"]
        return answer(to: Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    func get(_ path: String, more: [String] = []) -> Answer { send("GET", path, more: more) }

    func post(_ path: String, _ body: String) -> Answer { send("POST", path, Array(body.utf8)) }

    func put(_ path: String, _ body: String) -> Answer { send("PUT", path, Array(body.utf8)) }

    // MARK: Recordings

    /// The list, once all are measured.
    func measured() throws -> [JSON] {
        while true {
            let list = try get("/api/recordings").json()
            if list["measured"] == list["total"] { return list["recordings"]!.elements }
        }
    }

    /// The recording of a name.
    func recording(_ name: String) throws -> JSON {
        try #require(try measured().first { $0["name"] == .string(name) })
    }

    func id(_ name: String) throws -> String { try #require(try recording(name)["id"]?.text) }
}

extension JSON {
    var elements: [JSON] { if case .array(let elements) = self { elements } else { [] } }
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }
    var names: [String] { if case .object(let members) = self { members.map(\.name) } else { [] } }
}

extension StudioTool {
    /// A tool that calls things by their names.
    static let test = StudioTool(
        option: { "--\($0.name)" }, commandLine: { "detect \($1) \(JSON.string("\($0.command)"))" },
        record: { result in
            let warnings = result.detection.warnings.map(\.description) + result.warnings.map { "\($0)" }
            return jsonLine(DetectRecord(result, warnings: warnings))
        },
        warning: { "\($0)" }, failure: { $0 }, tuningFailure: { $0 },
        inspection: { source throws(ConversionError) in
            let inspection = try AudioInspector().inspect(source)
            return #"{"duration_ms":\#(Int(inspection.duration / .milliseconds(1)))}"#
        }, voices: { [#"{"voice":"TTS_TEST"}"#] },
        speech: { speech throws(Failure) in
            guard !speech.text.contains("<") else { throw Failure("line 1, column 1: is no text") }
            return PhoneAudio(samples: TestSounds.tone(milliseconds: 100 * speech.text.count))
        })
}

/// Recordings that are the same each time.
enum TestSounds {
    static func tone(milliseconds: Int, amplitude: Int = 9000) -> [Int16] {
        (0..<8 * milliseconds).map { Int16($0 % 16 < 8 ? amplitude : -amplitude) }
    }

    static func silence(milliseconds: Int) -> [Int16] { [Int16](repeating: 0, count: 8 * milliseconds) }

    /// Someone who talks for a time, after and before silence.
    static func caller(talk: Int, before: Int = 300, after: Int = 1500) -> PhoneAudio {
        PhoneAudio(samples: silence(milliseconds: before) + tone(milliseconds: talk) + silence(milliseconds: after))
    }

    /// A folder with callers, machines, a note and a file that is no audio though it is called so.
    static func folder() throws -> TestFolder {
        let folder = TestFolder()
        for index in 1...6 {
            try folder.write(caller(talk: 600 + 50 * index).wav, to: "calls/human/\(index).wav")
            try folder.write(caller(talk: 2500 + 100 * index).wav, to: "calls/machine/\(index).wav")
        }
        try folder.write("about the calls", to: "calls/notes.md")
        try folder.write([UInt8](repeating: 7, count: 100), to: "calls/broken.flac")
        try folder.write("kept to itself", to: "secret.txt")
        return folder
    }
}
