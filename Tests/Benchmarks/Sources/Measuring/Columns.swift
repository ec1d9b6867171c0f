/// A name, and numbers that stand below each other.
package struct Columns: Sendable {
    private let nameWidth, width: Int

    package init(nameWidth: Int, width: Int) {
        self.nameWidth = nameWidth
        self.width = width
    }

    package func row(_ name: String, _ columns: [String]) -> String {
        name + String(repeating: " ", count: max(1, nameWidth - name.count))
            + columns.map { String(repeating: " ", count: max(1, width - $0.count)) + $0 }.joined()
    }

    package func print(_ name: String, _ columns: String...) { Swift.print(row(name, columns)) }
}

/// A number of 0 or more with two decimals.
package func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
}

/// The value in the middle.
package func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
