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
            command = form.decode(Self.params(message))
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

    /// What is wrong with the response as it is written, or unusual: a duration out of range, an unknown voice.
    public var findings: [Finding] { Self.validate(json: json) }

    /// What is wrong with a response, or unusual; nothing if all is well.
    ///
    /// - Parameter json: the body of a handler's answer.
    public static func validate(json: some Sequence<UInt8>) -> [Finding] {
        Message.findings(Array(json), findings)
    }

    private static let memberNames = ["command", "command_id", "params", "variables"]

    static func findings(_ message: JSON) -> [Finding] {
        guard case .object(let members) = message else { return [.error("\(message.summary) must be an object")] }
        // The answer to a request that wants no command.
        if members.isEmpty { return [] }
        var findings = commandFindings(message)
        if let id = message["command_id"] { findings += ValueKind.commandID.findings(id).inside("command_id") }
        if let variables = message["variables"] {
            findings += ValueKind.variables.findings(variables).inside("variables")
        }
        return findings + unknownMembers(members, known: memberNames)
    }

    private static func commandFindings(_ message: JSON) -> [Finding] {
        switch message["command"] {
        case nil: return [.error("is missing; it must be the name of a command").inside("command")]
        case .string(let name):
            guard let form = Command.form(name) else {
                let near = nearMiss(name, in: Command.names).map { "; did you mean '\($0)'?" } ?? ""
                return [.error("no command is called '\(name.excerpt)'\(near)").inside("command")]
            }
            return form.definition.findings(params(message)).inside("params")
        case .some(let other):
            return [.error("\(other.summary) must be a string: the name of a command").inside("command")]
        }
    }

    /// The parameters, which may be left out; PHP writes an empty object as an empty array.
    private static func params(_ message: JSON) -> JSON {
        let params = message["params"] ?? .object([])
        return params == .array([]) ? .object([]) : params
    }
}
