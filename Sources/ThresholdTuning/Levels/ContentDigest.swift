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
    public init(of bytes: UnsafeRawBufferPointer) {
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
        private var state: [UInt32] = [
            0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
        ]
        private var rest: [UInt8] = []
        private var count: UInt64 = 0

        /// A computation that has taken nothing.
        public init() {}

        /// Takes the next bytes.
        public mutating func update(_ bytes: UnsafeRawBufferPointer) {
            count += UInt64(bytes.count)
            var bytes = bytes
            if !rest.isEmpty {
                let missing = min(64 - rest.count, bytes.count)
                rest += bytes[..<missing]
                bytes = UnsafeRawBufferPointer(rebasing: bytes[missing...])
                guard rest.count == 64 else { return }
                rest.withUnsafeBytes { Self.compress($0, into: &state) }
                rest.removeAll(keepingCapacity: true)
            }
            let whole = bytes.count / 64 * 64
            Self.compress(UnsafeRawBufferPointer(rebasing: bytes[..<whole]), into: &state)
            rest += bytes[whole...]
        }

        /// The digest of all that was taken.
        public mutating func finish() -> ContentDigest {
            let bitCount = count * 8
            var tail: [UInt8] = [0x80]
            tail += [UInt8](repeating: 0, count: (119 - rest.count) % 64)
            for shift in stride(from: UInt64(56), through: 0, by: -8) { tail.append(UInt8(bitCount >> shift & 255)) }
            tail.withUnsafeBytes { update($0) }
            return ContentDigest(
                bytes: state.flatMap { word in [24, 16, 8, 0].map { UInt8(word >> UInt32($0) & 255) } })!
        }

        private static let constants: [UInt32] = [
            0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
            0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
            0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
            0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
            0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
            0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
            0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
            0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
        ]

        /// Takes whole blocks of 64 bytes.
        private static func compress(_ blocks: UnsafeRawBufferPointer, into state: inout [UInt32]) {
            constants.withUnsafeBufferPointer { constants in
                withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
                    for offset in stride(from: 0, to: blocks.count, by: 64) {
                        for index in 0..<16 {
                            words[index] = UInt32(
                                bigEndian: blocks.loadUnaligned(fromByteOffset: offset + 4 * index, as: UInt32.self))
                        }
                        for index in 16..<64 {
                            let (early, late) = (words[index - 15], words[index - 2])
                            let first = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
                            let second = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
                            words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
                        }
                        mix(words, constants, into: &state)
                    }
                }
            }
        }

        private static func mix(
            _ words: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>,
            into state: inout [UInt32]
        ) {
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            var (e, f, g, h) = (state[4], state[5], state[6], state[7])
            for index in 0..<64 {
                let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
                let first = h &+ sum1 &+ ((e & f) ^ (~e & g)) &+ constants[index] &+ words[index]
                let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
                let second = sum0 &+ ((a & b) ^ (a & c) ^ (b & c))
                (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
            }
            state[0] &+= a
            state[1] &+= b
            state[2] &+= c
            state[3] &+= d
            state[4] &+= e
            state[5] &+= f
            state[6] &+= g
            state[7] &+= h
        }

        private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
    }
}
