import Crypto

/// The SHA-256 digest of a recording's bytes (FIPS 180-4), by which its levels are kept.
public struct ContentDigest: Sendable, Hashable, Comparable {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// A digest that is known already; nil if it has not 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.bytes = Array(bytes)
    }

    /// The digest of bytes.
    public init(of bytes: RawSpan) {
        var computation = Computation()
        computation.update(bytes)
        self = computation.finish()
    }

    /// The digest in hexadecimal, 64 characters.
    public var text: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Eight of the bytes, as a seed.
    var seed: UInt64 { bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) } }

    /// An order that is the same everywhere.
    public static func < (lower: ContentDigest, higher: ContentDigest) -> Bool {
        lower.bytes.lexicographicallyPrecedes(higher.bytes)
    }
}

extension ContentDigest {
    /// Takes bytes piece by piece.
    public struct Computation: Sendable {
        private var hash = SHA256()

        /// A computation that has taken nothing.
        public init() {}

        /// Takes the next bytes.
        public mutating func update(_ bytes: RawSpan) {
            bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        }

        /// The digest of all that was taken.
        public func finish() -> ContentDigest { ContentDigest(bytes: Array(hash.finalize()))! }
    }
}
