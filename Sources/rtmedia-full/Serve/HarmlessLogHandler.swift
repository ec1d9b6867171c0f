import Logging
import QuickCommands
import RealTimeAPI

/// Writes logs to standard error, a line for each entry, whatever is in it: names and values that come with requests too.
struct HarmlessLogHandler: LogHandler {
    private var handler: StreamLogHandler

    init(label: String, level: Logger.Level) {
        handler = StreamLogHandler.standardError(label: label)
        handler.logLevel = level
    }

    var logLevel: Logger.Level {
        get { handler.logLevel }
        set { handler.logLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = newValue.mapValues(\.harmless) }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { handler.metadataProvider }
        set { handler.metadataProvider = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue?.harmless }
    }

    func log(event: LogEvent) {
        var event = event
        event.message = "\(event.message.description.harmless)"
        event.metadata = event.metadata?.mapValues(\.harmless)
        handler.log(event: event)
    }
}

extension Logger.MetadataValue {
    /// The same, with all text in it harmless.
    fileprivate var harmless: Logger.MetadataValue {
        switch self {
        case .string(let text): .string(text.harmless)
        case .stringConvertible(let value): .string(value.description.harmless)
        case .array(let values): .array(values.map(\.harmless))
        case .dictionary(let values): .dictionary(values.mapValues(\.harmless))
        }
    }
}
