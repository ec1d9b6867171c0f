import Foundation
import TestSupport
import Testing

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
