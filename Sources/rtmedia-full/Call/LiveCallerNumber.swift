import CommandArguments

/// Who calls with a UUID, as in `40325ec2-5efd-4bd3-805f-53576e581d13=+4930123456`: AudioSocket tells no numbers.
struct LiveCallerNumber: ExpressibleByArgument {
    let identifier: String
    let number: String

    static var argumentForm: String? { "a UUID and a number, as in 40325ec2-5efd-4bd3-805f-53576e581d13=+4930123456" }

    var argument: String { "\(identifier)=\(number)" }

    init?(argument: String) {
        let sides = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, !sides[1].isEmpty, Self.isUUID(sides[0]) else { return nil }
        identifier = sides[0].lowercased()
        number = String(sides[1])
    }

    private static func isUUID(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.joined().allSatisfy { $0.isASCII && $0.isHexDigit }
    }
}
