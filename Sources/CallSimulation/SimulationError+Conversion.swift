package import AudioConversion
import TelephonyAudio

extension SimulationError {
    /// Why a file did not become a sound.
    package init(_ error: ConversionError) {
        let code: Code =
            switch error.code {
            case .noInput: .noInput
            case .notAudio, .unknownFormat, .unsupported, .damaged, .recoverable, .limit, .tooLong, .usage, .resampler:
                .sound
            case .unavailable, .cannotCreate, .exists, .isInput, .inputOutput: .unavailable
            }
        self.init(code, error.file, error.reason)
    }
}
