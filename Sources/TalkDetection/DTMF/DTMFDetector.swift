public import TelephonyAudio

/// A key that was heard.
public struct DTMFTone: Sendable, Hashable {
    /// The key.
    public let key: DTMFKey
    /// When the tone began, to about 5 ms.
    public let start: Duration
    /// How long it lasted, to about 5 ms.
    public let length: Duration
}

/// Hears the keys of a telephone in a stream of samples, within the limits of ITU-T Q.24 (the column for AT&T).
///
/// A tone is taken if both frequencies are within 1.5 % of their nominal values and refused if one is off by 3.5 %, if
/// each has a level of -25...0 dBm0, if the higher is at most 4 dB stronger and at most 8 dB weaker than the lower, if it
/// lasts 40 ms (23 ms are too few), and if most of the power is in the two tones, which keeps speech and music away. A
/// gap of 10 ms does not divide a tone, one of 40 ms does.
///
/// Every 5 ms a Hann window of 25 ms is correlated with the eight frequencies; the advance of a correlation's phase from
/// one window to the next tells by how much a frequency is off. Allocates nothing.
public struct DTMFDetector: Sendable {
    private var window = DTMFWindow()
    /// That of the window before; nil if that was quiet, and is looked at only if this one is not.
    private var last: DTMFSpectrum?
    private var position = 0

    /// The tone that goes on, or has just been interrupted.
    private var key: DTMFKey?
    private var start = 0
    private var end = 0

    /// Samples between windows.
    static let hop = 40
    /// A window hears a tone only once most of it lies in the tone: by how much that shortens a tone, measured on tones
    /// of known length.
    private static let shortening = 60
    private static let minimumLength = 248  // 31 ms
    private static let maximumGap = 256  // 32 ms, of which the shortening is a part

    /// A detector at the beginning of the audio.
    public init() {}

    /// Takes samples, and hands on the tones that ended in them.
    ///
    /// - Parameters:
    ///   - samples: at 8000 Hz, of any number.
    ///   - body: is given each tone once it is over.
    public mutating func add(_ samples: Span<Int16>, _ body: (DTMFTone) -> Void) {
        var rest = samples
        while !rest.isEmpty {
            let count = min(rest.count, Self.hop - position % Self.hop)
            window.append(rest.extracting(first: count))
            rest = rest.extracting(droppingFirst: count)
            position += count
            if position.isMultiple(of: Self.hop) { listen(body) }
        }
    }

    /// Hands on the tone that the audio ends in, if there is one.
    public mutating func finish(_ body: (DTMFTone) -> Void) {
        endTone(body)
    }

    /// Judges the window that ends here.
    private mutating func listen(_ body: (DTMFTone) -> Void) {
        let spectrum = window.isQuiet ? nil : window.spectrum()
        let heard = spectrum?.key(after: last ?? window.spectrum(hopsAgo: 1))
        last = spectrum
        let center = position - DTMFWindow.length / 2
        if let key, heard != key, heard != nil || center - end >= Self.maximumGap { endTone(body) }
        guard let heard else { return }
        if key == nil { (key, start) = (heard, center - Self.hop / 2) }
        end = center + Self.hop / 2
    }

    private mutating func endTone(_ body: (DTMFTone) -> Void) {
        defer { key = nil }
        let length = end - start + Self.shortening
        guard let key, length >= Self.minimumLength else { return }
        let start = max(0, start - Self.shortening / 2)
        body(DTMFTone(key: key, start: Duration(samples: start), length: Duration(samples: length)))
    }
}
