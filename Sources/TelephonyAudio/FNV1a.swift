/// The hash FNV-1a (Fowler, Noll and Vo; draft-eastlake-fnv): a number for a text that is the same in every run and on every machine,
/// unlike `Hasher`'s.
///
/// What is drawn or chosen by a name stays so, and journals of calls in progress hold such numbers. It is no protection against those
/// who look for two texts with one number.
package enum FNV1a {
    /// A hash of 32 bits of a text's UTF-8.
    package static func hash32(_ text: String) -> UInt32 {
        hash(text.utf8, basis: 2_166_136_261, prime: 16_777_619)
    }

    /// A hash of 64 bits of a text's UTF-8.
    package static func hash64(_ text: String) -> UInt64 { hash64(Array(text.utf8)) }

    /// A hash of 64 bits of bytes.
    package static func hash64(_ bytes: [UInt8]) -> UInt64 {
        hash(bytes, basis: 14_695_981_039_346_656_037, prime: 1_099_511_628_211)
    }

    private static func hash<Word: FixedWidthInteger>(
        _ bytes: some Sequence<UInt8>, basis: Word, prime: Word
    ) -> Word {
        bytes.reduce(basis) { ($0 ^ Word($1)) &* prime }
    }
}
