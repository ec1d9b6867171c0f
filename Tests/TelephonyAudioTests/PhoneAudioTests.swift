import Testing

@testable import TelephonyAudio

@Suite struct PhoneAudioTests {
    @Test("the WAV file is the canonical header and the samples, to the byte")
    func wav() {
        let expected: [UInt8] =
            Array("RIFF".utf8) + [40, 0, 0, 0] + Array("WAVEfmt ".utf8) + [16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0]
            + [0x80, 0x3E, 0, 0, 2, 0, 16, 0] + Array("data".utf8) + [4, 0, 0, 0] + [0x34, 0x12, 0xFE, 0xFF]
        #expect(PhoneAudio(samples: [0x1234, -2]).wav == expected)
        #expect(PhoneAudio(samples: []).wav.count == 44)
    }

    @Test("a WAV file of two channels has left and right in turn, as long as the shorter one")
    func stereo() {
        let expected: [UInt8] =
            Array("RIFF".utf8) + [44, 0, 0, 0] + Array("WAVEfmt ".utf8) + [16, 0, 0, 0, 1, 0, 2, 0, 0x40, 0x1F, 0, 0]
            + [0, 0x7D, 0, 0, 4, 0, 16, 0] + Array("data".utf8) + [8, 0, 0, 0]
            + [0x34, 0x12, 0xFF, 0xFF, 0x78, 0x56, 0xFE, 0xFF]
        let left = PhoneAudio(samples: [0x1234, 0x5678, 9])
        #expect(PhoneAudio.stereoWAV(left: left, right: PhoneAudio(samples: [-1, -2])) == expected)
    }

    @Test("a sample lasts 125 microseconds")
    func duration() {
        #expect(PhoneAudio(samples: .init(repeating: 0, count: 12_001)).duration == .microseconds(1_500_125))
    }

    @Test("the longest header holds sizes that 32 bits hold")
    func longest() {
        let bytes = WAVHeader(sampleCount: WAVHeader.maximumSampleCount).bytes
        #expect(bytes[4..<8] == [0xFE, 0xFF, 0xFF, 0xFF])
        #expect(bytes[40..<44] == [0xDA, 0xFF, 0xFF, 0xFF])
    }
}

@Suite struct Base64Tests {
    /// RFC 4648, section 10.
    static let vectors = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test("encodes the vectors of RFC 4648", arguments: vectors)
    func encode(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8).span.bytes) == text)
        #expect(Base64.encodedCount(plain.utf8.count) == text.utf8.count)
    }

    @Test("decodes the vectors, cut anywhere, with white space between", arguments: vectors)
    func decode(plain: String, text: String) {
        for cut in 0...text.utf8.count {
            var decoder = Base64.Decoder()
            var bytes: [UInt8] = []
            var isAccepted = true
            for piece in [text.utf8.prefix(cut), Substring(" \r\n").utf8, text.utf8.dropFirst(cut)] {
                isAccepted = isAccepted && decoder.append(Array(piece).span.bytes, to: &bytes)
            }
            isAccepted = isAccepted && decoder.finish(into: &bytes)
            #expect(isAccepted)
            #expect(bytes == Array(plain.utf8))
        }
    }

    @Test("refuses what is no base64", arguments: ["Zg=", "Z", "Zm9v=", "Zg==Zg==", "Zm-v", "Z===", "====", "Zm9v!"])
    func refuse(text: String) {
        var decoder = Base64.Decoder()
        var bytes: [UInt8] = []
        let isAccepted = decoder.append(Array(text.utf8).span.bytes, to: &bytes) && decoder.finish(into: &bytes)
        #expect(!isAccepted)
    }

    @Test("pieces of a multiple of three join to one text")
    func pieces() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 333) {
            Base64.append(Array(bytes[start..<min(bytes.count, start + 333)]).span.bytes, to: &text)
        }
        #expect(String(decoding: text, as: UTF8.self) == Base64.encode(bytes.span.bytes))
    }
}

