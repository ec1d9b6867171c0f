import Foundation
import TestSupport
import Testing

/// What each of `convert`'s options does to the sound, by arithmetic and by sox.
@Suite(.waiting, .timeLimit(.minutes(10))) struct ConvertOptionTests {
    let place = Workplace()

    /// What a sound is converted to.
    private func converted(_ sound: TestSound, _ options: [String]) throws -> [Int16] {
        try place.write(sound.wav, to: "in.wav")
        return try converted("in.wav", options)
    }

    private func converted(_ file: String, _ options: [String]) throws -> [Int16] {
        let run = try place.run("rtmedia", ["convert", file, "-o", "out.wav", "--force", "-q"] + options)
        try #require(run.status == 0 && run.errors.isEmpty, "\(file) \(options): \(run.errors)")
        let sound = try TestSound(wav: place.bytes("out.wav"))
        #expect(sound.rate == 8000 && sound.channels.count == 1)
        return sound.samples
    }

    private func record(_ words: String...) throws -> [String: Any] {
        let run = try place.run("rtmedia", ["convert"] + words + ["--json", "--force"])
        try #require(run.status == 0, "\(run.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    }

    // MARK: Prompts

    @Test("--fade rises from nothing and falls to nothing in its time, and leaves what lies between")
    func fade() throws {
        let samples = try converted(TestSound([Int16](repeating: 16_000, count: 4000)), ["--fade", "100"])
        #expect(samples.count == 4000 && samples[800..<3200].allSatisfy { $0 == 16_000 })
        #expect(samples.prefix(800).elementsEqual(samples.suffix(800).reversed()))
        #expect(zip(samples, samples.dropFirst()).prefix(799).allSatisfy { $0 <= $1 })
        #expect(samples[0] <= 1 && abs(samples[400] - 8000) < 40 && samples[799] >= 15_999)
        // In what is shorter than both, they meet in the middle.
        let short = try converted(TestSound([Int16](repeating: 16_000, count: 1000)), ["--fade", "100"])
        #expect(short.count == 1000 && short[0] <= 1 && abs(short[250] - 8000) < 60 && short[499] >= 15_999)
    }

    @Test("--pad adds silence before and after, and changes nothing else")
    func pad() throws {
        let noise = TestSound.noise(amplitude: 20_000, count: 1234)
        let silence = [Int16](repeating: 0, count: 2000)
        #expect(try converted(TestSound(noise), ["--pad", "250"]) == silence + noise + silence)
    }

    @Test("--trim leaves the sound with 50 ms around it, as it was; --fade and --pad come after it")
    func trim() throws {
        // What lies around it is no louder than -65 dBov.
        let whisper = TestSound.noise(amplitude: 20, count: 5600)
        let tone = TestSound.tones([440], amplitude: 8000, count: 4000)
        let all = Array(whisper.prefix(4000)) + tone + whisper
        let kept = Array(all[3600..<8400])
        #expect(try converted(TestSound(all), ["--trim"]) == kept)
        let told = try record("in.wav", "--trim", "-o", "told.wav")
        #expect(told["lead_trimmed_ms"] as? Double == 450 && told["trail_trimmed_ms"] as? Double == 650)
        let padded = try converted(TestSound(all), ["--trim", "--pad", "100", "--fade", "10"])
        #expect(padded.count == kept.count + 1600)
        #expect(padded.prefix(800).allSatisfy { $0 == 0 } && padded.suffix(800).allSatisfy { $0 == 0 })
        #expect(padded[880..<5520].elementsEqual(kept[80..<4720]))
        // In silence there is nothing to leave.
        let run = try place.shell("sox -D -n -r 8000 -b 16 quiet.wav trim 0 1; rtmedia convert quiet.wav --trim")
        #expect(run.status == 0 && run.errors.contains("it is all silence; nothing was trimmed"))
        #expect(try TestSound(wav: place.bytes("quiet.8k.wav")).samples.count == 8000)
    }

    @Test("--band-limit passes 300...3400 Hz, where and as loud as it was, and what lies outside vanishes")
    func bandLimit() throws {
        let (inside, outside) = ([300, 500, 1000, 2000, 3000, 3400], [50, 100, 200, 3600, 3800])
        let input = TestSound.tones(inside + outside, amplitude: 2900, count: 8000)
        let output = try converted(TestSound(input), ["--band-limit"])
        #expect(output.count == 8000)
        let middle = output[2000..<6000]
        for frequency in inside {
            let part = TestSound.part(of: frequency, in: middle, from: 2000)
            #expect(abs(decibels(part.sine, over: 2900)) < 0.1 && abs(part.cosine) < 29, "\(frequency) Hz: \(part)")
        }
        for frequency in outside {
            let level = decibels(TestSound.amplitude(of: frequency, in: middle), over: 2900)
            #expect(level < -56, "\(frequency) Hz: \(level) dB")
        }
    }

    @Test("--preview is what sox hears through the same code", arguments: ["alaw", "ulaw"])
    func preview(law: String) throws {
        // Each value that there is.
        let all = (Int(Int16.min)...Int(Int16.max)).map { Int16($0) }
        let output = try converted(TestSound(all), ["--preview", law])
        let through =
            "sox -D in.wav -t \(law == "alaw" ? "al" : "ul") - | sox -t \(law == "alaw" ? "al" : "ul") -r 8000 -c 1 - -b 16 -e signed sox.wav"
        try #require(try place.shell(through).status == 0)
        let expected = try TestSound(wav: place.bytes("sox.wav")).samples
        #expect(output.count == all.count && expected.count == all.count)
        #expect(Set(output) == Set(expected) && Set(output).count >= 255)
        // sox rounds to 13 or 14 bits before it looks for the step, so that what lies at the edge of a step may go to either.
        let others = all.indices.filter { output[$0] != expected[$0] }
        #expect(others.count < all.count / 50)
        for index in others {
            let near = expected[max(0, index - 8)...min(all.count - 1, index + 8)]
            #expect(near.contains(output[index]), "\(all[index]) becomes \(output[index]), in sox \(expected[index])")
        }
        // What has been through it once is changed no more.
        #expect(try converted(TestSound(output), ["--preview", law]) == output)
    }

    // MARK: Channels

    @Test(
        "--channel takes the one of that number in the file, bit by bit where the format keeps bits", arguments: 1...6)
    func channel(number: Int) throws {
        let channels = (1...6).map { TestSound.tones([100 * $0], amplitude: 8000, count: 4000) }
        try place.write(TestSound(channels: channels).wav, to: "six.wav")
        try #require(
            try place.shell("sox -D six.wav six.flac && sox -D six.wav six.aiff && sox -D six.wav six.au").status == 0)
        for ending in ["wav", "flac", "aiff", "au"] {
            #expect(try converted("six.\(ending)", ["--channel", "\(number)"]) == channels[number - 1], "\(ending)")
        }
        #expect(
            try converted("six.wav", ["--channel", "\(number)", "--resampler", "libsamplerate"]) == channels[number - 1]
        )
    }

    @Test("--channel counts as the file does, not as WAV would", arguments: ["ogg", "opus"])
    func channelOrder(ending: String) throws {
        // Left, right, centre, low frequencies, and the two at the back.
        let tones = [300, 500, 700, 60, 1100, 1300]
        let channels = tones.map { TestSound.tones([$0], amplitude: 6000, count: 48_000, rate: 48_000) }
        try place.write(TestSound(channels: channels, rate: 48_000).wav, to: "six.wav")
        let made = try place.shell(
            "ffmpeg -v error -channel_layout 5.1 -i six.wav -b:a 384k \(ending == "ogg" ? "-c:a libvorbis" : "-c:a libopus") six.\(ending)"
        )
        try #require(made.status == 0, "\(made.errors)")
        // Vorbis I, 4.3.9: left, centre, right, back left, back right, low frequencies.
        for (index, tone) in [300, 700, 500, 1100, 1300, 60].enumerated() {
            let samples = try converted("six.\(ending)", ["--channel", "\(index + 1)"])[2000..<6000]
            let loudest = tones.max {
                TestSound.amplitude(of: $0, in: samples) < TestSound.amplitude(of: $1, in: samples)
            }
            #expect(loudest == tone, "channel \(index + 1)")
        }
    }

    // MARK: Rates

    @Test(
        "each resampler passes what telephones pass, and lets nothing else through",
        arguments: [
            (option: "polyphase", name: "polyphase", rate: 44_100, leastAt3500: -0.1),
            ("polyphase", "polyphase", 16_000, -0.1),
            ("libsamplerate", "libsamplerate:best", 44_100, -0.1),
            ("libsamplerate:best", "libsamplerate:best", 16_000, -0.1),
            ("libsamplerate:medium", "libsamplerate:medium", 44_100, -0.5),
            ("libsamplerate:fastest", "libsamplerate:fastest", 44_100, -20),
        ])
    func resampler(_ resampler: (option: String, name: String, rate: Int, leastAt3500: Double)) throws {
        let rate = resampler.rate
        // Over 4000 Hz what would come out at 2900 and 1300 Hz.
        let (inside, outside) = ([300, 1000, 2500, 3500], [5100, 6700])
        let input = TestSound.tones(inside + outside, amplitude: 4000, count: rate, rate: rate)
        let output = try converted(TestSound(input, rate: rate), ["--resampler", resampler.option])
        #expect(output.count == 8000)
        let middle = output[2000..<6000]
        let parts = inside.map { TestSound.part(of: $0, in: middle, from: 2000).sine }
        for (frequency, part) in zip(inside, parts) {
            let gain = decibels(part, over: 4000)
            #expect(
                gain < 0.1 && gain > (frequency == 3500 ? resampler.leastAt3500 : -0.1), "\(frequency) Hz: \(gain) dB")
        }
        // What is left beside the tones, as they are now: images, echoes and rounding.
        var rest = 0.0
        for (index, sample) in middle.enumerated() {
            let time = 2 * Double.pi * Double(2000 + index) / 8000
            let tones = zip(inside, parts).reduce(0) { $0 + $1.1 * sin(time * Double($1.0)) }
            rest += (Double(sample) - tones) * (Double(sample) - tones)
        }
        let noise = decibels((rest / 4000).squareRoot(), over: 4000 / 2.0.squareRoot())
        #expect(noise < -70, "\(noise) dB")
        let told = try record("in.wav", "--resampler", resampler.option, "-o", "told.wav")
        #expect(told["resampler"] as? String == resampler.name)
    }

    // MARK: RIFX

    @Test("RIFX, whose numbers begin with the highest byte, is read as RIFF is")
    func rifx() throws {
        let noise = TestSound.noise(amplitude: 20_000, count: 4000)
        try place.write(TestSound(noise).wav, to: "a.wav")
        let recipe = """
            set -e; sox -D a.wav -B x.wav
            sox -D a.wav -r 44100 -b 24 -c 2 little.wav vol 0.5; sox little.wav -B big.wav
            sox -D a.wav -e float -b 32 -L fl.wav; sox fl.wav -B fb.wav; head -c 4044 x.wav > cut.wav
            """
        try #require(try place.shell(recipe).status == 0)
        for name in ["x.wav", "big.wav", "fb.wav"] { #expect(try place.bytes(name).starts(with: "RIFX".utf8)) }
        #expect(try converted("x.wav", []) == noise)
        #expect(try converted("big.wav", []) == converted("little.wav", []))
        #expect(try converted("fb.wav", []) == noise)
        #expect(
            try place.shell(
                "cat big.wav | rtmedia convert - -q | cmp - out.wav; rtmedia convert big.wav -o out.wav -fq"
            ).status == 0)
        #expect(try record("x.wav", "-o", "told.wav")["container"] as? String == "WAV (RIFX)")
        let cut = try place.rtmedia("convert", "cut.wav")
        #expect(cut.status == 65 && cut.errors.contains("the file ends 4000 bytes early; the header promises 8000"))
    }
}
