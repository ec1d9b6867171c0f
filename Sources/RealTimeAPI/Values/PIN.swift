/// The digits that open a conference room.
public struct PIN: Sendable, Hashable, WireValue {
    /// The digits; none ask for no PIN.
    public let digits: String

    /// A PIN; nil unless it is 10 digits at most.
    public init?(_ digits: String) {
        guard TextForm.pin.matches(digits) else { return nil }
        self.digits = digits
    }

    init?(_ json: JSON) {
        guard case .string(let digits) = json else { return nil }
        self.init(digits)
    }

    func write(to writer: inout JSONWriter) { writer.write(string: digits) }
    var json: JSON { .string(digits) }
}
