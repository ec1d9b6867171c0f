import RealTimeAPI

/// What a command plays, made before it begins.
struct PreparedMedia: Sendable {
    /// What its media are, or why they can't be had.
    private(set) var sounds: [Media: Result<Sound?, SimulationError>] = [:]
    /// What its WAV data are; nil if it has none, or none that can be played.
    private(set) var samples: [Int16]?

    /// Nothing.
    init() {}

    /// What is there already; nil if something has to be made.
    init?(of command: Command, madeBy sounds: Sounds) {
        if case .playWAVData = command { return nil }
        for media in Set(command.media) {
            guard let sound = sounds.made(media) else { return nil }
            self.sounds[media] = .success(sound)
        }
    }

    /// Makes all of it, which may take a while.
    init(of command: Command, making sounds: Sounds) async {
        if case .playWAVData(let play) = command { samples = SimulatedCall.samples(ofWAV: play.audioData) }
        for media in Set(command.media) {
            do throws(SimulationError) {
                self.sounds[media] = .success(try await sounds.sound(for: media))
            } catch { self.sounds[media] = .failure(error) }
        }
    }
}
