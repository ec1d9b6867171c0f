import Foundation
import RealTimeAPI

/// What is read and written: a request with 2 kB of variables, and an answer to it.
enum Exchange {
    static let request: [UInt8] = {
        let items = (0..<24).map { number in
            #"{"id":\#(9_007_199_254_740_993 + number),"name":"Zoé Ünal \#(number)","paid":true,"sum":12.50,"note":null}"#
        }
        let variables = #"{"step":"menu","customer":{"items":[\#(items.joined(separator: ","))]}}"#
        let text =
            #"{"app":"4346423A","callid":421889,"request_hash":"4260XMAQ","cli_name":"","cli_number":"+33612345678","#
            + #""date_started":"2012-01-09 17:27:55","number":"+33612345679","command":"read","command_id":7,"#
            + #""command_result":"345","command_error":"","call_status":"UP","cdr_field":"000CUSTOMFIELD42","#
            + #""variables":\#(variables)}"#
        return Array(text.utf8)
    }()

    /// Reads the request and writes a `read` that carries its variables on.
    static func ours() -> Int {
        do {
            let request = try Request(json: request)
            let media = Media.speech("Bonjour, appuyez sur étoile", voice: "TTS_FR-FR_AUDREY")
            let read = Read(media, maximumDigits: 1, attempts: 1, timeout: .milliseconds(4000))
            return Response(.read(read), commandID: request.commandID, variables: request.variables).json.count
        } catch {
            fatalError("\(error)")
        }
    }

    /// The same with JSONSerialization.
    static func serialization() -> Int {
        let object = try! JSONSerialization.jsonObject(with: Data(request)) as! [String: Any]
        let params: [String: Any] = [
            "attempts": 1, "max_digits": 1, "media_id": "TTS|TTS_FR-FR_AUDREY|Bonjour, appuyez sur étoile",
            "timeout_ms": 4000,
        ]
        let answer: [String: Any] = [
            "command": "read", "command_id": object["command_id"]!, "params": params, "variables": object["variables"]!,
        ]
        return try! JSONSerialization.data(withJSONObject: answer, options: .withoutEscapingSlashes).count
    }

    /// The same with JSONDecoder and JSONEncoder, which can't carry variables: they are left out.
    static func coders() -> Int {
        let request = try! JSONDecoder().decode(CodableRequest.self, from: Data(request))
        let params = CodableResponse.Params(
            attempts: 1, max_digits: 1, media_id: "TTS|TTS_FR-FR_AUDREY|Bonjour, appuyez sur étoile", timeout_ms: 4000)
        let response = CodableResponse(command: "read", command_id: request.command_id, params: params)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return try! encoder.encode(response).count
    }
}

private struct CodableRequest: Decodable {
    let app: String
    let callid: UInt64
    let request_hash: String?
    let cli_name, cli_number, date_started, number, command: String
    let command_id: Int
    let command_result, command_error, call_status, cdr_field: String
}

private struct CodableResponse: Encodable {
    struct Params: Encodable {
        let attempts, max_digits: Int
        let media_id: String
        let timeout_ms: Int
    }

    let command: String
    let command_id: Int
    let params: Params
}
