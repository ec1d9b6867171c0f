/// A number for a text that is the same in every run and on every machine, unlike `Hasher`'s: FNV-1a, 64 bits (Fowler, Noll and
/// Vo; draft-eastlake-fnv).
///
/// What is drawn or chosen by a name stays so. It is no protection against those who look for two texts with one number.
package func stableHash(_ text: some StringProtocol) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
