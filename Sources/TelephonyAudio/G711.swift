/// The two 8-bit codes of telephone networks: A-law and mu-law (ITU-T G.711).
///
/// Decoding gives 16-bit linear samples (13-bit A-law and 14-bit mu-law values, scaled to the top of 16 bits). Encoding
/// picks the decision interval the sample lies in, as the ITU-T G.191 reference does, so that encoding a decoded value
/// gives its own code back (except mu-law's second zero, 0x7F, which becomes 0xFF).
public enum G711: String, Sendable, Hashable, CaseIterable {
    /// Europe and most of the world; codes are stored with even bits inverted.
    case alaw
    /// North America and Japan; codes are stored inverted.
    case ulaw

    /// The linear value of each of the 256 codes.
    public var decodingTable: [Int16] {
        self == .alaw ? Self.alawTable : Self.ulawTable
    }

    /// The linear value of a code.
    ///
    /// - Parameter code: an 8-bit code as it is on the line.
    /// - Returns: A-law ±8...±32256, mu-law 0...±32124.
    public func decode(_ code: UInt8) -> Int16 {
        decodingTable[Int(code)]
    }

    /// The code of a linear sample.
    ///
    /// - Parameter sample: any 16-bit value; those beyond the code's range take its largest magnitude.
    /// - Returns: an 8-bit code as it is on the line.
    public func encode(_ sample: Int16) -> UInt8 {
        self == .alaw ? Self.encodeALaw(sample) : Self.encodeMuLaw(sample)
    }

    private static let alawTable: [Int16] = (0...255).map { code in
        let bits = code ^ 0x55
        let exponent = bits >> 4 & 7
        let mantissa = (bits & 15) << 4 + 8
        let magnitude = exponent == 0 ? mantissa : (mantissa + 256) << (exponent - 1)
        return Int16(bits & 0x80 != 0 ? magnitude : -magnitude)
    }

    private static let ulawTable: [Int16] = (0...255).map { code in
        let bits = ~code & 0xFF
        let magnitude = ((bits & 15) << 3 + 132) << (bits >> 4 & 7) - 132
        return Int16(bits & 0x80 != 0 ? -magnitude : magnitude)
    }

    private static func encodeALaw(_ sample: Int16) -> UInt8 {
        // One's complement for negatives: the intervals of both signs mirror each other around -0.5.
        let magnitude = Int(sample < 0 ? ~sample : sample) >> 4
        let sign: UInt8 = sample < 0 ? 0 : 0x80
        let code: Int
        if magnitude < 32 {
            code = magnitude
        } else {
            let exponent = Int.bitWidth - magnitude.leadingZeroBitCount - 4
            code = exponent << 4 | (magnitude >> (exponent - 1)) & 15
        }
        return (UInt8(min(code, 127)) | sign) ^ 0x55
    }

    private static func encodeMuLaw(_ sample: Int16) -> UInt8 {
        let magnitude = min(Int(sample < 0 ? ~sample : sample), 32635) + 132
        let exponent = Int.bitWidth - magnitude.leadingZeroBitCount - 8
        let code = exponent << 4 | (magnitude >> (exponent + 3)) & 15
        return ~(UInt8(code) | (sample < 0 ? 0x80 : 0))
    }
}
