package import CommandArguments
import RealTimeAPI

/// The commands that are asked for so often that their start counts.
///
/// They need neither network nor cryptography nor Foundation,
/// so that the program that has only them starts in a few milliseconds.
package enum QuickCommands {
    package static let convert: any ParsableCommand.Type = ConvertCommand.self
    package static let inspect: any ParsableCommand.Type = InspectCommand.self
    package static let detect: any ParsableCommand.Type = DetectCommand.self
    package static let validate: any ParsableCommand.Type = ValidateCommand.self
    package static let schema: any ParsableCommand.Type = SchemaCommand.self

    /// The tool with these alone.
    package static let tool = CommandTool(
        name: "rtmedia", abstract: "The media side of phone calls that a Real-Time call-control API drives.",
        version: "0.1.0", commands: [convert, inspect, detect, validate, schema], examples: Examples.all,
        nearMiss: nearMiss)
}
