import CTelephonyKernels
import TelephonyAudio

/// How a linear or companded sample is stored.
enum PCMEncoding: String, Sendable, Hashable, CaseIterable {
    case u8, s8, s16, s24, s32, f32, f64, alaw, ulaw
    /// 24 bits in the low three bytes of four, as ALSA's S24_LE.
    case s24in32

    var bytesPerSample: Int {
        switch self {
        case .u8, .s8, .alaw, .ulaw: 1
        case .s16: 2
        case .s24: 3
        case .s32, .f32, .s24in32: 4
        case .f64: 8
        }
    }

    var name: String {
        switch self {
        case .u8: "8-bit unsigned PCM"
        case .s8: "8-bit PCM"
        case .s16: "16-bit PCM"
        case .s24, .s24in32: "24-bit PCM"
        case .s32: "32-bit PCM"
        case .f32: "32-bit float"
        case .f64: "64-bit float"
        case .alaw: "A-law"
        case .ulaw: "mu-law"
        }
    }

    /// Decodes samples to full scale 1.0; `bytes` holds exactly as many as `samples` needs.
    func decode(_ bytes: UnsafeRawBufferPointer, bigEndian: Bool, into samples: UnsafeMutableBufferPointer<Float>) {
        let count = samples.count
        func each(_ sample: (Int) -> Float) { for index in 0..<count { samples[index] = sample(index) } }
        func integer<T: FixedWidthInteger>(_ index: Int, _: T.Type) -> T {
            let value = bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.size, as: T.self)
            return bigEndian ? T(bigEndian: value) : T(littleEndian: value)
        }
        switch self {
        case .u8: each { Float(Int32(bytes[$0]) - 128) * 0x1p-7 }
        case .s8: each { Float(Int8(bitPattern: bytes[$0])) * 0x1p-7 }
        // What most files hold has a loop of its own, five times as fast.
        case .s16 where !bigEndian:
            guard let input = bytes.baseAddress, let output = samples.baseAddress else { return }
            tk_floats(input, count, output)
        case .s16: each { Float(integer($0, Int16.self)) * 0x1p-15 }
        case .s24:
            let (low, high) = bigEndian ? (2, 0) : (0, 2)
            each {
                let value = Int32(bytes[3 * $0 + low]) | Int32(bytes[3 * $0 + 1]) << 8
                return Float(value | Int32(Int8(bitPattern: bytes[3 * $0 + high])) << 16) * 0x1p-23
            }
        // What the fourth byte holds is the sign once more, or nothing.
        case .s24in32: each { Float(integer($0, Int32.self) << 8) * 0x1p-31 }
        case .s32: each { Float(integer($0, Int32.self)) * 0x1p-31 }
        case .f32: each { Float(bitPattern: integer($0, UInt32.self)) }
        case .f64: each { Float(Double(bitPattern: integer($0, UInt64.self))) }
        case .alaw, .ulaw:
            let table = (self == .alaw ? G711.alaw : .ulaw).decodingTable
            table.withUnsafeBufferPointer { table in each { Float(table[Int(bytes[$0])]) * 0x1p-15 } }
        }
    }
}
