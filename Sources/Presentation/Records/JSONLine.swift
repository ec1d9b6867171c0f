import RealTimeAPI

/// One object on one line, keys in snake case and in order.
///
/// Foundation has an encoder too, but whoever links that starts 2 ms later, which is as long as a short conversion takes.
package func jsonLine(_ value: some Encodable) -> String {
    let place = JSONPlace()
    // The records hold strings and finite numbers: they can be encoded.
    try! place.encode(value)
    return try! JSONText(encoding: place.json).text
}

/// Where a value goes, in an object, in an array or alone.
private final class JSONPlace {
    private var content = Content.single(.null)

    private enum Content {
        case single(JSON)
        case array([JSONPlace])
        case object([(name: String, value: JSONPlace)])
    }

    var json: JSON {
        switch content {
        case .single(let value): value
        case .array(let places): .array(places.map(\.json))
        case .object(let members):
            .object(members.sorted { $0.name < $1.name }.map { JSON.Member($0.name, $0.value.json) })
        }
    }

    func set(_ value: JSON) { content = .single(value) }

    func becomeArray() { content = .array([]) }

    func becomeObject() { content = .object([]) }

    var count: Int {
        if case .array(let places) = content { return places.count }
        return 0
    }

    func append() -> JSONPlace {
        let place = JSONPlace()
        guard case .array(var places) = content else { return place }
        // An array must not be shared while it grows, or each element would copy all of it.
        content = .single(.null)
        places.append(place)
        content = .array(places)
        return place
    }

    func member(_ key: any CodingKey) -> JSONPlace {
        let place = JSONPlace()
        guard case .object(var members) = content else { return place }
        content = .single(.null)
        members.append((snakeCase(key.stringValue), place))
        content = .object(members)
        return place
    }

    /// What has its own form in JSON is written in it, and all else as it says.
    func encode(_ value: some Encodable) throws {
        switch value {
        case let value as String: set(.string(value))
        case let value as Bool: set(.bool(value))
        case let value as Double: try set(.number(number(value)))
        case let value as any BinaryInteger: set(.number("\(value)"))
        default: try value.encode(to: JSONPlaceEncoder(place: self))
        }
    }

    private func number(_ value: Double) throws -> String {
        guard value.isFinite else {
            throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "JSON has no such number"))
        }
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

/// As in `duration_ms`.
private func snakeCase(_ name: String) -> String {
    var text = ""
    for byte in name.utf8 {
        let isUpper = (65...90).contains(byte)
        if isUpper { text.append("_") }
        text.unicodeScalars.append(Unicode.Scalar(isUpper ? byte + 32 : byte))
    }
    return text
}

private struct JSONPlaceEncoder: Encoder {
    let place: JSONPlace
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        place.becomeObject()
        return KeyedEncodingContainer(Members(place: place))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        place.becomeArray()
        return Elements(place: place)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(place: place) }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let place: JSONPlace
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { place.member(key).set(.null) }

    func encode(_ value: some Encodable, forKey key: Key) throws { try place.member(key).encode(value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        JSONPlaceEncoder(place: place.member(key)).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONPlaceEncoder(place: place.member(key)).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONPlaceEncoder(place: place) }

    func superEncoder(forKey key: Key) -> any Encoder { JSONPlaceEncoder(place: place.member(key)) }
}

private struct Elements: UnkeyedEncodingContainer {
    let place: JSONPlace
    var codingPath: [any CodingKey] { [] }
    var count: Int { place.count }

    func encodeNil() { place.append().set(.null) }

    func encode(_ value: some Encodable) throws { try place.append().encode(value) }

    func nestedContainer<NestedKey: CodingKey>(keyedBy keyType: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
        JSONPlaceEncoder(place: place.append()).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONPlaceEncoder(place: place.append()).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONPlaceEncoder(place: place.append()) }
}

private struct Single: SingleValueEncodingContainer {
    let place: JSONPlace
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { place.set(.null) }

    func encode(_ value: some Encodable) throws { try place.encode(value) }
}
