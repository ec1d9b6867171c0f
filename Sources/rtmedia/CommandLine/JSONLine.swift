import FoundationEssentials

/// One object on one line, keys in snake case and in order.
func jsonLine(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    // The records hold strings and finite numbers: they can be encoded.
    return String(decoding: try! encoder.encode(value), as: UTF8.self)
}
