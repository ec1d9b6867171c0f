import RealTimeAPI

/// Puts journals into a call's `variables`, beside those that the caller of the platform's API gave, and takes them out again.
///
/// The member is `"rtmedia":"JOURNAL.CODE"`. The code covers the journal, the call and the other variables.
struct JournalSeal: Sendable {
    /// The member's name.
    static let member = "rtmedia"
    /// The most bytes that a journal's seal, its first fields and the member around them take, for a flow's name of 64 bytes.
    static let overhead = 256

    let key: JournalKey

    /// The variables of an answer.
    func variables(_ journal: Journal, call: CallID, callVariables: JSONText) -> JSONText {
        let text = journal.text
        let code = key.code(message(text, call, callVariables))
        var bytes = Array(callVariables.bytes.dropLast())
        if callVariables != .emptyObject { bytes.append(UInt8(ascii: ",")) }
        bytes += "\"\(Self.member)\":\"".utf8
        bytes += text
        bytes.append(JournalText.separator)
        for byte in code { JournalText.append(hexadecimal: byte, to: &bytes) }
        bytes += "\"}".utf8
        return JSONText(unchecked: bytes)
    }

    /// What a request's variables are.
    struct Opened {
        /// The journal; nil if there is none, or none that is authentic.
        var journal: Journal?
        /// Whether there is something that should be a journal.
        var isPresent = false
        /// The variables, in one form however they were written.
        var variables = JSONText.emptyObject
        /// Those of them that are not the journal.
        var callVariables = JSONText.emptyObject
    }

    func open(_ variables: JSONText, call: CallID) -> Opened {
        guard variables.isObject, case .object(let members) = variables.value else { return Opened() }
        let callVariables = members.filter { $0.name != Self.member }
        var opened = Opened()
        opened.callVariables = Self.text(callVariables)
        opened.variables = Self.text(callVariables + members.filter { $0.name == Self.member })
        opened.isPresent = callVariables.count < members.count
        if case .string(let token)? = members.last(where: { $0.name == Self.member })?.value {
            opened.journal = journal(Array(token.utf8), call, opened.callVariables)
        }
        return opened
    }

    private static func text(_ members: [JSON.Member]) -> JSONText {
        // What was read can be written.
        try! JSONText(encoding: .object(members))
    }

    private func journal(_ token: [UInt8], _ call: CallID, _ callVariables: JSONText) -> Journal? {
        guard let end = token.lastIndex(of: JournalText.separator) else { return nil }
        let text = token[..<end]
        let code = token[(end + 1)...]
        guard let bytes = JournalText.bytes(hexadecimal: code),
            key.isCode(bytes, of: message(Array(text), call, callVariables))
        else { return nil }
        return Journal(text: text)
    }

    private func message(_ text: [UInt8], _ call: CallID, _ callVariables: JSONText) -> [UInt8] {
        Array("\(call)\n".utf8) + callVariables.bytes + [UInt8(ascii: "\n")] + text
    }
}
