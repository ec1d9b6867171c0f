import RealTimeAPI

/// Puts journals into a call's `variables`, beside those that the caller of the platform's API gave, and takes them out again.
///
/// The member is `"rtmedia":"JOURNAL.CODE"`. The code covers the journal, the call and the other variables. Among these is what
/// the flow has kept for all to see: it follows from the journal, and nobody reads it here.
struct JournalSeal: Sendable {
    /// The member's name.
    static let member = "rtmedia"
    /// The most bytes that a journal's seal, its first fields and the member around them take, for a flow's name of 64 bytes.
    static let overhead = 256

    let key: JournalKey

    /// The variables of an answer.
    func variables(_ journal: Journal, call: CallID, callVariables: JSONText) -> JSONText {
        let text = journal.text
        let others = Self.others(journal, callVariables)
        let code = key.code(message(text, call, others))
        var bytes: [UInt8] = []
        // It is kept as long as the call waits.
        bytes.reserveCapacity(others.bytes.count + Self.member.utf8.count + text.count + 2 * code.count + 8)
        bytes += others.bytes.dropLast()
        if others != .emptyObject { bytes.append(UInt8(ascii: ",")) }
        bytes += "\"\(Self.member)\":\"".utf8
        bytes += text
        bytes.append(JournalText.separator)
        for byte in code { JournalText.append(hexadecimal: byte, to: &bytes) }
        bytes += "\"}".utf8
        return JSONText(unchecked: bytes)
    }

    /// All variables but the journal: the call's own, and what the flow has kept for all to see.
    static func others(_ journal: Journal, _ callVariables: JSONText) -> JSONText {
        let kept = journal.kept
        guard !kept.isEmpty, case .object(let members) = callVariables.value else { return callVariables }
        return JSONText(read: members + kept)
    }

    /// What a request's variables are.
    struct Opened {
        /// The journal; nil if there is none, or none that is authentic.
        var journal: Journal?
        /// Whether there is something that should be a journal.
        var isPresent = false
        /// The variables, in one form however they were written.
        var variables = JSONText.emptyObject
        /// Those of them that are neither the journal nor what the flow has kept.
        ///
        /// At the end of a call, of which the journal tells nothing more, what was kept has become the call's own.
        var callVariables = JSONText.emptyObject
    }

    func open(_ variables: JSONText, call: CallID) -> Opened {
        guard variables.isObject, variables != .emptyObject, case .object(let members) = variables.value else {
            return Opened()
        }
        let others = members.filter { $0.name != Self.member }
        let journals = members.filter { $0.name == Self.member }
        var opened = Opened()
        opened.callVariables = JSONText(read: others)
        opened.isPresent = !journals.isEmpty
        opened.variables = opened.isPresent ? JSONText(read: others + journals) : opened.callVariables
        if case .string(let token)? = journals.last?.value {
            opened.journal = journal(Array(token.utf8), call, opened.callVariables)
        }
        let kept = Set(opened.journal?.kept.map(\.name) ?? [])
        if !kept.isEmpty { opened.callVariables = JSONText(read: others.filter { !kept.contains($0.name) }) }
        return opened
    }

    private func journal(_ token: [UInt8], _ call: CallID, _ others: JSONText) -> Journal? {
        guard let end = token.lastIndex(of: JournalText.separator) else { return nil }
        let text = token[..<end]
        let code = token[(end + 1)...]
        guard let bytes = JournalText.bytes(hexadecimal: code),
            key.isCode(bytes, of: message(Array(text), call, others))
        else { return nil }
        return Journal(text: text)
    }

    private func message(_ text: [UInt8], _ call: CallID, _ others: JSONText) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(text.count + others.bytes.count + 24)
        message += "\(call)\n".utf8
        message += others.bytes
        message.append(UInt8(ascii: "\n"))
        message += text
        return message
    }
}
