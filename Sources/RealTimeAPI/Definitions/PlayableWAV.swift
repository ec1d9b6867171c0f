/// The WAV file that `play_wav_data` takes, by the words of the platform's page: a WAV file of 8000 Hz, 16 bit, mono.
///
/// This is the one judgement of such files, with one text: validation makes it of base64, `rtmedia inspect` of files, and
/// the simulated platform plays what it says. What the page's words allow is no problem, but a warning where the header is
/// not the plain one of 44 bytes with true sizes. Of those, Asterisk's reader (format_wav.c) refuses an extensible format,
/// and a size of the audio that is 2 GiB or more; it skips other chunks, plays nothing where the size is 0, and to the end where
/// the size is beyond it.
package struct PlayableWAV: Sendable, Hashable {
    /// The rate of the samples, in hertz.
    package static let sampleRate = 8000
    /// How many channels there are.
    package static let channels = 1
    /// The length of the header, in bytes.
    package static let headerByteCount = 44

    /// A part of the file: its name, and where its content lies, as the header has it.
    package struct Chunk: Sendable, Hashable {
        /// The four characters.
        package let name: String
        /// Where the content begins, in bytes from the file's beginning.
        package let start: Int
        /// The number of bytes that the header states.
        package let size: Int

        /// A part of the file.
        package init(name: String, start: Int, size: Int) {
            self.name = name
            self.start = start
            self.size = size
        }
    }

    /// Why the platform does not play the file, a clause each; nothing if it does.
    package private(set) var problems: [String] = []
    /// What is unusual about the file, a clause each.
    package private(set) var warnings: [String] = []
    /// Where the samples are that are played, in bytes of the file; nil if there are problems.
    package private(set) var audio: Range<Int>?

    /// Judges a file by its bytes.
    ///
    /// - Parameters:
    ///   - byteCount: its size.
    ///   - read: so many bytes from an offset on, fewer at the file's end.
    /// - Complexity: O(*n*) in the chunks before the audio, of which 1000 are looked at.
    package init(byteCount: Int, read: (_ offset: Int, _ count: Int) -> [UInt8]) {
        let head = read(0, 12)
        guard head.starts(with: "RIFF".utf8), head.dropFirst(8).elementsEqual("WAVE".utf8) else {
            problems = [Self.refusal(of: head)]
            return
        }
        var chunks: [Chunk] = []
        var format: [UInt8] = []
        var offset = 12
        // Behind the audio only a format matters, which would have had to come before.
        while offset + 8 <= byteCount, chunks.count < 1000, chunks.last?.name != "data" || format.isEmpty {
            let bytes = read(offset, 8)
            let chunk = Chunk(
                name: String(decoding: bytes.prefix(4), as: UTF8.self), start: offset + 8,
                size: Self.number(bytes, at: 4, 4))
            if chunk.name == "fmt " { format = read(chunk.start, min(chunk.size, 40)) }
            chunks.append(chunk)
            offset = chunk.start + chunk.size + chunk.size % 2
        }
        judge(byteCount, Self.number(read(4, 4), at: 0, 4), chunks, format)
    }

    /// Judges a file of plain RIFF by its parts.
    ///
    /// - Parameters:
    ///   - byteCount: its size.
    ///   - statedSize: what the header says the size is, without its first 8 bytes.
    ///   - chunks: its chunks in order, the first `data` being the last that counts.
    ///   - format: the content of `fmt `, 40 bytes at most.
    package init(byteCount: Int, statedSize: Int, chunks: [Chunk], format: [UInt8]) {
        judge(byteCount, statedSize, chunks, format)
    }

    private mutating func judge(_ byteCount: Int, _ statedSize: Int, _ chunks: [Chunk], _ format: [UInt8]) {
        let data = chunks.firstIndex { $0.name == "data" }
        let before = chunks[..<(data ?? chunks.endIndex)]
        guard let formatChunk = before.last(where: { $0.name == "fmt " }) else {
            let isLater = chunks.contains { $0.name == "fmt " }
            problems = [
                isLater
                    ? "it has no format before its audio"
                    : "it is a WAV file without a format; its header is damaged"
            ]
            return
        }
        guard formatChunk.size >= 16, format.count >= 16 else {
            problems = ["it is a WAV file whose format chunk is too short"]
            return
        }
        guard let data else {
            problems = ["it is a WAV file without audio: it ends after its header"]
            return
        }
        judge(format, of: formatChunk.size)
        guard problems.isEmpty else { return }
        judge(chunks[data], byteCount, statedSize)
        let others = before.map(\.name).filter { $0 != "fmt " }
        if !others.isEmpty {
            warnings.append(
                "it has chunks besides the audio (\(others.joined(separator: ", ").excerpt)), which some players play as clicks"
            )
        }
    }

    private mutating func judge(_ format: [UInt8], of size: Int) {
        let tag = Self.number(format, at: 0, 2)
        let isExtensible = tag == 0xFFFE
        let code = isExtensible ? Self.number(format, at: 24, 2) : tag
        let bits = Self.number(format, at: 14, 2)
        let channels = Self.number(format, at: 2, 2)
        let rate = Self.number(format, at: 4, 4)
        if code != 1 || bits != 16 { problems.append("its samples are \(Self.name(code, bits)), not 16-bit PCM") }
        if rate != Self.sampleRate { problems.append("its rate is \(rate) Hz, not \(Self.sampleRate) Hz") }
        if channels != Self.channels {
            problems.append("it has \(channels) channels, not \(Self.channels)")
        } else if problems.isEmpty, Self.number(format, at: 12, 2) != 2 {
            problems.append("its block size is \(Self.number(format, at: 12, 2)) bytes, not 2")
        }
        guard problems.isEmpty else { return }
        if isExtensible {
            warnings.append("its format is not the plain one (16 bytes, PCM), and Asterisk refuses it")
        } else if size != 16 || Self.number(format, at: 8, 4) != 2 * Self.sampleRate {
            warnings.append("its format is not the plain one (16 bytes, PCM)")
        }
    }

    private mutating func judge(_ data: Chunk, _ byteCount: Int, _ statedSize: Int) {
        let there = byteCount - data.start
        let isToTheEnd = data.size > there
        audio = data.start..<(data.start + min(data.size, there) / 2 * 2)
        if there < 2 {
            warnings.append("it holds no samples: nothing is heard")
        } else if data.size == 0 {
            warnings.append(
                "the sizes in its header are wrong: 0 bytes of audio, \(there) are there, of which Asterisk plays none"
            )
        } else if isToTheEnd {
            let end = data.size > Int(Int32.max) ? ", and Asterisk refuses it" : ""
            warnings.append(
                "the sizes in its header are wrong: \(data.size) bytes of audio, \(there) are there\(end)")
        } else if there - data.size > 1 {
            warnings.append("\(there - data.size) bytes follow the audio, which some players play as clicks")
        } else if !(byteCount - 9...byteCount - 8).contains(statedSize) {
            warnings.append(
                "the sizes in its header are wrong: \(statedSize) bytes in all, \(byteCount - 8) are there")
        }
    }

    private static func number(_ bytes: [UInt8], at offset: Int, _ count: Int) -> Int {
        guard offset + count <= bytes.count else { return 0 }
        return bytes[offset..<(offset + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// What a code of samples is called.
    private static func name(_ code: Int, _ bits: Int) -> String {
        switch code {
        case 1: bits == 8 ? "8-bit unsigned PCM" : "\(bits)-bit PCM"
        case 2: "Microsoft ADPCM"
        case 3: "\(bits)-bit float"
        case 6: "A-law"
        case 7: "mu-law"
        case 0x11: "IMA ADPCM"
        case 0x31: "GSM 6.10"
        case 0x50, 0x55: "MPEG audio"
        default: "of the code \(code)"
        }
    }

    /// What a file is that is no plain WAV file, as far as its first bytes say.
    private static func refusal(of head: [UInt8]) -> String {
        func has(_ mark: String, at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: mark.utf8) }
        if ["RIFX", "RF64", "BW64"].contains(where: { has($0) }), has("WAVE", at: 8) {
            return "it is \(String(decoding: head.prefix(4), as: UTF8.self)), not plain RIFF"
        }
        let names = [
            ("ID3", "MP3"), ("OggS", "Ogg"), ("fLaC", "FLAC"), ("FORM", "AIFF"), (".snd", "AU"), ("caff", "CAF"),
            ("#!AMR", "AMR"),
        ]
        if let name = names.first(where: { has($0.0) })?.1 { return "it is \(name), not a WAV file" }
        if has("ftyp", at: 4) { return "it is MP4, not a WAV file" }
        if head.count > 1, head[0] == 0xFF, head[1] >= 0xE0 { return "it is MP3, not a WAV file" }
        return "it is not a WAV file"
    }
}
