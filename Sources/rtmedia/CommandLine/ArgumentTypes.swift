public import ArgumentParser
public import AudioConversion
public import TalkDetection
public import TelephonyAudio

extension G711: ExpressibleByArgument {}

extension OutputForm: ExpressibleByArgument {}

extension RuleSet: ExpressibleByArgument {}
