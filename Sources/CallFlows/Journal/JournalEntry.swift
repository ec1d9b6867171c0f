import RealTimeAPI
import TelephonyAudio

/// One thing that has happened to a call, in the order in which the flow sees it.
enum JournalEntry: Sendable, Equatable {
    /// A command's answer. `code` is its place in `commands`.
    case result(code: UInt8, ResultText)
    /// Why a command failed.
    case failure(code: UInt8, String)
    /// Why a command was not even sent.
    case refusal(code: UInt8, String)
    /// What a `once` gave, as JSON. `name` is the hash of its name.
    case value(name: UInt32, String)
    /// Why a `once` failed.
    case stepFailure(name: UInt32, String)
    /// The step that follows was not ready, and a filler was sent. Its letter is h, which calls in progress have.
    case filler
    /// What the step before came to is kept under a name, and shown among the variables unless the call has one of that name.
    case kept(name: String, isShown: Bool)

    /// Whether it stands between the steps, and is none itself.
    var isBetweenSteps: Bool {
        switch self {
        case .filler, .kept: true
        default: false
        }
    }

    /// Whether it was added without anything being sent to the platform.
    var isLocal: Bool {
        switch self {
        case .value, .stepFailure, .refusal, .kept: true
        default: false
        }
    }
}

extension JournalEntry {
    /// The commands by their codes.
    static let commands = Command.Kind.allCases.sorted { $0.journalCode < $1.journalCode }.map(\.rawValue)

    static func code(_ command: String) -> UInt8? { commands.firstIndex(of: command).map { UInt8($0) } }

    /// A short hash of a step's name: it tells when a flow takes another step, and needs no more.
    static func hash(_ name: String) -> UInt32 { FNV1a.hash32(name) }

    private static let firstCode = UInt8(ascii: "A")
    static let shownLetter = UInt8(ascii: "k")
    private static let hiddenLetter = UInt8(ascii: "l")

    /// The entry as the journal has it: a letter or two for what it is, and what it carries.
    func append(to text: inout [UInt8]) {
        switch self {
        case .result(let code, let result):
            text += [Self.firstCode + code, result.isNumber ? UInt8(ascii: "n") : UInt8(ascii: "s")]
            JournalText.append(result.text, to: &text)
        case .failure(let code, let reason):
            text += [Self.firstCode + code, UInt8(ascii: "x")]
            JournalText.append(reason, to: &text)
        case .refusal(let code, let reason):
            text += [Self.firstCode + code, UInt8(ascii: "r")]
            JournalText.append(reason, to: &text)
        case .value(let name, let json):
            text += [UInt8(ascii: "o")] + JournalText.digits(name)
            JournalText.append(json, to: &text)
        case .stepFailure(let name, let reason):
            text += [UInt8(ascii: "f")] + JournalText.digits(name)
            JournalText.append(reason, to: &text)
        case .filler: text.append(UInt8(ascii: "h"))
        case .kept(let name, let isShown):
            text.append(isShown ? Self.shownLetter : Self.hiddenLetter)
            JournalText.append(name, to: &text)
        }
    }

    /// An entry of a journal that has been authenticated; nil if it has another form all the same.
    init?(_ text: ArraySlice<UInt8>) {
        guard let kind = text.first else { return nil }
        let rest = text.dropFirst()
        switch kind {
        case UInt8(ascii: "h"): self = .filler
        case Self.shownLetter, Self.hiddenLetter:
            self = .kept(name: JournalText.decode(rest), isShown: kind == Self.shownLetter)
        case UInt8(ascii: "o"), UInt8(ascii: "f"):
            guard let name = JournalText.number(rest.prefix(8)) else { return nil }
            let carried = JournalText.decode(rest.dropFirst(8))
            self = kind == UInt8(ascii: "o") ? .value(name: name, carried) : .stepFailure(name: name, carried)
        case Self.firstCode..<Self.firstCode + UInt8(Self.commands.count):
            let code = kind - Self.firstCode
            let carried = JournalText.decode(rest.dropFirst())
            switch rest.first {
            case UInt8(ascii: "s"): self = .result(code: code, ResultText(carried))
            case UInt8(ascii: "n"): self = .result(code: code, ResultText(carried, isNumber: true))
            case UInt8(ascii: "x"): self = .failure(code: code, carried)
            case UInt8(ascii: "r"): self = .refusal(code: code, carried)
            default: return nil
            }
        default: return nil
        }
    }
}

extension JournalEntry {
    /// What a request tells of the command that has ended; nil if it tells nothing, because the call ended first.
    init?(resultOf request: Request) {
        guard let code = Self.code(request.command) else { return nil }
        if !request.commandError.isEmpty {
            self = .failure(code: code, request.commandError)
        } else if request.status.isFinal, request.commandResult.text.isEmpty {
            return nil
        } else {
            self = .result(code: code, request.commandResult)
        }
    }

    /// How the step that it belongs to came out.
    var outcome: StepOutcome {
        switch self {
        case .result(_, let result): .result(result)
        case .failure(let code, let reason), .refusal(let code, let reason):
            .failure(.commandFailed(command: Self.commands[Int(code)], reason: reason))
        case .value(_, let json): .result(ResultText(json))
        case .stepFailure(_, let reason): .failure(.stepFailed(name: "", reason: reason))
        case .filler, .kept: .failure(.suspended)
        }
    }

    /// How a command came out, if this is such a command's.
    func outcome(of command: String) -> StepOutcome? {
        switch self {
        case .result(let code, _), .failure(let code, _), .refusal(let code, _):
            Self.commands[Int(code)] == command ? outcome : nil
        default: nil
        }
    }

    /// How a `once` came out, if this is one of that name.
    func outcome(ofValue name: String) -> StepOutcome? {
        switch self {
        case .value(Self.hash(name), _): outcome
        case .stepFailure(Self.hash(name), let reason): .failure(.stepFailed(name: name, reason: reason))
        default: nil
        }
    }

    /// What a step came to, as a value; nil if it is none.
    var value: JSON? {
        switch self {
        case .result(_, let result): result.isNumber ? .number(result.text) : .string(result.text)
        case .value(_, let json): (try? JSONText(json))?.value
        default: nil
        }
    }

    /// What kind of step it is, for people.
    var stepName: String {
        switch self {
        case .result(let code, _), .failure(let code, _), .refusal(let code, _): Self.commands[Int(code)]
        case .value, .stepFailure: "a once of another name"
        case .filler: "a filler"
        case .kept: "a name"
        }
    }
}
