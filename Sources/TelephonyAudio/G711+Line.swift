extension G711 {
    /// What arrives of samples that are sent through the code: each is encoded, and decoded again.
    ///
    /// - Complexity: O(*n*), a look into a table for each sample.
    public func roundTrip(_ samples: ArraySlice<Int16>) -> [Int16] {
        let table = self == .alaw ? Self.alawLine : Self.ulawLine
        let (arriving, sent) = (table.span, samples.span)
        return [Int16](unsafeUninitializedCapacity: sent.count) { buffer, count in
            for index in sent.indices {
                buffer[index] = arriving[unchecked: Int(UInt16(bitPattern: sent[unchecked: index]))]
            }
            count = sent.count
        }
    }

    /// What arrives of each sample, by its bit pattern.
    private static let alawLine = (0...UInt16.max).map { G711.alaw.decode(G711.alaw.encode(Int16(bitPattern: $0))) }
    private static let ulawLine = (0...UInt16.max).map { G711.ulaw.decode(G711.ulaw.encode(Int16(bitPattern: $0))) }
}
