/// Reads bits, the highest of a byte first.
///
/// Whoever makes one vouches for the memory: 8 bytes behind the last bit that is read must be there. How far to read is
/// the caller's to know; a position behind the end is no error until then.
struct BitReader {
    private let bytes: UnsafePointer<UInt8>
    /// The next bit.
    var position: Int

    init(_ bytes: UnsafePointer<UInt8>, position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// The next bits, 57 of them or more, at the top of a word.
    @inline(__always)
    var window: UInt64 {
        let word = UnsafeRawPointer(bytes + position &>> 3).loadUnaligned(as: UInt64.self)
        return UInt64(bigEndian: word) &<< UInt64(position & 7)
    }

    /// Reads a number of 0...32 bits.
    @inline(__always)
    mutating func read(_ count: Int) -> Int {
        // In two steps, since nothing shifted by 64 stays where it is.
        let value = Int((window &>> 1) &>> UInt64(63 &- count))
        position &+= count
        return value
    }

    /// Reads one bit.
    @inline(__always)
    mutating func readFlag() -> Bool { read(1) == 1 }
}
