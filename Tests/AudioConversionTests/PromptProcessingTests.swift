import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

@Suite(.waiting) struct PromptProcessingTests {
    private func convert(_ samples: [Int16], _ set: (inout PromptProcessing) -> Void) throws -> (
        samples: [Int16], report: ConversionReport
    ) {
        var options = ConversionOptions()
        set(&options.processing)
        let (audio, report) = try AudioConverter(options: options).convert(TestFiles.wav(data: TestFiles.pcm(samples)))
        return (audio.samples, report)
    }

    private func level(_ samples: [Int16]) -> Level? {
        var meter = SpeechLevelMeter()
        meter.add(samples.map { Float($0) / 32_768 })
        return meter.result?.level
    }

    @Test("--level brings any file to the level asked for", arguments: [-40.0, -26, -12])
    func level(dBov: Double) throws {
        for amplitude in [100.0, 3000, 20_000] {
            let (samples, report) = try convert(TestFiles.sine(440, amplitude: amplitude, count: 16_000)) {
                $0.level = Level(dBov: dBov)
            }
            #expect(abs(level(samples)!.dBov - dBov) < 0.05)
            #expect(report.processing?.isCapped == false && report.clampedCount == 0)
        }
    }

    @Test("--level is the level of the result, whatever --trim, --fade and --pad make of the sound's ends")
    func levelOfResult() throws {
        let quiet = (0..<9000).map { Int16($0 % 7) - 3 }
        let sound =
            quiet + TestFiles.sine(440, amplitude: 3000, count: 2000) + .init(repeating: 0, count: 1500)
            + TestFiles.sine(300, amplitude: 800, count: 900) + quiet
        for (trims, fade, padding) in [(true, 0, 0), (true, 0, 400), (false, 300, 0), (true, 20, 250), (false, 0, 900)]
        {
            let (samples, report) = try convert(sound) { processing in
                processing.level = Level(dBov: -26)
                processing.trims = trims
                processing.fade = .milliseconds(fade)
                processing.padding = .milliseconds(padding)
            }
            #expect(report.processing?.isCapped == false)
            #expect(abs(level(samples)!.dBov + 26) < 0.05, "\(trims) \(fade) \(padding)")
        }
    }

    @Test("a gain that would overload is held back, one dB under full scale, between the samples too")
    func cap() throws {
        // 2 kHz sampled at 45 degrees: the samples reach 0.707 of the true peak.
        let peaky = (0..<16_000).map { Int16([7071, 7071, -7071, -7071][$0 % 4]) }
        let (samples, report) = try convert(peaky) { $0.level = Level(dBov: 0) }
        #expect(report.processing?.isCapped == true && report.warnings.count == 1)
        let peak = Double(samples.map(\.magnitude).max()!) / 32_768
        #expect(abs(Tone.decibels(peak) - (-1 - 3.01)) < 0.3)
    }

    @Test("silence has no level; it stays as it is and that is said")
    func silence() throws {
        let (samples, report) = try convert(.init(repeating: 0, count: 800)) { processing in
            processing.level = Level(dBov: -26)
            processing.trims = true
        }
        #expect(samples == .init(repeating: 0, count: 800) && report.warnings.count == 2)
    }

    @Test("--trim leaves 50 ms before and after the sound")
    func trim() throws {
        let sound = TestFiles.sine(440)
        let (samples, report) = try convert(
            .init(repeating: 3, count: 4000) + sound + .init(repeating: -2, count: 8000)
        ) { $0.trims = true }
        #expect((sound.count + 800 - 80...sound.count + 800 + 80).contains(samples.count))
        #expect(report.processing?.leadTrimmed == .milliseconds(450))
        #expect(samples.contains(sound.max()!))
    }

    @Test("the sound found is that of all frames of 10 ms looked at together", arguments: 0..<20)
    func extent(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        // Levels that wander over 100 dB, so that the loudest comes early, late and between.
        var (level, samples) = (-50.0, [Float]())
        for _ in 0..<300 {
            level = min(0, max(-100, level + Double.random(in: -12...12, using: &generator)))
            let amplitude = decibelFactor(level)
            samples += (0..<80).map { _ in Float.random(in: -amplitude...amplitude, using: &generator) }
        }
        samples.removeLast(Int(seed) * 4)
        var extent = SoundExtent()
        extent.add(samples)
        let energies = stride(from: 0, to: samples.count, by: 80).map { start in
            samples[start..<min(start + 80, samples.count)].reduce(Float(0)) { $0 + $1 * $1 }
        }
        let floor = Level(dBov: -65).rootMeanSquare
        let threshold = max(Float(floor * floor * 80), energies.max()! * 1e-4)
        let loud = energies.indices.filter { energies[$0] > threshold }
        let expected = loud.first.map { $0 * 80..<min(samples.count, (loud.last! + 1) * 80) }
        #expect(extent.sound == expected)
    }

