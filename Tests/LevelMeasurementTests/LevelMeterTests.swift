import AudioConversion
import LevelMeasurement
import TestSupport
import Testing
import ThresholdTuning

/// Levels are found where they were kept, and what people are to be warned of is told each time.
@Suite(.waiting) struct LevelMeterTests {
    private let folder = TestFolder()

    private func read(
        _ name: String, channel: ChannelChoice? = nil, isPartial: Bool = false
    ) throws -> (warnings: [ConversionReport.Warning], keptCount: Int) {
        var options = ConversionOptions()
        options.acceptsPartial = isPartial
        let meter = LevelMeter(
            options: options, channel: channel, cache: LevelCache(folder: "\(folder.path)/cache"))
        let content = try meter.read(FoundInput(named: "\(folder.path)/\(name)"))
        guard case .recording(let levels, let keptCount, let warnings) = content else {
            Issue.record("it is no recording")
            return ([], 0)
        }
        #expect(!levels.isEmpty)
        return (warnings, keptCount)
    }

    private func make(_ recipe: String) throws {
        let run = try RunningProgram.run("bash", ["-euo", "pipefail", "-c", recipe], in: folder.path)
        try #require(run.status == 0, "\(run.errors)")
    }

    private static let stereo = "sox -n -r 8000 -b 16 -c 2 x.wav synth 2 sin 440 sin 1000 gain -12"

    @Test("that channels differ is told as often as nobody chose one, whatever was measured before")
    func channels() throws {
        try make(Self.stereo)
        #expect(try read("x.wav", channel: .mix).warnings == [])
        for _ in 0..<2 {
            let (warnings, keptCount) = try read("x.wav")
            #expect(warnings == [.channelsDiffer(2)] && keptCount == 0)
        }
        let again = try read("x.wav", channel: .mix)
        #expect(again.warnings == [] && again.keptCount == 1)
    }

    @Test("damage is told each time, once for all channels", arguments: [nil, ChannelChoice.mix, .each])
    func damage(channel: ChannelChoice?) throws {
        try make("\(Self.stereo); head -c 20000 x.wav > cut.wav")
        for _ in 0..<2 {
            let warnings = try read("cut.wav", channel: channel, isPartial: true).warnings
            #expect(warnings.count { if case .damaged = $0 { true } else { false } } == 1)
        }
    }

    @Test("what headerless bytes were taken for is told each time")
    func assumption() throws {
        try make("sox -n -r 8000 -c 1 -e signed -b 16 -t raw x.pcm synth 2 sin 440 gain -12")
        for _ in 0..<2 {
            let (warnings, keptCount) = try read("x.pcm")
            #expect(warnings == [.assumed(try #require(HeaderlessFormat("s16")))] && keptCount == 0)
        }
    }

    @Test("what is clamped has the levels that it has, and they are kept")
    func clamped() throws {
        try make("ffmpeg -v error -f lavfi -i 'aevalsrc=2*sin(2760*t):d=2:s=8000' -c:a pcm_f32le x.wav")
        #expect(try read("x.wav") == ([], 0) && read("x.wav") == ([], 1))
    }
}
