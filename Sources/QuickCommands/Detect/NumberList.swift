import CommandArguments

/// Numbers as an option takes several, to compare them: `300,500`, or a range with its step, `200...800:100`.
struct NumberList: Sendable, Hashable {
    let numbers: [Int]

    /// More are no comparison that anybody reads.
    static let limit = 24

    /// - Throws: a `ValidationError` if the text is no such list, or one of too many numbers.
    init(_ text: String) throws {
        var numbers: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            numbers += try Self.numbers(String(part))
            guard numbers.count <= Self.limit else { throw ValidationError("has more than \(Self.limit) values") }
        }
        guard Set(numbers).count == numbers.count else { throw ValidationError("has a value twice") }
        self.numbers = numbers
    }

    private static func numbers(_ part: String) throws -> [Int] {
        if let number = Int(part) { return [number] }
        let ends = part.split(separator: ":", omittingEmptySubsequences: false)
        let bounds = ends[0].split(separator: "...", omittingEmptySubsequences: false).map { Int($0) }
        guard bounds.count == 2, let low = bounds[0], let high = bounds[1], ends.count <= 2 else {
            throw ValidationError("must be a number, several between commas, or a range as in 200...800:100")
        }
        guard low < high, (0...1_000_000).contains(low), high <= 1_000_000 else {
            throw ValidationError("the range \(part) must lie in 0...1000000, its lower end first")
        }
        let step = ends.count == 2 ? Int(ends[1]) : max(1, (high - low) / 8)
        guard let step, step > 0 else { throw ValidationError("the step of \(part) must be a number from 1") }
        guard (high - low) / step < limit else { throw ValidationError("\(part) has more than \(limit) values") }
        return Array(stride(from: low, through: high, by: step))
    }
}
