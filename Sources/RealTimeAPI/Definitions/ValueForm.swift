/// How values of a type stand on the wire: the kind by which JSON is validated, and the same judgement of the value itself.
///
/// The judgement says of a value just what ``ValueKind/findings(_:)`` says of the JSON that it is written as.
struct ValueForm<Value: Sendable>: Sendable {
    let kind: ValueKind
    let findings: @Sendable (Value) -> [Finding]

    init(_ kind: ValueKind, _ findings: @escaping @Sendable (Value) -> [Finding]) {
        self.kind = kind
        self.findings = findings
    }

    /// A form that every value of the type has.
    private init(always kind: ValueKind) { self.init(kind) { _ in [] } }
}

extension ValueForm<Bool> {
    static var bool: Self { Self(always: .bool) }
}

extension ValueForm<Int> {
    static func integer(_ range: ClosedRange<Int>, usually usual: ClosedRange<Int>? = nil) -> Self {
        Self(.integer(range, usually: usual)) { ValueKind.findings(of: $0, .integer($0), range, usual, .things) }
    }
}

extension ValueForm<Duration> {
    static func duration(
        in range: ClosedRange<Int>, usually usual: ClosedRange<Int>? = nil, _ unit: NumberUnit
    ) -> Self {
        let kind = ValueKind.integer(range, unit: unit, usually: usual)
        return Self(kind) { duration in
            let value = WireDuration(duration, unit)
            guard let count = value.whole else { return kind.wrong(.number(value.text)) }
            return ValueKind.findings(of: count, .number(value.text), range, usual, unit)
        }
    }
}

extension ValueForm<String> {
    static func text(form: TextForm? = nil) -> Self { Self(.text(form: form)) { form?.findings($0) ?? [] } }
    static var textOrNull: Self { Self(always: .textOrNull) }
    /// A WAV file in base64.
    static var wav: Self { Self(.wav, WAVText.findings) }
}

extension ValueForm where Value: RawRepresentable<String> {
    static func text(form: TextForm) -> Self { Self(.text(form: form)) { form.findings($0.rawValue) } }
}

extension ValueForm where Value: RawRepresentable<String> & CaseIterable {
    /// One of the type's words.
    static var choice: Self { Self(always: .choice(Value.allCases.map(\.rawValue))) }
}

extension ValueForm<PIN> {
    static var pin: Self { Self(always: .text(form: .pin)) }
}

extension ValueForm<PhoneNumber> {
    static var phoneNumber: Self {
        Self(.text(form: .phoneNumber)) { TextForm.phoneNumber.findings($0.description) }
    }
}

extension ValueForm<ConferenceID> {
    static var roomID: Self { Self(.roomID) { TextForm.notEmpty.findings($0.rawValue) } }
}

extension ValueForm<CallerID> {
    static var callerID: Self { Self(always: .callerID) }
}

extension ValueForm<CallID> {
    static var callID: Self { Self(always: .callID) }
}

extension ValueForm<CommandID> {
    static var commandID: Self { Self(always: .commandID) }
}

extension ValueForm<Media> {
    static func media(orNone: Bool) -> Self {
        let kind = ValueKind.media(orNone: orNone)
        return Self(kind) { media in
            media.onWire.map { ValueKind.findings(of: $0, orNone: orNone) } ?? kind.wrong(.string(media.text))
        }
    }
}

extension ValueForm {
    static func list<Element: DefinedObject>(atLeast least: Int) -> Self where Value == [Element] {
        Self(.list(of: Element.definition, atLeast: least)) { elements in
            ValueKind.findings(ofElements: elements, atLeast: least) { Element.definition.findings(of: $0) }
        }
    }
}

extension ValueForm<CallStatus> {
    static var callStatus: Self {
        Self(.openChoice(CallStatus.knownNames)) { ValueKind.findings(of: $0.name, openChoice: CallStatus.knownNames) }
    }
}

extension ValueForm<ResultText> {
    static var result: Self {
        Self(.result) { result in
            // A number is one only if it reads as one.
            let isNumber = result.isNumber ? (try? JSONText(result.text)) != nil : true
            return isNumber ? ValueKind.result.findings(result.json) : ValueKind.result.wrong(result.json)
        }
    }
}

extension ValueForm<JSONText> {
    static var variables: Self { Self(.variables) { ValueKind.variables.findings(.raw($0)) } }
}