    @Test("noise that is too loud to be trimmed is told, at either end; sound up to the ends is not")
    func noise() throws {
        let sound = TestFiles.sine(440, amplitude: 10_000)
        let noise = (0..<4000).map { Int16($0 % 2 == 0 ? 300 : -300) }
        for samples in [noise + sound, sound + noise, noise + sound + noise] {
            let (kept, report) = try convert(samples) { $0.trims = true }
            #expect(kept == samples)
            #expect(report.warnings.map(\.description).count { $0.contains("only 27 dB below") } == 1)
        }
        #expect(try convert(sound) { $0.trims = true }.report.warnings.isEmpty)
        #expect(try convert([Int16](repeating: 0, count: 4000) + sound) { $0.trims = true }.report.warnings.isEmpty)
    }

    @Test("--pad adds silence, --fade only changes the ends")
    func padAndFade() throws {
        let sound = TestFiles.sine(440, count: 30_000)
        let (padded, _) = try convert(sound) { $0.padding = .milliseconds(125) }
        #expect(padded == .init(repeating: 0, count: 1000) + sound + .init(repeating: 0, count: 1000))
        let (faded, _) = try convert(sound) { $0.fade = .milliseconds(10) }
        #expect(faded.count == sound.count)
        #expect(faded[80..<29_920] == sound[80..<29_920])
        #expect(abs(faded[0]) < 2 && abs(faded[29_999]) < 20)
        #expect(zip(faded, sound).allSatisfy { $0.magnitude <= $1.magnitude })
    }

    @Test("padding is exact silence, with and without a fade", arguments: [0, 10, 500])
    func paddingIsSilence(fade: Int) throws {
        var processing = PromptProcessing()
        processing.padding = .milliseconds(125)
        processing.fade = .milliseconds(fade)
        var processor = try PromptProcessor(processing, name: "test")
        let sound = [Float](repeating: 0.5, count: 9000)
        try processor.add(sound)
        _ = try processor.decide()
        var result: [Float] = []
        while let samples = try processor.next() { result += samples }
        #expect(result.count == 1000 + 9000 + 1000)
        #expect((result[..<1000] + result[10_000...]).allSatisfy { $0 == 0 && $0.sign == .plus })
        #expect(result[1000..<10_000].allSatisfy { (0...0.5).contains($0) })
        if fade == 0 { #expect(Array(result[1000..<10_000]) == sound) }
    }

    @Test("--band-limit passes 300...3400 Hz, stops the rest, and moves nothing")
    func bandLimit() throws {
        func gain(_ frequency: Double) throws -> Tone.Fit {
            let (samples, _) = try convert(TestFiles.sine(frequency, amplitude: 16_000)) { $0.limitsBand = true }
            #expect(samples.count == 8000)
            return Tone.fit(samples[2000..<6000].map { Float($0) / 16_000 }[...], frequency)
        }
        for frequency in [300.0, 1000, 2500, 3400] { #expect(abs(Tone.decibels(try gain(frequency).amplitude)) < 0.05) }
        for frequency in [50.0, 200, 3600, 3900] { #expect(Tone.decibels(try gain(frequency).amplitude) < -55) }
    }

    @Test("--preview is the round trip through the code", arguments: G711.allCases)
    func preview(law: G711) throws {
        let sound = TestFiles.sine(440)
        let (samples, _) = try convert(sound) { $0.codecRoundTrip = law }
        #expect(samples == sound.map { law.decode(law.encode($0)) })
    }

    @Test("nothing asked for, nothing changed")
    func nothing() throws {
        let sound = TestFiles.sine(440)
        #expect(try convert(sound) { _ in }.samples == sound)
    }

    @Test("the true peak of a tone between samples is found")
    func truePeak() {
        var meter = TruePeakMeter()
        meter.add(Tone.samples(1999, rate: 8000, count: 8000, amplitude: 0.5))
        meter.finish()
        #expect(abs(meter.peak - 0.5) < 0.01)
    }
}