@Suite struct G711Tests {
    @Test("decodes the ends and the middle of ITU-T G.711's tables")
    func decode() {
        #expect(G711.alaw.decode(0xD5) == 8 && G711.alaw.decode(0x55) == -8)
        #expect(G711.alaw.decode(0xAA) == 32_256 && G711.alaw.decode(0x2A) == -32_256)
        #expect(G711.ulaw.decode(0xFF) == 0 && G711.ulaw.decode(0x7F) == 0)
        #expect(G711.ulaw.decode(0x80) == 32_124 && G711.ulaw.decode(0x00) == -32_124)
        #expect(G711.ulaw.decode(0xFE) == 8 && G711.ulaw.decode(0x7E) == -8)
    }

    @Test("a decoded value has its own code", arguments: G711.allCases)
    func identity(law: G711) {
        for code in UInt8.min ... .max {
            // 0x7F is mu-law's other zero.
            #expect(law.encode(law.decode(code)) == (law == .ulaw && code == 0x7F ? 0xFF : code))
        }
    }

    /// What a code stands for, as ITU-T G.711 (tables 1 and 2) composes it of a sign, a segment and a step.
    static func value(of code: UInt8, _ law: G711) -> Int {
        let bits = Int(law == .alaw ? code ^ 0x55 : ~code)
        let (segment, step) = (bits >> 4 & 7, bits & 15)
        switch law {
        case .alaw:
            let magnitude = segment == 0 ? 16 * step + 8 : (16 * step + 264) << (segment - 1)
            return bits >= 128 ? magnitude : -magnitude
        case .ulaw:
            let magnitude = (8 * step + 132) << segment - 132
            return bits >= 128 ? -magnitude : magnitude
        }
    }

    @Test("decodes every code of ITU-T G.711", arguments: G711.allCases)
    func everyCode(law: G711) {
        for code in UInt8.min ... .max { #expect(Int(law.decode(code)) == Self.value(of: code, law)) }
    }

    @Test("what is sent arrives as a value that the code has, near it and of its sign", arguments: G711.allCases)
    func roundTrip(law: G711) {
        let values = Set((UInt8.min ... .max).map { Self.value(of: $0, law) })
        let samples = Array(Int16.min...Int16.max)
        let arrived = law.roundTrip(samples[...])
        #expect(arrived.count == samples.count)
        let wrong = zip(samples, arrived).filter { (sample: Int16, value: Int16) -> Bool in
            let (sent, got) = (Int(sample), Int(value))
            // Half of the widest step around the sample: a 32nd of it, or the narrowest step.
            let isNear: Bool = abs(sent - got) <= max(8, abs(sent) / 32 + 5)
            let isInRange: Bool = abs(sent) <= 32_124
            return !values.contains(got) || isInRange && !isNear || sent * got < 0
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
        let part: [Int16] = [0, 0, 0, 32_767, -32_768]
        let ends: [Int16] = law == .alaw ? [32_256, -32_256] : [32_124, -32_124]
        #expect(law.roundTrip(part[3..<5]) == ends)
    }

    @Test("rising samples get rising values, none further than half a step off", arguments: G711.allCases)
    func nearest(law: G711) {
        let values = law.decodingTable.map(Int.init).sorted()
        let decoded = (Int(Int16.min)...Int(Int16.max)).map {
            (sample: $0, value: Int(law.decode(law.encode(Int16($0)))))
        }
        #expect(zip(decoded, decoded.dropFirst()).allSatisfy { $0.value <= $1.value })
        let wrong = decoded.filter { sample, value in
            let index = values.firstIndex(of: value)!
            let steps = [max(index - 1, 0), min(index + 1, 255)].map { abs(values[$0] - value) }
            // At the ends there is nothing further out to pick.
            return abs(value - sample) > steps.max()! / 2 + 2 && abs(sample) < values.last!
        }
        #expect(wrong.isEmpty)
    }
}

@Suite struct LevelTests {
    @Test("a full-scale square wave is 0 dBov, a sine 3.01 less")
    func reference() {
        #expect(Level(meanSquare: 1).dBov == 0)
        #expect(abs(Level(meanSquare: 0.5).dBov + 3.0103) < 1e-4)
        #expect(abs(Level(dBov: -20).rootMeanSquare - 0.1) < 1e-12)
    }

    @Test("is written to a tenth")
    func description() {
        #expect(Level(dBov: -26.04).description == "-26.0 dBov")
        #expect(Level(dBov: -0.04).description == "0.0 dBov")
        #expect(Level(meanSquare: 0).description == "-inf dBov")
        #expect(Level(dBov: -30) < Level(dBov: -26))
    }
}
