/// A parameter of a command that is a whole number on the wire: its name, unit, range, default and purpose.
///
/// Each is declared once, in its command's type, as in `PlayTalkDetect.minimum`. Reading, writing and validation, the
/// default arguments of initialisers, detectors and the help of tools take what they need from there.
public struct NumberParameter<Value: Sendable>: Sendable {
    /// The name on the wire, as in `min_ms`.
    public let name: String
    /// What is counted.
    public let unit: NumberUnit
    /// The numbers that the platform accepts, in ``unit``.
    public let range: ClosedRange<Int>
    /// The numbers that the platform's SDK documents, where the page states no range: others are unusual, but no error.
    public private(set) var usualRange: ClosedRange<Int>?
    /// The value where none is given; nil of an optional parameter, which is then left to the platform.
    public let `default`: Value
    /// The default as the wire has it, in ``unit``.
    package let defaultNumber: Int?
    /// Whether the platform refuses a command without it, so that the default is only ours.
    public let isRequired: Bool
    /// What it is for, in the words of the platform's page.
    public let summary: String
}

/// What a number on the wire counts.
public enum NumberUnit: String, Sendable, Hashable {
    /// Things, such as keys or attempts.
    case things = ""
    /// Milliseconds.
    case milliseconds = "ms"
    /// Seconds.
    case seconds = "s"

    /// So many seconds, or milliseconds where nothing is counted but things.
    package func duration(_ count: Int) -> Duration { self == .seconds ? .seconds(count) : .milliseconds(count) }
}

extension NumberParameter<Int> {
    /// A parameter that counts things.
    package init(_ name: String, in range: ClosedRange<Int>, default: Int, _ summary: String) {
        self.init(
            name: name, unit: .things, range: range, default: `default`, defaultNumber: `default`, isRequired: false,
            summary: summary)
    }

    /// The nearest number that is in range.
    package func clamping(_ value: Int) -> Int { min(max(value, range.lowerBound), range.upperBound) }

    /// A value with the parameter's name, as in `attempts 3`.
    package func text(_ value: Int) -> String { "\(name) \(value)" }
}

extension NumberParameter<Int?> {
    /// A parameter of which the page states no range.
    init(_ name: String, usually range: ClosedRange<Int>, _ summary: String) {
        self.init(
            name: name, unit: .things, range: Self.boundless, usualRange: range, default: nil, defaultNumber: nil,
            isRequired: false, summary: summary)
    }
}

extension NumberParameter<Duration> {
    /// A parameter whose default is a number of units, as on the wire.
    package init(
        _ name: String, _ unit: NumberUnit, in range: ClosedRange<Int>, default: Int, isRequired: Bool = false,
        _ summary: String
    ) {
        self.init(
            name: name, unit: unit, range: range, default: unit.duration(`default`), defaultNumber: `default`,
            isRequired: isRequired, summary: summary)
    }

    /// The nearest duration that is in range and a whole number of units.
    package func clamping(_ value: Duration) -> Duration {
        let milliseconds = value.wholeMilliseconds
        let count = unit == .seconds ? (milliseconds + (milliseconds < 0 ? -500 : 500)) / 1000 : milliseconds
        return unit.duration(min(max(Int(clamping: count), range.lowerBound), range.upperBound))
    }

    /// The duration as a whole number of units; nil if it is none, or too long for an `Int`.
    package func exactCount(_ value: Duration) -> Int? {
        let one: Int128 = unit == .seconds ? 1_000_000_000_000_000_000 : 1_000_000_000_000_000
        let (count, rest) = value.attoseconds.quotientAndRemainder(dividingBy: one)
        return rest == 0 ? Int(exactly: count) : nil
    }

    /// A value with the parameter's name, as in `min_ms 500`.
    package func text(_ value: Duration) -> String { "\(name) \(WireDuration(value, unit).text)" }
}

extension NumberParameter<Duration?> {
    /// A parameter of which the page states no range.
    init(_ name: String, _ unit: NumberUnit, usually range: ClosedRange<Int>, _ summary: String) {
        self.init(
            name: name, unit: unit, range: Self.boundless, usualRange: range, default: nil, defaultNumber: nil,
            isRequired: false, summary: summary)
    }
}

extension NumberParameter {
    /// What an `int` of the page can be that counts something.
    private static var boundless: ClosedRange<Int> { 0...Int(Int32.max) }
}

extension Duration {
    /// The nearest number of milliseconds.
    var wholeMilliseconds: Int128 {
        let one: Int128 = 1_000_000_000_000_000
        return (attoseconds + (self < .zero ? -one / 2 : one / 2)) / one
    }
}

/// A duration as the wire has it, in milliseconds or in seconds.
///
/// Seconds should be whole; thousandths are kept too, so that they are found out.
struct WireDuration {
    private let isNegative: Bool
    private let count: UInt128
    private let thousandths: Int

    init(_ duration: Duration, _ unit: NumberUnit) {
        let milliseconds = duration.wholeMilliseconds
        isNegative = milliseconds < 0
        if unit == .seconds {
            let (count, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
            (self.count, thousandths) = (count, Int(rest))
        } else {
            (count, thousandths) = (milliseconds.magnitude, 0)
        }
    }

    /// The number, if it is whole; one that is too large for an `Int` is as good as another.
    var whole: Int? {
        guard thousandths == 0 else { return nil }
        return isNegative ? Int(clamping: -Int128(count)) : Int(clamping: count)
    }

    var text: String { String(decoding: JSONWriter.bytes(write), as: UTF8.self) }

    func write(to writer: inout JSONWriter) {
        if isNegative { writer.write(number: "-") }
        // All but the absurd fit, and are divided much faster.
        if let count = UInt64(exactly: count) { writer.write(integer: count) } else { writer.write(integer: count) }
        if thousandths > 0 { writer.write(number: ".\(String(thousandths + 1000).dropFirst())") }
    }
}
