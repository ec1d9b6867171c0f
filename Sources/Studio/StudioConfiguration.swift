package import AudioConversion
package import CallSimulation
package import LevelMeasurement
import ThresholdTuning

/// What a studio shows, and where it listens.
package struct StudioConfiguration: Sendable {
    /// The address to listen on.
    package var host = "127.0.0.1"
    /// The port, 0...65535; 0 for one that is free.
    package var port = 8090
    /// The recordings.
    package var recordings: [FoundInput]
    /// The file of labels; nil keeps them in memory.
    package var labels: String?
    /// The names of labels and folders that mean talk; none stands for the usual ones.
    package var givenNames: [String] = []
    /// The folder whose prompts are listed; nil lists none.
    package var prompts: PromptFolder?
    /// How recordings are read.
    package var options = ConversionOptions()
    /// What measures their levels.
    package var meter: LevelMeter
    /// How many recordings are measured at a time, and how many threads search: 1 or more.
    package var jobs: Int
    /// What the tool adds.
    package var tool: StudioTool
    /// The handlers that people can call from the page, each with what all calls to it have in common; without one there is no phone.
    package var handlers: [CallSetup] = []

    /// A studio of recordings.
    package init(recordings: [FoundInput], meter: LevelMeter, jobs: Int, tool: StudioTool) {
        self.recordings = recordings
        self.meter = meter
        self.jobs = jobs
        self.tool = tool
    }

    /// Which names of labels and folders mean talk.
    var names: TalkNames { givenNames.isEmpty ? TalkNames() : TalkNames(givenNames) }
}
