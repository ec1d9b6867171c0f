package import RealTimeAPI

extension NumberParameter {
    /// What an option of it takes, for help: `in milliseconds, 1...60000`.
    package var bounds: String {
        switch unit {
        case .things: "\(range)"
        case .milliseconds: "in milliseconds, \(range)"
        case .seconds: "in seconds, \(range)"
        }
    }

    /// The default as an option takes it.
    package var usual: String { defaultNumber.map { "\($0)" } ?? "none" }
}

extension NumberParameter<Int> {
    /// What an option asks for, or the default.
    package func value(_ option: Int?) -> Int { option ?? self.default }
}

extension NumberParameter<Duration> {
    /// What an option asks for, which is a number of units, or the default.
    package func value(_ option: Int?) -> Duration { option.map(unit.duration) ?? self.default }
}
