import TelephonyAudio
import Testing

/// The hash by which names keep what was chosen for them.
@Suite struct StableHashTests {
    /// From the test vectors of draft-eastlake-fnv.
    @Test(arguments: [("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8)])
    func `it is FNV-1a`(text: String, hash: UInt64) {
        #expect(stableHash(text) == hash)
    }
}
