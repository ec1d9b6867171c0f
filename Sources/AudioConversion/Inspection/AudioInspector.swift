import Glibc
public import TelephonyAudio

/// Looks whether audio is what the platform wants.
public struct AudioInspector: Sendable {
    /// What the bytes mean if they have no header; nil looks at the content, then at the name.
    public var raw: HeaderlessFormat?
    /// Bounds on what is accepted.
    public var limits: ConversionLimits

    /// An inspector.
    public init(raw: HeaderlessFormat? = nil, limits: ConversionLimits = ConversionLimits()) {
        self.raw = raw
        self.limits = limits
    }

    /// Reads a whole source and judges it.
    ///
    /// - Parameter source: a file, a descriptor or bytes, in any format.
    /// - Returns: what was found; a file that the platform would refuse is a finding, not an error.
    /// - Throws: a ``ConversionError`` if there is no audio in it, or it can't be read.
    public func inspect(_ source: AudioSource) throws(ConversionError) -> Inspection {
        var options = ConversionOptions()
        options.raw = raw
        options.acceptsPartial = true
        options.limits = limits
        let bytes = try ByteSource(source, isHeaderless: raw != nil, limits: options.limits)
        var conversion = try Conversion(bytes, options: options)
        var measurement = MeasuringSink()
        let report = try conversion.run(into: &measurement, progress: nil)
        let format = try HeaderCheck(bytes, report: report, limits: limits).findings
        let sound = SoundCheck(measurement, clampedCount: report.clampedCount, payloadWarning: report.payloadWarning)
        let damage = report.warnings.map { Inspection.Finding(severity: .problem, text: $0) }
        let offset = measurement.offset
        return Inspection(
            file: source.name, container: report.container, encoding: report.encoding, sampleRate: report.sampleRate,
            channels: report.channels, duration: report.duration,
            peak: measurement.peak > 0 ? 20 * log10(Double(measurement.peak) / 32768) : nil,
            activeLevel: measurement.activeLevel, offset: offset, leadingSilence: measurement.silence.leading,
            trailingSilence: measurement.silence.trailing, clippedRuns: measurement.clippedRuns,
            payloadByteCount: report.payloadByteCount, findings: format + damage + sound.findings,
            remedy: format.isEmpty && damage.isEmpty && sound.options.isEmpty
                ? nil : remedy(source, options: sound.options + (report.isPartial ? ["--partial"] : [])))
    }

    /// The command that converts a source with some options.
    private func remedy(_ source: AudioSource, options: [String]) -> String {
        let name: String
        switch source {
        case .file(let path): name = Self.quoted(path)
        case .descriptor, .bytes: name = "-"
        }
        let headerless = raw.map { ["--raw", $0.description] } ?? []
        return (["rtmedia convert", name] + headerless + options).joined(separator: " ")
    }

    /// A word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "_-./+:@%,".utf8.contains(byte)
        }
        let safe = word.hasPrefix("-") ? "./" + word : word
        if isPlain, !word.isEmpty { return safe }
        let isPrintable = word.utf8.allSatisfy { $0 >= 32 && $0 != 127 }
        return isPrintable
            ? "'" + safe.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
            : "$'" + safe.utf8.map(escaped).joined() + "'"
    }

    /// A byte as it stands between $'...': in octal, unless it is a letter or the like.
    private static func escaped(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 8)
        let isSafe = (32..<127).contains(byte) && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\\")
        return isSafe
            ? String(UnicodeScalar(byte)) : "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
}

/// Compares a file's header with the one that the platform wants.
private struct HeaderCheck {
    let findings: [Inspection.Finding]

    init(_ file: ByteSource, report: ConversionReport, limits: ConversionLimits) throws(ConversionError) {
        guard report.container.hasPrefix("WAV") else {
            findings = [Self.problem("it is \(report.container), not a WAV file")]
            return
        }
        // The platform takes base64 as well: what counts is what it holds.
        let source = try Decoding.base64Content(of: file, limits) ?? file
        var problems: [String] = []
        if report.container != "WAV" { problems.append("it is \(report.container), not plain RIFF") }
        if report.encoding != "16-bit PCM" { problems.append("its samples are \(report.encoding), not 16-bit PCM") }
        if report.sampleRate != PhoneAudio.sampleRate {
            problems.append("its rate is \(report.sampleRate) Hz, not 8000 Hz")
        }
        if report.channels != 1 { problems.append("it has \(report.channels) channels, not 1") }
        let canonical = WAVHeader(sampleCount: min(max(0, source.size - 44) / 2, WAVHeader.maximumSampleCount)).bytes
        if problems.isEmpty, try source.bytes(at: 0, count: WAVHeader.byteCount) != canonical {
            problems.append(try Self.difference(source))
        }
        findings = problems.map(Self.problem)
    }

    /// In what a header of the right format differs from the canonical one.
    private static func difference(_ source: ByteSource) throws(ConversionError) -> String {
        var parser = try WAVParser(source, container: "WAV")
        let header = try parser.header()
        if header.formatTag != 1 || header.chunks.first?.size != 16 {
            return "its format is not stated the plain way (16 bytes, PCM)"
        }
        let data = header.chunks.last { $0.id == "data" }
        // What follows a size that is not true are no chunks.
        guard let data, data.size > 0, data.size <= source.size - data.start else {
            return "the sizes in its header are not true"
        }
        let extra = header.chunks.map(\.id).filter { $0 != "fmt " && $0 != "data" }
        let behind = source.size - data.start - data.size
        if !extra.isEmpty {
            return
                "it has chunks besides the audio (\(extra.joined(separator: ", "))), which some players play as clicks"
        }
        if behind > 0 { return "\(behind) bytes follow the audio, which some players play as clicks" }
        return "the sizes in its header are not true"
    }

    private static func problem(_ text: String) -> Inspection.Finding {
        Inspection.Finding(severity: .problem, text: text)
    }
}

/// Judges how a file sounds.
private struct SoundCheck {
    private(set) var findings: [Inspection.Finding] = []
    /// The options of `rtmedia convert` that mend it.
    private(set) var options: [String] = []

    init(_ sound: MeasuringSink, clampedCount: Int, payloadWarning: String?) {
        if sound.clippedRuns > 0 {
            advise("it is clipped in \(sound.clippedRuns) places; record it again at a lower level")
        }
        if abs(sound.offset) > 0.005 {
            advise(
                "its samples are off centre by \(Int((sound.offset * 32768).rounded())), which is heard as clicks at both ends",
                "--band-limit")
        }
        if let level = sound.activeLevel, !(-32 ... -20).contains(level.dBov) {
            advise("its active speech level is \(level); -26 dBov is usual", "--level -26")
        } else if clampedCount > 0 {
            options.append("--level -26")
        }
        let (leading, trailing) = sound.silence
        if leading > .milliseconds(500) || trailing > .milliseconds(500) {
            advise(
                "it has \(leading.secondsText) s of silence before and \(trailing.secondsText) s after the sound",
                "--trim")
        }
        if let payloadWarning { advise(payloadWarning) }
    }

    private mutating func advise(_ text: String, _ option: String? = nil) {
        findings.append(Inspection.Finding(severity: .advice, text: text))
        if let option { options.append(option) }
    }
}
