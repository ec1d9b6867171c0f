/// Where the samples of a track lie in a file (ISO/IEC 14496-12, 8.7): sizes, chunks, and how many samples each chunk has.
struct MP4SampleTable {
    private var sizes: MP4Box?
    private var chunks: MP4Box?
    private var runs: MP4Box?
    /// The size of all samples; 0 if each has its own.
    private var sampleSize = 0

    /// Takes a box of the table.
    mutating func add(_ box: MP4Box, sampleSize: Int?) {
        switch box.type {
        case "stsz": (sizes, self.sampleSize) = (box, sampleSize ?? 0)
        case "stco", "co64": chunks = box
        case "stsc": runs = box
        default: break
        }
    }

    /// Hands on the bytes of all samples, one after another.
    ///
    /// - Returns: false if the table is not there or not whole.
    func forEachSample(
        in source: ByteSource, _ body: ([UInt8]) throws(ConversionError) -> Void
    ) throws(ConversionError) -> Bool {
        guard let sizes, let chunks, let runs else { return false }
        let width = chunks.type == "co64" ? 8 : 4
        // Each table is read forwards, a little at a time: it may be as large as the file.
        var (sizeWindow, chunkWindow, runWindow) = (ByteWindow(source), ByteWindow(source), ByteWindow(source))
        func number(_ window: inout ByteWindow, _ box: MP4Box, _ offset: Int, _ count: Int) -> Int? {
            guard offset + count <= box.content.count else { return nil }
            let bytes = window[box.content.lowerBound + offset, count]
            return bytes.count == count ? bigEndian(bytes) : nil
        }
        guard let sampleCount = number(&sizeWindow, sizes, 8, 4), let chunkCount = number(&chunkWindow, chunks, 4, 4),
            let runCount = number(&runWindow, runs, 4, 4)
        else { return false }
        var (sample, run, perChunk, byteCount) = (0, 0, 0, 0)
        for chunk in 0..<chunkCount {
            // Chunks are counted from 1.
            if run < runCount, number(&runWindow, runs, 8 + 12 * run, 4) == chunk + 1 {
                guard let count = number(&runWindow, runs, 12 + 12 * run, 4) else { return false }
                (perChunk, run) = (count, run + 1)
            }
            guard var offset = number(&chunkWindow, chunks, 8 + width * chunk, width) else { return false }
            for _ in 0..<min(perChunk, sampleCount - sample) {
                guard let size = sampleSize > 0 ? sampleSize : number(&sizeWindow, sizes, 12 + 4 * sample, 4),
                    size <= source.size, offset <= source.size - size
                else { return false }
                // Samples that lie over one another are no sound, and would take for ever.
                byteCount += size
                guard byteCount <= source.size else { return false }
                try body(try source.bytes(at: offset, count: size))
                (offset, sample) = (offset + size, sample + 1)
            }
        }
        return sample == sampleCount
    }
}
