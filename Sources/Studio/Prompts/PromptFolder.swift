/// A folder of prompts, and what a sheet says of them.
package struct PromptFolder: Sendable {
    /// A prompt.
    package struct Prompt: Sendable, Hashable {
        /// Its path in the folder, as in `en/welcome.wav`.
        package var name: String
        /// In which language it is, as the sheet has it.
        package var language: String?
        /// What it says; nil where no sheet tells that.
        package var text: String?
        /// How many samples the platform plays; nil if there is no file that it plays.
        package var sampleCount: Int?
        /// What is to be looked at, in words, as in `is missing`.
        package var note: String?

        /// A prompt.
        package init(
            name: String, language: String? = nil, text: String? = nil, sampleCount: Int? = nil, note: String? = nil
        ) {
            self.name = name
            self.language = language
            self.text = text
            self.sampleCount = sampleCount
            self.note = note
        }
    }

    /// The folder.
    package let path: String
    /// The prompts as they are now.
    package let prompts: @Sendable () throws(StudioTool.Failure) -> [Prompt]

    /// A folder.
    package init(_ path: String, prompts: @escaping @Sendable () throws(StudioTool.Failure) -> [Prompt]) {
        self.path = path
        self.prompts = prompts
    }
}
