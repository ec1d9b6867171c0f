import Foundation
import Glibc
import Testing

/// A server that runs until it is told to stop, or its owner goes.
final class ServedProcess {
    private let process = Process()
    private let pipe = Pipe()
    /// What it said so far.
    private(set) var log = ""
    /// Where it listens.
    private(set) var port = 0

    /// Starts a server and waits until it listens.
    ///
    /// - Parameters:
    ///   - place: where it runs, and where its home is.
    init(
        _ arguments: [String], in place: Workplace, environment: [String: String] = [:]
    ) throws {
        process.executableURL = URL(filePath: "\(Workplace.products)/rtmedia")
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: place.path)
        var variables = ProcessInfo.processInfo.environment
        for name in ["RTMEDIA_SECRET", "RTMEDIA_LOGIN", "RTMEDIA_PASSWORD"] { variables[name] = nil }
        variables.merge(["HOME": place.path, "XDG_STATE_HOME": ""].merging(environment) { $1 }) { $1 }
        process.environment = variables
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        port = try #require(Int(try read(until: /:([0-9]+)\/(, to everybody)?\n/).1))
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// Reads what it says until something is said.
    @discardableResult
    func read<Output>(until pattern: Regex<Output>) throws -> Output {
        let start = log.endIndex
        while true {
            if let match = try pattern.firstMatch(in: log[start...]) { return match.output }
            let more = pipe.fileHandleForReading.availableData
            try #require(!more.isEmpty, "it ended, having said: \(log)")
            log += String(decoding: more, as: UTF8.self)
        }
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for its end.
    ///
    /// - Returns: the exit code.
    func end(_ signal: Int32 = SIGTERM) throws -> Int32 {
        send(signal)
        return try waitForEnd()
    }

    func waitForEnd() throws -> Int32 {
        log += String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus
    }
}

/// A connection to a server on this machine, byte by byte.
final class RawConnection {
    private let descriptor: Int32
    /// Whether the server took it.
    let isOpen: Bool

    init(port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let descriptor = descriptor
        isOpen = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    deinit { close(descriptor) }

    func write(_ text: String) { _ = Glibc.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) }

    /// What comes until the server closes the connection.
    func readToEnd() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A call that a test places by hand.
struct HandCall {
    let url: String
    let place: Workplace
    var options = ""

    /// Posts a request with curl.
    func post(_ body: String) throws -> String {
        try place.write(Array(body.utf8), to: "request.json")
        return try place.shell(
            "curl -s \(options) -H 'Content-Type: application/json' --data-binary @request.json \(url)"
        ).text
    }

    /// Begins a call.
    func begin(_ call: Int) throws -> String {
        try post(#"{"callid":\#(call),"call_status":"UP","command_id":0,"variables":{}}"#)
    }

    /// Reports a result for an answer.
    func report(_ result: String, _ call: Int, after answer: String) throws -> String {
        let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
        let request: [String: Any] = [
            "callid": call, "call_status": "UP", "command": json["command"]!, "command_id": json["command_id"]!,
            "command_result": result, "variables": json["variables"]!,
        ]
        return try post(String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self))
    }
}
