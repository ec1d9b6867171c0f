import CallFlows
import RealTimeAPI

/// Text with `${names}` in it.
struct FlowText: Sendable, Hashable {
    /// A piece of text, or a name.
    enum Part: Sendable, Hashable {
        case text(String)
        case name(String)
    }

    let parts: [Part]
    /// Whether there is a `${` that nothing closes, which files may not have.
    let isOpen: Bool

    /// Text as it is written in a file.
    init(_ text: String) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            if start.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<start.lowerBound]))) }
            parts.append(.name(String(rest[start.upperBound..<end])))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
        isOpen = rest.contains("${")
    }

    /// The value of a name.
    init(name: String) { self.init(parts: [.name(name)], isOpen: false) }

    private init(parts: [Part], isOpen: Bool) { (self.parts, self.isOpen) = (parts, isOpen) }

    /// The names in it.
    var names: [String] {
        parts.compactMap { part in
            if case .name(let name) = part { name } else { nil }
        }
    }

    var isFixed: Bool { names.isEmpty }

    /// The text, with the values of the names.
    func resolved(_ values: FlowValues) -> String { resolved(values) { $0 } }

    /// The text, with the values of the names, written in another way.
    func resolved(_ values: FlowValues, _ written: (String) -> String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .name(let name): written(values[name])
            }
        }.joined()
    }

    static func + (prefix: String, text: FlowText) -> FlowText {
        FlowText(parts: [.text(prefix)] + text.parts, isOpen: text.isOpen)
    }
}

/// What names stand for in a call.
struct FlowValues {
    /// The fields of a call's first request that have names.
    static let fields: [String: @Sendable (Request) -> String] = [
        "app": { $0.app }, "callid": { $0.call.description }, "cdr_field": { $0.customField },
        "cli_name": { $0.callerName }, "cli_number": { $0.callerNumber }, "date_started": { $0.dateStarted },
        "number": { $0.number },
    ]
    /// What the names of a call's variables begin with.
    static let variablePrefix = "variables."

    /// Nil where texts are only checked.
    private let call: Call?
    var saved: [String: String] = [:]

    init(_ call: Call? = nil) { self.call = call }

    /// The call's first request, which is not copied into every call's flow.
    var request: Request { call?.request ?? Request() }

    /// A value; empty if there is none, or none yet.
    subscript(_ name: String) -> String {
        if let saved = saved[name] { return saved }
        if let field = Self.fields[name] { return field(request) }
        guard name.hasPrefix(Self.variablePrefix) else { return "" }
        switch request.variables.value[String(name.dropFirst(Self.variablePrefix.count))] {
        case .string(let text)?: return text
        case .number(let digits)?: return digits
        case .bool(let value)?: return "\(value)"
        default: return ""
        }
    }
}
