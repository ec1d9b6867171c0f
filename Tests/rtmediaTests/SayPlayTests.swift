import Glibc
import TestSupport
import Testing

/// `rtmedia say --play`: who plays, and what.
@Suite(.waiting) struct SayPlayTests {
    let place = Workplace()
    private static let greeting = "TTS|TTS_FR-FR_AUDREY|Bonjour, appuyez sur étoile"

    /// A player in the folder `bin`, which keeps what it is to play.
    private func makePlayer(_ name: String, _ lines: String = "cat /dev/fd/3 > played") throws {
        try place.makeProgram("#!/bin/bash\n\(lines)\n", "bin/\(name)")
    }

    /// A PATH in which the shell's own tools and the players of the test are, and no others.
    private var playerPath: [String: String] {
        get throws {
            for tool in ["bash", "cat"] { symlink("/bin/\(tool)", "\(place.path)/bin/\(tool)") }
            return ["PATH": "\(place.path)/bin"]
        }
    }

    @Test(
        "--play has a player play what the file would hold, and writes none",
        arguments: ["paplay", "aplay", "ffplay", "play"])
    func play(player: String) throws {
        try makePlayer(player)
        let run = try place.rtmedia("say", Self.greeting, "--play", environment: playerPath)
        #expect(run.status == 0 && run.output.isEmpty && run.errors.hasSuffix("; played by \(player)\n"))
        let written = try place.rtmedia(
            "say", Self.greeting, "--play", "-o", "a.wav", "--json", environment: playerPath)
        let record = try written.json(SayRecord.self)
        #expect(record.played_by == player && record.file == "a.wav")
        #expect(try place.bytes("played") == place.bytes("a.wav") && place.temporaryFiles.isEmpty)
    }

    @Test("a player that fails is passed over for the next; if none can play, the first says why")
    func failingPlayer() throws {
        try makePlayer("paplay", "echo 'Connection refused' >&2; exit 1")
        let failed = try place.rtmedia("say", "hello", "--play", environment: playerPath)
        #expect(failed.status == 69)
        #expect(failed.errors.hasSuffix("rtmedia: \(place.path)/bin/paplay: can't play: Connection refused\n"))
        try makePlayer("ffplay", "echo 'audio open failed' >&2")
        #expect(try place.rtmedia("say", "hello", "--play", environment: playerPath).status == 69)
        try makePlayer("play")
        let played = try place.rtmedia("say", "hello", "--play", environment: playerPath)
        #expect(played.status == 0 && played.errors.hasSuffix("; played by play\n"))
    }

    @Test("without a player, what to install is named")
    func noPlayer() throws {
        let run = try place.rtmedia("say", "hello", "--play", "--quiet", environment: ["PATH": "/nonexistent"])
        #expect(run.status == 69)
        #expect(
            run.errors
                == "rtmedia: --play: needs paplay, aplay, ffplay or play; install one with: apt-get install alsa-utils\n"
        )
    }
}
