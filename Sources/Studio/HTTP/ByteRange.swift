/// The part of a body that a request asks for (RFC 9110, section 14).
enum ByteRange: Equatable {
    /// All of it, as if nothing had been asked for: also where several parts are, or it is not understood.
    case whole
    case part(Range<Int>)
    /// None of it is there.
    case unsatisfiable

    /// - Parameters:
    ///   - field: the header's `Range`.
    ///   - count: how many bytes there are.
    init(_ field: String?, of count: Int) {
        self = .whole
        guard let field, field.lowercased().hasPrefix("bytes=") else { return }
        let sides = field.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard sides.count == 2 else { return }
        func number(_ text: Substring) -> Int? {
            text.isEmpty || !text.utf8.allSatisfy { (48...57).contains($0) } ? nil : Int(text) ?? .max
        }
        switch (sides[0].isEmpty, number(sides[0]), sides[1].isEmpty, number(sides[1])) {
        case (true, _, _, let last?):
            self = last == 0 || count == 0 ? .unsatisfiable : .part(max(0, count - last)..<count)
        case (_, let first?, true, _): self = first >= count ? .unsatisfiable : .part(first..<count)
        case (_, let first?, _, let last?) where first <= last:
            self = first >= count ? .unsatisfiable : .part(first..<min(count, last < .max ? last + 1 : last))
        default: return
        }
    }
}
