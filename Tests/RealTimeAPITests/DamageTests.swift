import Testing

@testable import RealTimeAPI

@Suite("Damaged messages")
struct DamageTests {
    @Test("10,000 damaged messages are values or errors, and what validates can be read, written and read again")
    func damaged() {
        var counts = (values: 0, errors: 0)
        for number in 0..<10_000 {
            let bytes = DamagedMessage.bytes(number)
            let isRequest = check(bytes, Request.validate, Request.init, \.json)
            let isResponse = check(bytes, Response.validate, Response.init, \.json)
            for isValue in [isRequest, isResponse] { if isValue { counts.values += 1 } else { counts.errors += 1 } }
        }
        // Or else the test would see little.
        #expect(counts.values > 400 && counts.errors > 10_000, "\(counts)")
    }

    @Test("a response that is read with its findings is the one, and has those, that are read apart")
    func reading() {
        for number in 0..<2000 {
            let bytes = DamagedMessage.bytes(number)
            let (response, findings) = Response.reading(json: bytes)
            #expect(response == (try? Response(json: bytes)) && findings == Response.validate(json: bytes))
        }
    }

    /// Whether a message is a value.
    private func check<Message: Hashable>(
        _ bytes: [UInt8], _ validate: ([UInt8]) -> [Finding], _ read: ([UInt8]) throws(MessageError) -> Message,
        _ write: (Message) -> [UInt8]
    ) -> Bool {
        let errors = validate(bytes).filter { $0.severity == .error }
        do throws(MessageError) {
            let message = try read(bytes)
            let written = write(message)
            let again = try read(written)
            let isSame = errors.isEmpty && write(again) == written
            #expect(isSame && !validate(written).containsError, "\(String(decoding: bytes, as: UTF8.self))")
            return true
        } catch {
            let isSame = !errors.isEmpty && error.findings == errors
            #expect(isSame, "\(String(decoding: bytes.prefix(500), as: UTF8.self)): \(error)")
            return false
        }
    }

    @Test("nesting is read to a depth of 128", arguments: ["variables", "x"])
    func depth(name: String) throws {
        func text(_ depth: Int) -> String {
            let value = String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
            return #"{"callid":1,"call_status":"UP","\#(name)":\#(value)}"#
        }
        _ = try Request(json: text(127).utf8)
        #expect(throws: MessageError.self) { try Request(json: text(128).utf8) }
        let deepest = Request.validate(json: text(1_000_000).utf8)
        #expect(deepest.count == 1 && deepest[0].message.hasPrefix("not JSON: nesting deeper than 128 at byte"))
    }
}
