/// What a handler answers: the next command (`RT.Response`), or nothing when the call is over.
public struct Response: Sendable, Hashable {
    /// What to do next; nil if the call is over.
    public var command: Command?
    /// What comes back with the command's result; nil leaves it out, and what comes back then is the platform's choice.
    public var commandID: CommandID?
    /// What comes back with the next request; nil leaves it out, and what was kept so far may be lost then.
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
        self = try Message.read(Array(json), Self.read)
    }

    /// The response as the platform reads it: compact, members in the page's order, UTF-8; an empty object without a command.
    public var json: [UInt8] {
        guard let command else { return Array("{}".utf8) }
        return JSONWriter.bytes { writer in
            writer.object { writer in
                writer.member("command")
                writer.write(string: command.name)
                if let commandID {
                    writer.member("command_id")
                    commandID.write(to: &writer)
                }
                writer.member("params")
                command.writeParams(to: &writer)
                if let variables {
                    writer.member("variables")
                    writer.write(variables)
                }
            }
        }
    }

    /// What is wrong with the response as it would be written, or unusual: a duration out of range, an unknown voice.
    public var findings: [Finding] {
        guard let command else { return [] }
        // Deep variables are too deep inside a message.
        if let variables, JSONParser.isTooDeep(variables, inside: 1) { return Self.validate(json: json) }
        return command.findings.inside("params") + (commandID == nil ? [Self.missingID] : [])
            + (variables.map { ValueKind.variables.findings(.raw($0)).inside("variables") } ?? [Self.missingVariables])
    }

    /// What is wrong with a response, or unusual; nothing if all is well.
    ///
    /// - Parameter json: the body of a handler's answer.
    public static func validate(json: some Sequence<UInt8>) -> [Finding] {
        Message.findings(Array(json), read)
    }

    /// Reads a response, and says what is wrong with it or unusual: both at the price of one.
    ///
    /// - Parameter json: the body of a handler's answer.
    /// - Returns: the response, nil if there is an error among the findings; and the findings, as of ``validate(json:)``.
    package static func reading(json: [UInt8]) -> (response: Response?, findings: [Finding]) {
        do throws(JSONError) {
            let (response, findings) = try read(json)
            return (findings.contains { $0.severity == .error } ? nil : response, findings)
        } catch { return (nil, [.error(error.description(in: json))]) }
    }

    private static let memberNames = ["command", "command_id", "params", "variables"]

    private static let missingID = Finding.warning(
        "is missing: the next request does not say then which answer it follows"
    ).inside("command_id")
    private static let missingVariables = Finding.warning(
        "is missing: variables that an answer does not carry may be lost"
    ).inside("variables")

    private static func read(_ bytes: [UInt8]) throws(JSONError) -> (value: Response, findings: [Finding]) {
        let (text, finding) = UnicodeText.utf8(bytes)
        var parser = JSONParser(text)
        let (response, findings) = read(try parser.whole(raw: "variables"))
        return (response, finding.map { [$0] + findings } ?? findings)
    }

    private static func read(_ message: JSON) -> (value: Response, findings: [Finding]) {
        var response = Response(nil)
        guard case .object(let members) = message else {
            return (response, [.error(message, "must be an object")])
        }
        // The answer to a request that wants no command.
        if members.isEmpty { return (response, []) }
        var findings: [Finding]
        (response.command, findings) = readCommand(message)
        if let id = message["command_id"] {
            findings += ValueKind.commandID.findings(id).inside("command_id")
            response.commandID = CommandID(id)
        } else {
            findings.append(missingID)
        }
        if let variables = message["variables"] {
            findings += ValueKind.variables.findings(variables).inside("variables")
            response.variables = JSONText(variables)
        } else {
            findings.append(missingVariables)
        }
        for name in memberNames where members.count(where: { $0.name == name }) > 1 {
            findings.append(.repeated.inside(name))
        }
        let unknown = members.map(\.name).filter { !memberNames.contains($0) }
        return (response, findings + unknownMembers(unknown, known: memberNames))
    }

    private static func readCommand(_ message: JSON) -> (command: Command?, findings: [Finding]) {
        switch message["command"] {
        case nil: return (nil, [.error("is missing; it must be the name of a command").inside("command")])
        case .string(let name):
            guard let form = CommandForm.byName[name] else {
                let near = nearMiss(name, in: Command.names).map { "; did you mean '\($0)'?" } ?? ""
                return (nil, [.error("there is no command '\(name.excerpt)'\(near)").inside("command")])
            }
            let (command, findings) = form.read(params(message))
            return (command, findings.inside("params"))
        case .some(let other):
            return (nil, [.error(other, "must be a string: the name of a command").inside("command")])
        }
    }

    /// The parameters, which may be left out; PHP writes an empty object as an empty array.
    private static func params(_ message: JSON) -> JSON {
        let params = message["params"] ?? .object([])
        return params == .array([]) ? .object([]) : params
    }
}
