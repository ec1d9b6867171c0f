import AudioConversion
import CallFlows
import CommandArguments
import QuickCommands
import RealTimeAPI
import TelephonyAudio

/// What `rtmedia serve` serves without a flow file.
enum DemoFlow {
    /// The demo; its audio is converted here, so that nothing can go wrong in a call.
    static func flow(audio file: String?) throws -> CallFlow {
        // The sound is sent, not replayed: another one is no other version.
        let sound = Command.playWAVData(PlayWAVData(base64: try sound(file).base64WAV))
        return CallFlow("demo", version: 1) { call in
            try await call.play(.say("Hello from r t media."))
            _ = try await call.read(.say("Press a key."), maxDigits: 1, attempts: 2, timeout: .seconds(5))
            _ = try await call.run(sound, findings: [])
        }
    }

    private static func sound(_ file: String?) throws -> PhoneAudio {
        guard let file else { return chime }
        do throws(ConversionError) { return try AudioConverter().convert(.file(file)).audio } catch {
            Console.note("rtmedia: \(error)")
            throw ExitStatus.code(for: error)
        }
    }

    /// Two keys of a telephone, one after the other.
    private static var chime: PhoneAudio {
        let keys = [DTMFKey(row: 0, column: 0), DTMFKey(row: 1, column: 1)]
        return .dtmf(keys, duration: .milliseconds(250), pause: .milliseconds(50))
    }
}
