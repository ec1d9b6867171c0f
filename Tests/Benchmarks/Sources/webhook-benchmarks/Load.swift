import Foundation

/// What wrk measured of a server, while it posted the same request over and over.
struct Load {
    /// Requests a second.
    let rate: Double
    /// Half of the answers took at most so many milliseconds, and 99 of 100 at most so many.
    let median, tail: Double
    /// Microseconds of processor time that the server took for a request.
    let work: Double

    /// The same request over and over.
    static let script = """
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        wrk.body = '{"app":"4346423A","callid":421889,"request_hash":"4260XMAQ","cli_name":"","cli_number":"+33612345678",\
        "date_started":"2012-01-09 17:27:55","number":"+33612345679","command":"read","command_id":7,"command_result":"345",\
        "command_error":"","call_status":"UP","cdr_field":"000CUSTOMFIELD42","variables":{"step":"menu","age":"42"}}'

        """ + report

    /// Calls: their first turns alone, or each with the turn that follows.
    static func turns(areLater: Bool) -> String {
        """
        local waiting, count, base = {}, 0, 0
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        local form = '{"app":"4346423A","callid":%s,"request_hash":"4260XMAQ","cli_name":"","cli_number":"+33612345678",\
        "date_started":"2012-01-09 17:27:55","number":"+33612345679","command":"%s","command_id":%d,"command_result":"%s",\
        "command_error":"","call_status":"UP","cdr_field":"000CUSTOMFIELD42","variables":%s}'
        function init(words) math.randomseed(os.time()); base = math.random(1, 1000000) * 1000000 end
        function request()
            local variables = table.remove(waiting)
            if variables then
                return wrk.format(nil, nil, nil, form:format(variables:match('"call":"(%d+)"'), "read", 1, "5", variables))
            end
            count = count + 1
            local call = string.format("%d", base + count)
            return wrk.format(nil, nil, nil, form:format(call, "", 0, "", '{"call":"' .. call .. '","step":"menu"}'))
        end
        function response(status, headers, body)
            if \(areLater) and body:find('"command":"read"', 1, true) then
                waiting[#waiting + 1] = body:match('"variables":(%b{})')
            end
        end

        """ + report
    }

    private static let report = """
        done = function(summary, latency, requests)
            if summary.errors.status > 0 then error("answers with errors") end
            io.write(string.format("RESULT %d %d %f %f\\n", summary.requests, summary.duration, latency:percentile(50),
                latency:percentile(99)))
        end
        """

    /// Starts a server and puts it under load for four seconds.
    init(of server: [String], script: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/taskset")
        process.arguments = ["-c", "0"] + server
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let address = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self).filter { $0 != "\n" }
        let text = try output(of: [
            "taskset", "-c", "1", "wrk", "-t1", "-c32", "-d4s", "-s", script, "http://\(address)/",
        ])
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("RESULT") }) else {
            throw Failure(message: text)
        }
        let numbers = line.split(separator: " ").compactMap { Double($0) }
        rate = numbers[0] / numbers[1] * 1e6
        median = numbers[2] / 1000
        tail = numbers[3] / 1000
        // User and system time, in hundredths of a second (proc_pid_stat(5)).
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
        let fields = status[status.lastIndex(of: ")")!...].split(separator: " ")
        work = (Double(fields[12])! + Double(fields[13])!) * 1e4 / numbers[0]
    }
}

/// A command that failed.
struct Failure: Error {
    let message: String
}

/// What a command prints.
func output(of command: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(message: "\(command[0]) failed: \(output)") }
    return output
}
