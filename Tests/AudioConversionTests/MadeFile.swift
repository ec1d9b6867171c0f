import Foundation
import TestSupport
import Testing

@testable import AudioConversion
@testable import TelephonyAudio

/// A file that the tools which people have make: lame, opusenc, flac, ffmpeg and sox.
struct MadeFile: Sendable, CustomTestStringConvertible {
    /// The file's name, by whose ending the tools know the format.
    let name: String
    /// What makes it, in a shell, in a folder that has `a.wav` (2 s) and `b.wav` (3 s), both 22,050 Hz.
    let recipe: String
    /// How long it is, in seconds.
    let seconds: Double
    /// By how much that may be missed, as for the delay of an encoder that is not told.
    var tolerance = 0.001
    /// How many streams follow one another in it.
    var streamCount = 1
    /// What is done to its bytes at last.
    var change: @Sendable ([UInt8]) throws -> [UInt8] = { $0 }

    var testDescription: String { name }

    /// Makes the file, and hands on its bytes.
    func bytes() throws -> [UInt8] {
        let folder = TestFolder()
        let sounds =
            "sox -n -r 22050 -b 16 -c 1 a.wav synth 2 sin 440 gain -6 && sox -n -r 22050 -b 16 -c 1 b.wav synth 3 sin 600 gain -6"
        let run = try RunningProgram.run(
            "bash", ["-euo", "pipefail", "-c", "\(sounds) && \(recipe)"], in: folder.path)
        try #require(run.status == 0, "\(run.errors)")
        return try change(try folder.bytes(name))
    }

    /// What it becomes.
    func converted(acceptsPartial: Bool = false) throws -> (audio: PhoneAudio, report: ConversionReport) {
        var options = ConversionOptions()
        options.acceptsPartial = acceptsPartial
        return try AudioConverter(options: options).convert(.bytes(try bytes(), name: name))
    }
}

extension [UInt8] {
    /// The same with other bytes where some stand first.
    func replacing(first old: String, with new: String, plus offset: Int = 0) throws -> [UInt8] {
        let place = try #require(firstRange(of: Array(old.utf8))).lowerBound + offset
        var bytes = self
        bytes.replaceSubrange(place..<(place + new.utf8.count), with: new.utf8)
        return bytes
    }
}
