import Presentation
package import RecordingDetection
import TalkDetection

extension DetectionSetting {
    /// The option that gives it, as in `--min-ms`.
    package var option: String { Self.option(name) }

    fileprivate static func option(_ name: String) -> String { "--\(name.replacing("_", with: "-"))" }
}

extension DetectionSettingError {
    /// The option that it is about.
    var option: String { DetectionSetting.option(name) }
}

extension Detection {
    /// Its warnings, with the option that helps.
    var advisedWarnings: [String] {
        warnings.map { warning in
            switch warning {
            case .talk: "\(warning)"
            case .packets: "\(warning); --clock audio looks at the audio alone"
            }
        }
    }
}

extension DetectRecord {
    /// What was detected, with the options that help.
    package init(_ result: DetectionResult) {
        self.init(
            result, warnings: result.detection.advisedWarnings + result.warnings.map { $0.advised(.detect) })
    }

    /// Why nothing was.
    init(_ failure: FailureRecord, of detection: Detection) {
        self.init(detection, file: failure.file, result: failure.result, error: failure.error, code: failure.code)
    }
}

extension DetectionSettings {
    /// The command line that asks for it, as a shell takes it; what is usual is left out.
    ///
    /// - Parameter file: the recording, by its path.
    package func commandLine(file: String) -> String {
        var words = ["rtmedia detect", ShellWord.quoted(file)]
        if command != .playTalkDetect { words += ["--command", command.rawValue] }
        for setting in given {
            let usual = setting.usual(for: command, rules: rules ?? .asterisk).map { "\($0)" }
            let value: String? =
                switch setting {
                case .rules: rules.flatMap { $0 == .asterisk ? nil : $0.rawValue }
                case .clock: clock.flatMap { $0 == .live ? nil : $0.rawValue }
                case .threshold: classifier.map(\.text)
                default: numbers[setting].map { "\($0)" }
                }
            if let value, value != usual { words += [setting.option, value] }
        }
        return words.joined(separator: " ")
    }
}
