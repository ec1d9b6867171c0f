/// The JSON Schema (draft 2020-12) of all messages, made of the definitions that validate them.
public enum JSONSchema {
    /// The whole schema: it accepts a response; `$defs` holds `Request`, `Response`, and an entry per command.
    public static var text: String {
        String(decoding: JSONWriter.bytes(schema), as: UTF8.self)
    }

    static var schema: JSON {
        let commands = CommandForm.all.map { JSON.Member($0.name, object($0.definition, summary: $0.summary)) }
        let parts = [
            JSON.Member("Request", object(Request.definition, summary: "What the platform asks (RT.Request).")),
            JSON.Member("Response", response),
            JSON.Member("Target", object(Dialout.Target.definition, summary: "Someone to call.")),
        ]
        return .object([
            .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            .init("title", .string("Messages of the Real-Time call-control API")),
            .init("$ref", .string("#/$defs/Response")), .init("$defs", .object(parts + commands)),
        ])
    }

    /// Either no command at all, or one with its own parameters.
    private static var response: JSON {
        let commands = CommandForm.all.map { form -> JSON in
            let reference = reference(form.name)
            // What has no required members may be left out.
            let isOptional = form.definition.schemaFields.allSatisfy { !$0.isRequired }
            let params = isOptional ? JSON.object([.init("anyOf", .array([reference, emptyArray]))]) : reference
            return .object([
                .init(
                    "if",
                    .object([
                        .init("properties", .object([.init("command", .object([.init("const", .string(form.name))]))]))
                    ])),
                .init(
                    "then",
                    .object(
                        [.init("properties", .object([.init("params", params)]))]
                            + (isOptional ? [] : [.init("required", strings(["params"]))]))),
            ])
        }
        let properties = JSON.object([
            .init("command", .object([.init("enum", strings(Command.names))])),
            .init("command_id", ValueKind.commandID.schema),
            .init("params", .object([.init("type", strings(["object", "array"]))])),
            .init("variables", ValueKind.variables.schema),
        ])
        let some = JSON.object([
            .init("required", strings(["command"])), .init("properties", properties), .init("allOf", .array(commands)),
        ])
        return .object([
            .init(
                "description", .string("What a handler answers (RT.Response); an empty object when the call is over.")),
            .init("type", .string("object")),
            .init("if", .object([.init("minProperties", .integer(1))])), .init("then", some),
        ])
    }

    private static func object(_ definition: any AnyDefinition, summary: String) -> JSON {
        let fields = definition.schemaFields
        let properties = fields.map { field -> JSON.Member in
            guard case .object(let members) = field.kind.schema else { preconditionFailure("a schema is an object") }
            let described = [JSON.Member("description", .string(field.summary))] + members
            return JSON.Member(field.name, .object(described + (field.fallback.map { [.init("default", $0)] } ?? [])))
        }
        let required = fields.filter(\.isRequired).map(\.name)
        return .object(
            [
                .init("description", .string(summary)), .init("type", .string("object")),
                .init("properties", .object(properties)),
            ] + (required.isEmpty ? [] : [.init("required", strings(required))]))
    }

    static func reference(_ name: String) -> JSON { .object([.init("$ref", .string("#/$defs/\(name)"))]) }

    /// What PHP writes for an empty object.
    static let emptyArray = JSON.object([.init("type", .string("array")), .init("maxItems", .integer(0))])

    static func strings(_ words: [String]) -> JSON { .array(words.map { .string($0) }) }
}
