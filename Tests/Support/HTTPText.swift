/// HTTP/1.1 as text, as tests write it.
package enum HTTPText {
    /// The first request of a call.
    package static let call = #"{"callid":1,"call_status":"UP","command_id":0,"variables":{}}"#

    /// A request with a body, which is JSON unless a field says otherwise.
    package static func post(
        _ body: String = call, path: String = "/", method: String = "POST", fields: [String] = []
    ) -> String {
        let type = fields.contains { $0.hasPrefix("Content-Type:") } ? [] : ["Content-Type: application/json"]
        return head("\(method) \(path)", ["Host: a"] + type + fields + ["Content-Length: \(body.utf8.count)"]) + body
    }

    /// A request without a body.
    package static func get(_ path: String, method: String = "GET", fields: [String] = []) -> String {
        head("\(method) \(path)", ["Host: a"] + fields)
    }

    /// A request's head: all that comes before its body.
    package static func head(of request: String) -> String {
        request.firstRange(of: "\r\n\r\n").map { String(request[..<$0.upperBound]) } ?? request
    }

    private static func head(_ start: String, _ fields: [String]) -> String {
        "\(start) HTTP/1.1\r\n" + fields.map { "\($0)\r\n" }.joined() + "\r\n"
    }
}
