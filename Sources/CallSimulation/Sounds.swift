import AudioConversion
import Files
import RealTimeAPI
public import TelephonyAudio

/// Where the platform's media come from: a folder stands in for the Media Library, a synthesizer for its voices.
public struct Sounds: Sendable {
    /// Says a text with the voice of a platform name; throws `voice` if nobody here speaks for it.
    public typealias Synthesizer =
        @Sendable (_ text: String, _ voice: String) async throws(SimulationError) -> PhoneAudio

    private let folder: String?
    private let synthesizer: Synthesizer
    private let cache = SoundCache()

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

    /// What is played for a media id; nil if the library does not hold it.
    func sound(for media: Media) async throws(SimulationError) -> Sound? {
        switch media {
        case .none: return Sound(audio: PhoneAudio(samples: []))
        case .speech(let text, let voice):
            return try await cache.sound(.speech(text: text, voice: voice)) { () async throws(SimulationError) in
                try await prompt(text, voice)
            }
        case .library(let id):
            guard let path = path(of: String(id)) else { return nil }
            return try await cache.sound(.file(path)) { () async throws(SimulationError) in
                do throws(ConversionError) {
                    return Sound(audio: try AudioConverter().convert(.file(path)).audio)
                } catch {
                    throw SimulationError(error)
                }
            }
        }
    }

    /// What a handler wants spoken, by another voice if there is none for the one that it names.
    private func prompt(_ text: String, _ voice: String) async throws(SimulationError) -> Sound {
        do throws(SimulationError) { return Sound(audio: try await synthesizer(text, voice)) } catch {
            guard error.code == .voice else { throw error }
            return Sound(
                audio: try await synthesizer(text, Self.substitute), note: "\(error); \(Self.substitute) speaks instead"
            )
        }
    }

    /// The file of an id, whatever its format.
    private func path(of id: String) -> String? {
        // A folder that can't be listed is a library that holds nothing.
        guard let folder, let names = try? Folder.names(in: folder) else { return nil }
        return names.first { $0.hasPrefix(id + ".") }.map { "\(folder)/\($0)" }
    }
}
