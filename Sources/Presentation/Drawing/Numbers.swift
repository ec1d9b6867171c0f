/// A number with one decimal, and none where it is 0.
package func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
        ? "\(tenths / 10)" : "\(tenths < 0 && tenths > -10 ? "-" : "")\(tenths / 10).\(abs(tenths % 10))"
}

/// A share as in `5.3 %`.
package func percent(_ share: Double) -> String { "\(decimal(share * 100, 1))\u{A0}%" }

/// A number with so many decimals.
package func decimal(_ value: Double, _ digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(scaled)" }
    let fraction = "\(scaled % scale)"
    return "\(sign)\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
}

/// A time in seconds, with so many decimals.
package func seconds(_ time: Duration, _ digits: Int) -> String { decimal(time / .seconds(1), digits) }

/// Milliseconds as people read them: `480 ms`, `6.9 s`.
package func time(_ milliseconds: Int) -> String {
    guard milliseconds >= 1000 else { return "\(milliseconds)\u{A0}ms" }
    let hundredths = (milliseconds + 5) / 10
    if hundredths % 100 == 0 { return "\(hundredths / 100)\u{A0}s" }
    return hundredths % 10 == 0
        ? "\(hundredths / 100).\(hundredths % 100 / 10)\u{A0}s" : "\(decimal(Double(milliseconds) / 1000, 2))\u{A0}s"
}

/// As in `1 key` and `2 keys`.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
