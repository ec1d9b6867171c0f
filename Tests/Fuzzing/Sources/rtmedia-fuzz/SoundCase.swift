import AudioConversion
import FuzzRunner
import TelephonyAudio

/// A sound file, and how it is converted.
struct SoundCase: FuzzCase {
    /// How the bytes reach the converter.
    enum Delivery: CaseIterable { case memory, file, pipe }

    /// What is made of them.
    enum Task: Hashable {
        case audio
        case output(OutputForm)
        case inspection
    }

    let name: String
    let bytes: [UInt8]
    let usesFFmpeg: Bool
    let delivery: Delivery
    let task: Task
    let options: ConversionOptions

    private static let tasks: [Task] = [
        .audio, .audio, .output(.wav), .output(.wav), .output(.base64),
        .output(.text(before: "{\"audio\":\"", after: "\"}")),
        .inspection,
    ]

    /// Makes the input of a run.
    ///
    /// - Parameters:
    ///   - ffmpegShare: in percent, of the inputs for which ffmpeg can be found.
    ///   - keepsLimits: whether the limits are the library's own and not those of ``fuzzingLimits``.
    init(seeds: Seeds, seed: UInt64, index: Int, ffmpegShare: Double, keepsLimits: Bool) {
        var random = SplitMix64(seed: seed, index: index)
        usesFFmpeg = Double.random(in: 0..<100, using: &random) < ffmpegShare
        let origin = usesFFmpeg && !random.once(in: 4) ? random.pick(seeds.ffmpeg) : seeds.pickNative(&random)
        name = random.once(in: 16) ? seeds.pickNative(&random).name : origin.name
        var mutator = Mutator(seeds: seeds, random: SplitMix64(seed: random.next()))
        let mutated = mutator.mutate(origin.bytes)
        bytes = random.once(in: 32) ? Array(Base64.encode(mutated.span.bytes).utf8) : mutated
        delivery = random.pick(Delivery.allCases)
        task = random.pick(Self.tasks)
        options = Self.options(&random, limits: keepsLimits ? ConversionLimits() : Self.fuzzingLimits)
    }

    var summary: String {
        "\(name), \(bytes.count) bytes, \(delivery) to \(task), \(usesFFmpeg ? "with" : "without") ffmpeg"
    }

    var details: String { "\(options)" }

    /// So short that even libsamplerate's best, at its slowest rate, needs no more than a second.
    private static var fuzzingLimits: ConversionLimits {
        var limits = ConversionLimits()
        limits.maximumDuration = .seconds(30)
        limits.ffmpegTimeout = .seconds(3)
        return limits
    }

    private static func options(_ random: inout SplitMix64, limits: ConversionLimits) -> ConversionOptions {
        var options = ConversionOptions()
        options.limits = limits
        options.acceptsPartial = !random.once(in: 4)
        if random.once(in: 8) { options.channel = .only(1 + random.below(3)) }
        if random.once(in: 8) { options.resampler = .libsamplerate(random.pick(ResamplerChoice.Quality.allCases)) }
        if random.once(in: 12) {
            let encoding = random.pick(HeaderlessFormat.Encoding.allCases)
            let rate = random.pick([8000, 16_000, 44_100, 48_000, 11_025, 12_345, 400, 768_000])
            options.raw = HeaderlessFormat(encoding, sampleRate: rate, channels: random.pick([1, 1, 2, 6, 1024]))
        }
        if random.once(in: 3) { options.processing = processing(&random) }
        return options
    }

    private static func processing(_ random: inout SplitMix64) -> PromptProcessing {
        var processing = PromptProcessing()
        if random.once(in: 2) { processing.level = Level(dBov: random.pick([-26, -26, -60, 0])) }
        if random.once(in: 3) { processing.trims = true }
        if random.once(in: 4) { processing.padding = .milliseconds(random.below(500)) }
        if random.once(in: 4) { processing.fade = .milliseconds(random.below(500)) }
        if random.once(in: 4) { processing.limitsBand = true }
        if random.once(in: 4) { processing.codecRoundTrip = random.pick(G711.allCases) }
        return processing
    }
}
