/// The scale factor bands of a sample rate: ISO/IEC 11172-3, table 3-B.8; 13818-3, table B.2; for MPEG-2.5, which no
/// standard knows, those that all its encoders use.
struct ScaleFactorBands {
    /// Where the 22 bands of long blocks begin, in lines, and the last ends.
    let long: [Int]
    /// Where the 13 bands of each of three short blocks begin, and the last ends.
    let short: [Int]

    init(sampleRate: Int) {
        long = Self.long[sampleRate] ?? Self.lowLong
        short = Self.short[sampleRate] ?? Self.lowShort
    }

    /// MPEG-2, and MPEG-2.5 at 11.025 and 12 kHz.
    private static let lowLong = [
        0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576,
    ]
    private static let lowShort = [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192]

    private static let long = [
        44_100: [
            0, 4, 8, 12, 16, 20, 24, 30, 36, 44, 52, 62, 74, 90, 110, 134, 162, 196, 238, 288, 342, 418, 576,
        ],
        48_000: [
            0, 4, 8, 12, 16, 20, 24, 30, 36, 42, 50, 60, 72, 88, 106, 128, 156, 190, 230, 276, 330, 384, 576,
        ],
        32_000: [
            0, 4, 8, 12, 16, 20, 24, 30, 36, 44, 54, 66, 82, 102, 126, 156, 194, 240, 296, 364, 448, 550, 576,
        ],
        24_000: [
            0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 114, 136, 162, 194, 232, 278, 332, 394, 464, 540, 576,
        ],
        8000: [
            0, 12, 24, 36, 48, 60, 72, 88, 108, 132, 160, 192, 232, 280, 336, 400, 476, 566, 568, 570, 572, 574, 576,
        ],
    ]
    private static let short = [
        44_100: [0, 4, 8, 12, 16, 22, 30, 40, 52, 66, 84, 106, 136, 192],
        48_000: [0, 4, 8, 12, 16, 22, 28, 38, 50, 64, 80, 100, 126, 192],
        32_000: [0, 4, 8, 12, 16, 22, 30, 42, 58, 78, 104, 138, 180, 192],
        22_050: [0, 4, 8, 12, 18, 24, 32, 42, 56, 74, 100, 132, 174, 192],
        24_000: [0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 136, 180, 192],
        8000: [0, 8, 16, 24, 36, 52, 72, 96, 124, 160, 162, 164, 166, 192],
    ]
}
