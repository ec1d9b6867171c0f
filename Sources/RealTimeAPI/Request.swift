/// What the platform asks: how the call is, and what the last command answered (`RT.Request`).
public struct Request: Sendable, Hashable {
    /// The app the call belongs to.
    public var app = ""
    /// The call.
    public var call = CallID(rawValue: 0)
    /// The hash of an outbound call's request; nil for an inbound call, and `null` on the wire.
    public var requestHash: String?
    /// The caller's name.
    public var callerName = ""
    /// The caller's number.
    public var callerNumber = ""
    /// When the call began, UTC, `YYYY-MM-DD hh:mm:ss`.
    public var dateStarted = ""
    /// The number that was called.
    public var number = ""
    /// The command that has ended; empty in a call's first request.
    public var command = ""
    /// The id that the handler gave the command; nil if the request has none.
    public var commandID: CommandID?
    /// What the command answered, on the wire.
    public var commandResult = ResultText("")
    /// Why the command failed; empty if it did not.
    public var commandError = ""
    /// How the call is.
    public var status = CallStatus.up
    /// The custom field of the call's record.
    public var customField = ""
    /// What the handler asked to keep, byte for byte.
    public var variables = JSONText.emptyObject

    /// An empty request.
    public init() {}

    /// What a command answered, if this is its request and nothing went wrong.
    ///
    /// - Parameter type: the command that was asked for.
    public func result<Parameters: CommandParameters>(of type: Parameters.Type) -> Parameters.Result? {
        command == Parameters.name && commandError.isEmpty ? Parameters.Result(wire: commandResult.text) : nil
    }
}

/// A command's result on the wire, which may be a number there.
public struct ResultText: Sendable, Hashable {
    /// The text, or the digits.
    public let text: String
    /// Whether it is a number on the wire.
    public let isNumber: Bool

    /// A result.
    public init(_ text: String, isNumber: Bool = false) {
        self.text = text
        self.isNumber = isNumber
    }

    /// What a command answered, as text.
    public init(_ result: some CommandResult) { self.init(result.wire) }
}

extension ResultText: WireValue {
    init?(_ json: JSON) {
        switch json {
        case .string(let text): self.init(text)
        case .number(let digits): self.init(digits, isNumber: true)
        default: return nil
        }
    }

    func write(to writer: inout JSONWriter) {
        if isNumber { writer.write(number: text) } else { writer.write(string: text) }
    }

    var json: JSON { isNumber ? .number(text) : .string(text) }
}

extension JSONText: WireValue {
    init?(_ json: JSON) {
        guard case .raw(let text) = json else { return nil }
        self = text
    }

    func write(to writer: inout JSONWriter) { writer.write(self) }
    var json: JSON { .raw(self) }
}

extension Request {
    static let definition = ObjectDefinition(
        fields: [
            Field("app", \Request.app, .text(), "The app the call belongs to.", .optional()),
            Field("callid", \.call, .callID, "The call."),
            Field(
                "request_hash", \.requestHash, .textOrNull, "The hash of an outbound call's request; null without one.",
                writesNull: true),
            Field("cli_name", \.callerName, .text(), "The caller's name.", .optional()),
            Field("cli_number", \.callerNumber, .text(), "The caller's number.", .optional()),
            Field("date_started", \.dateStarted, .text(), "When the call began, UTC.", .optional()),
            Field("number", \.number, .text(), "The number that was called.", .optional()),
            Field("command", \.command, .text(), "The command that has ended.", .optional()),
            Field("command_id", \.commandID, .commandID, "The id that the handler gave the command."),
            Field("command_result", \.commandResult, .result, "What the command answered.", .optional()),
            Field("command_error", \.commandError, .text(), "Why the command failed.", .optional()),
            Field("call_status", \.status, .callStatus, "How the call is."),
            Field("cdr_field", \.customField, .text(), "The custom field of the call's record.", .optional()),
            Field("variables", \.variables, .variables, "What the handler asked to keep.", .optional()),
        ], blank: Request.init)

    /// Reads a request.
    ///
    /// - Parameter json: the body of the platform's POST.
    /// - Throws: a ``MessageError`` that names what is wrong; unknown members are ignored.
    public init(json: some Sequence<UInt8>) throws(MessageError) {
        self = try Message.read(Array(json), Self.read)
    }

    /// The request as the platform writes it: compact, members in the page's order, UTF-8.
    public var json: [UInt8] { JSONWriter.bytes { Self.definition.write(self, to: &$0) } }

    /// What is wrong with a request, or unusual; nothing if all is well.
    ///
    /// - Parameter json: the body of the platform's POST, or what should be one.
    public static func validate(json: some Sequence<UInt8>) -> [Finding] {
        Message.findings(Array(json), read)
    }

    private static func read(_ bytes: [UInt8]) throws(JSONError) -> (value: Request, findings: [Finding]) {
        try definition.read(bytes, raw: "variables")
    }
}
