/// What a handler answers: the next command (`RT.Response`), or nothing when the call is over.
public struct Response: Sendable, Hashable {
    /// What to do next; nil if the call is over.
    public var command: Command?
    /// What comes back with the command's result; nil leaves it out.
    public var commandID: CommandID?
    /// What comes back with every request from now on; nil leaves it out.
    public var variables: JSONText?

    /// A response.
    public init(_ command: Command?, commandID: CommandID? = nil, variables: JSONText? = nil) {
        self.command = command
        self.commandID = commandID
        self.variables = variables
    }
}

extension Response {
    /// Reads a response.
    ///
    /// - Parameter json: the body of a handler's answer.
    /// - Throws: a ``MessageError`` that names what is wrong; unknown members are ignored.
    public init(json: some Sequence<UInt8>) throws(MessageError) {
        let message = try Message.parse(Array(json), Self.findings)
        commandID = message["command_id"].flatMap(CommandID.init)
        variables = message["variables"].flatMap(JSONText.init)
        command = nil
        if case .string(let name)? = message["command"], let form = Command.form(name) {
            command = form.decode(message["params"] ?? .object([]))
        }
    }

    /// The response as the platform reads it: compact, members in the page's order, UTF-8; an empty object without a command.
    public var json: [UInt8] {
        guard let command else { return Array("{}".utf8) }
        var members = [JSON.Member("command", .string(command.name))]
        if let commandID { members.append(JSON.Member("command_id", commandID.json)) }
        members.append(JSON.Member("params", command.params))
        if let variables { members.append(JSON.Member("variables", .raw(variables))) }
        return JSONWriter.bytes(.object(members))
    }

    /// What is wrong with a response, or unusual; nothing if all is well.
    ///
    /// - Parameter json: the body of a handler's answer.
    public static func validate(json: some Sequence<UInt8>) -> [Finding] {
        Message.findings(Array(json), findings)
    }

    /// The members of a response that has a command, whatever that is.
    static let memberKinds: [(name: String, kind: ValueKind)] = [
        ("command", .text()), ("command_id", .commandID), ("params", .text()), ("variables", .variables),
    ]

    static func findings(_ message: JSON) -> [Finding] {
        guard case .object(let members) = message else { return [.error("", "\(message.summary) must be an object")] }
        // The answer to a request that wants no command.
        if members.isEmpty { return [] }
        let names = memberKinds.map(\.name)
        var findings = commandFindings(message)
        if let id = message["command_id"] { findings += ValueKind.commandID.findings(id, at: "/command_id") }
        if let variables = message["variables"] {
            findings += ValueKind.variables.findings(variables, at: "/variables")
        }
        for member in members where !names.contains(member.name) {
            let near = nearMiss(member.name, in: names).map { "; did you mean \"\($0)\"?" } ?? ""
            findings.append(.warning(pointer("", member.name), "is not known, and ignored\(near)"))
        }
        return findings
    }

    private static func commandFindings(_ message: JSON) -> [Finding] {
        guard let command = message["command"] else {
            return [.error("/command", "is missing; it must be the name of a command")]
        }
        guard case .string(let name) = command else {
            return [.error("/command", "\(command.summary) must be a string: the name of a command")]
        }
        guard let form = Command.form(name) else {
            let near = nearMiss(name, in: Command.names).map { "; did you mean '\($0)'?" } ?? ""
            return [.error("/command", "no command is called '\(name)'\(near)")]
        }
        // PHP writes an empty object as an empty array.
        let params = message["params"] == .array([]) ? .object([]) : message["params"] ?? .object([])
        return form.definition.findings(params, at: "/params")
    }
}
