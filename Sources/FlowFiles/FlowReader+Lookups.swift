import Files
import YAMLFiles
import Yams

/// Steps that look something up.
extension FlowReader {
    /// What such a step may have beside what others have.
    static let lookupKeys = ["headers", "body", "timeout", "result"]
    /// What the client writes itself.
    private static let ownFields = [
        "accept", "connection", "content-length", "content-type", "expect", "host", "idempotency-key", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]
    private static let environmentPrefix = "env."

    /// - Parameters:
    ///   - method: `GET` or `POST`.
    ///   - node: the address.
    mutating func lookup(_ method: String, _ node: Node, _ members: NodeMembers) -> FlowLookup? {
        guard let text = text(node, method.lowercased()).map({ FlowText($0) }) else { return nil }
        checkNames([(text, node.place ?? .start)])
        let address: LookupAddress
        do throws(LookupAddress.Failure) { address = try LookupAddress(text) } catch {
            self.error("the address \(error.reason)", node.place)
            return nil
        }
        var body: FlowParameter?
        if let node = members["body"] {
            if method == "GET" { error("get has no body; put parameters into the address", node.place) }
            body = parameter(node, media: false)
            if let body { checkNames(body.texts) }
        }
        let seconds = whole(members["timeout"], "timeout", 1...60) ?? 10
        return FlowLookup(
            method: method, address: address, fields: members["headers"].map { fields($0) } ?? [], body: body,
            timeout: .seconds(seconds), result: members["result"].flatMap { path($0) },
            saved: members["save"].flatMap { self.text($0, "save") })
    }

    /// A path in an answer, as in `address.city`.
    private mutating func path(_ node: Node) -> String? {
        guard let path = text(node, "result") else { return nil }
        guard Self.isPath(path) else {
            error("result must name a member of the answer, as in vip or address.city", node.place)
            return nil
        }
        return path
    }

    /// Whether text is names, or numbers for lists, with dots between them.
    static func isPath(_ text: some StringProtocol) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { String($0).isName }
    }

    // MARK: Header

    private mutating func fields(_ node: Node) -> [(name: String, value: String)] {
        guard let members = members(node, "headers") else { return [] }
        return members.pairs.compactMap { pair in
            let isToken = !pair.name.isEmpty && pair.name.utf8.allSatisfy { (33...126).contains($0) }
            guard isToken, !pair.name.contains(where: { "\"(),/:;<=>?@[\\]{}".contains($0) }) else {
                error("\"\(pair.name)\" is not the name of a header field", pair.mark)
                return nil
            }
            guard !Self.ownFields.contains(pair.name.lowercased()) else {
                error("\(pair.name) can't be set in a flow file", pair.mark)
                return nil
            }
            return value(pair.value, pair.name).map { (pair.name, $0) }
        }
    }

    /// A field's value, which is the same in every call.
    private mutating func value(_ node: Node, _ name: String) -> String? {
        guard let text = text(node, name).map({ FlowText($0) }) else { return nil }
        var value = ""
        for part in text.parts {
            switch part {
            case .text(let text): value += text
            case .name(let name):
                guard name.hasPrefix(Self.environmentPrefix) else {
                    error("a header is the same in every call: it may have ${env.NAME}, of the environment", node.place)
                    return nil
                }
                value += environment(String(name.dropFirst(Self.environmentPrefix.count)), node) ?? ""
            }
        }
        if text.isOpen { error("${ has no closing }; write a name as in ${env.NAME}", node.place) }
        guard value.utf8.allSatisfy({ (32...126).contains($0) }) else {
            error("\(name) must be ASCII in one line", node.place)
            return nil
        }
        return value
    }

    private mutating func environment(_ name: String, _ node: Node) -> String? {
        guard case .network = lookups else { return nil }
        guard !name.isEmpty, !name.utf8.contains(0), let value = Environment[name] else {
            error("the environment has no \(name)", node.place)
            return nil
        }
        return value
    }
}
