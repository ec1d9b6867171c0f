import AudioConversion
import Files
package import RealTimeAPI
public import TelephonyAudio

/// Where the platform's media come from: a folder stands in for the Media Library, a synthesizer for its voices.
public struct Sounds: Sendable {
    /// Says a text with the voice of a platform name; throws `voice` if nobody here speaks for it.
    public typealias Synthesizer =
        @Sendable (_ text: String, _ voice: String) async throws(SimulationError) -> PhoneAudio

    private let folder: String?
    private let synthesizer: Synthesizer
    /// Sounds that were made, so that each is made once: calls come in thousands, and prompts do not.
    ///
    /// A file that changes meanwhile is not noticed.
    private let cache = AudioCache<Sound.Source, Sound>(maximumByteCount: cachedByteCount)

    /// Half an hour of sound: 29 MB.
    private static let cachedByteCount = 30 * 60 * PhoneAudio.sampleRate * 2

    /// Who speaks what handlers want spoken by voices that have no stand-in here; the platform may well have them.
    private static let substitute = "en"

    /// Media.
    ///
    /// - Parameters:
    ///   - folder: holds `42.wav`, or 42 in any other format, for the media id 42; nil for an empty library.
    ///   - synthesizer: says the texts of `TTS|VOICE|text`.
    public init(folder: String?, synthesizer: @escaping Synthesizer) {
        self.folder = folder
        self.synthesizer = synthesizer
    }

    /// The same voices with another library.
    func with(folder: String) -> Sounds { Sounds(folder: folder, synthesizer: synthesizer) }

    /// What somebody says.
    func speech(_ text: String, _ voice: String) async throws(SimulationError) -> PhoneAudio {
        try await synthesizer(text, voice)
    }

    /// How long media play; nil where that is not known: where the library does not hold them, or nobody speaks here.
    package func length(of media: Media) async -> Duration? {
        guard let sound = try? await sound(for: media), !sound.isMissing, !sound.audio.samples.isEmpty else {
            return nil
        }
        return sound.audio.duration
    }

    /// What is played for media: silence, with a note, for a text in which nothing can be spoken.
    ///
    /// - Returns: nil if the library does not hold the media, or what it holds is no audio, of which the note tells.
    /// - Throws: a ``SimulationError`` if there is nothing to speak with.
    func sound(for media: Media) async throws(SimulationError) -> Sound? {
        switch media {
        case .none: return Sound(audio: PhoneAudio(samples: []))
        case .speech(let text, let voice):
            return try await sound(.speech(text: text, voice: voice)) { () async throws(SimulationError) in
                try await prompt(text, voice)
            }
        case .library(let id):
            guard let path = path(of: String(id)) else { return nil }
            return try await sound(.file(path)) { () async throws(SimulationError) in
                do throws(ConversionError) {
                    return Sound(audio: try await AudioConverter().convertInBackground(.file(path)).audio)
                } catch {
                    let error = SimulationError(error)
                    guard [.sound, .noInput].contains(error.code) else { throw error }
                    return Sound(audio: PhoneAudio(samples: []), note: "\(error)", isMissing: true)
                }
            }
        }
    }

    /// What is played for media if that has been made already, or has not to be.
    func made(_ media: Media) -> Sound? {
        switch media {
        case .none: Sound(audio: PhoneAudio(samples: []))
        case .speech(let text, let voice): cache.value(for: .speech(text: text, voice: voice))
        case .library(let id): path(of: String(id)).flatMap { cache.value(for: .file($0)) }
        }
    }

    /// A sound, which is made if it is not there.
    private func sound(
        _ source: Sound.Source, make: () async throws(SimulationError) -> Sound
    ) async throws(SimulationError) -> Sound {
        if let sound = cache.value(for: source) { return sound }
        let sound = try await make()
        cache.insert(sound, for: source, byteCount: 2 * sound.audio.samples.count)
        return sound
    }

    /// What a handler wants spoken, by another voice if there is none for the one that it names.
    ///
    /// A text that can't be spoken, or is longer than is spoken here, is silence: the platform's page knows no error of it.
    private func prompt(_ text: String, _ voice: String) async throws(SimulationError) -> Sound {
        let count = text.utf8.count
        guard count <= Media.longestText else {
            return Self.silence(
                "\"\(text.excerpt)\": the text has \(count) bytes; \(Media.longestText) are spoken here: divide it")
        }
        do throws(SimulationError) { return Sound(audio: try await synthesizer(text, voice)) } catch {
            switch error.code {
            case .voice:
                let note = "\(error); \(Self.substitute) speaks instead"
                do throws(SimulationError) {
                    return Sound(audio: try await synthesizer(text, Self.substitute), note: note)
                } catch {
                    guard error.code == .sound else { throw error }
                    return Self.silence("\(error)")
                }
            case .sound: return Self.silence("\(error)")
            default: throw error
            }
        }
    }

    private static func silence(_ reason: String) -> Sound {
        Sound(audio: PhoneAudio(samples: []), note: "\(reason); it is silence here")
    }

    /// The file of an id, whatever its format.
    private func path(of id: String) -> String? {
        folder.flatMap { Folder.file(called: id, in: $0) }
    }
}
