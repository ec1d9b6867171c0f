public import ArgumentParser
public import AudioConversion
public import TelephonyAudio

extension G711: ExpressibleByArgument {}

extension OutputForm: ExpressibleByArgument {}
