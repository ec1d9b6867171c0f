import TelephonyAudio
import Testing

/// The hash by which names keep what was chosen for them.
@Suite struct FNV1aTests {
    /// From the test vectors of draft-eastlake-fnv.
    @Test(arguments: [("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8)])
    func `it is FNV-1a`(text: String, hash: UInt64) {
        #expect(FNV1a.hash64(text) == hash)
    }

    @Test(arguments: [("", 0x811C_9DC5), ("a", 0xE40C_292C), ("foobar", 0xBF9C_F968)])
    func `it is FNV-1a of 32 bits too`(text: String, hash: UInt32) {
        #expect(FNV1a.hash32(text) == hash)
    }
}
