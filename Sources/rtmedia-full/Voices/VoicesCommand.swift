import AudioConversion
import CommandArguments
import Presentation
import QuickCommands
import RealTimeAPI
import SpeechSynthesis
import TelephonyAudio

/// `rtmedia voices`.
struct VoicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voices",
        abstract: "List the platform's voices and the local ones that stand in for them.",
        discussion: """
            The platform has more voices than the known ones, and publishes no list: any name of the form \
            TTS_<LANGUAGE>-<REGION>_<NAME> has a stand-in if its language has a voice. Local voices are those of espeak-ng; \
            each can have any of the variants, as in roa/fr+f2.
            """
    )

    @Argument(
        help: "Names of voices (default: the known ones).", completion: .list(Media.knownVoices))
    var names: [String] = []

    @Flag(help: "List the local voices, their languages, and the variants.")
    var local = false

    @Flag(help: "Report as JSON, one object per voice and line.")
    var json = false

    func validate() throws {
        if local, !names.isEmpty { throw ValidationError("--local: lists all; name no voices with it") }
    }

    func run() throws {
        Console.silenceLibraries()
        var failure: ExitCode?
        do throws(SpeechError) {
            let catalog = try SpeechSynthesizer().catalogNow()
            if local { listLocal(catalog) } else { failure = listPlatform(catalog) }
        } catch {
            fail(error)
            failure = ExitStatus.code(for: error)
        }
        try Console.checkData()
        if let failure { throw failure }
    }

    /// The voices of the platform; the exit code of the first that nobody stands in for.
    private func listPlatform(_ catalog: VoiceCatalog) -> ExitCode? {
        var failure: ExitCode?
        var records: [VoiceRecord] = []
        for name in names.isEmpty ? Media.knownVoices : names {
            do throws(SpeechError) { records.append(VoiceRecord(try catalog.standIn(for: name))) } catch {
                fail(error)
                failure = failure ?? ExitStatus.code(for: error)
            }
        }
        list(records) {
            [$0.voice.harmless, $0.standIn, $0.name] + ($0.sex.map { [$0.rawValue] } ?? []) + $0.pitch
                + ($0.sexIsGuessed ? ["a guess"] : [])
        }
        return failure
    }

    private func listLocal(_ catalog: VoiceCatalog) {
        let voices = catalog.voices.map { LocalVoiceRecord($0, kind: "voice") }
        let variants = catalog.variants.map { LocalVoiceRecord($0, kind: "variant") }
        list(voices + variants) { voice in
            [(voice.kind == "variant" ? "+" : "") + voice.file, voice.languages.joined(separator: ", "), voice.name]
                + (voice.sex.map { [$0.rawValue] } ?? [])
        }
    }

    /// Prints records in JSON, or as rows: two columns, and what follows them separated by commas.
    private func list<Record: Encodable>(_ records: [Record], _ row: (Record) -> [String]) {
        if json { return records.forEach { Console.data(jsonLine($0)) } }
        let rows = records.map(row)
        let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let columns = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            Console.data(columns.joined(separator: "  ") + "  " + row.dropFirst(2).joined(separator: ", "))
        }
    }

    private func fail(_ error: SpeechError) {
        let error = error.advised
        if json { Console.data(jsonLine(FailureRecord(error))) } else { Console.note("rtmedia: \(error)") }
    }
}

/// A voice and its stand-in, in JSON.
struct VoiceRecord: Encodable {
    let voice: String
    let standIn: String
    let name: String
    let sex: Sex?
    let sexIsGuessed: Bool
    let pitchOffset: Int
    let explanation: String

    init(_ standIn: StandIn) {
        voice = standIn.name
        self.standIn = standIn.file
        name = standIn.voice.name
        sex = standIn.sex
        sexIsGuessed = standIn.isSexGuessed
        pitchOffset = standIn.pitchOffset
        explanation = "\(standIn)"
    }

    /// The pitch as people are told it.
    var pitch: [String] { pitchOffset == 0 ? [] : ["pitch \(pitchOffset > 0 ? "+" : "")\(pitchOffset)"] }
}

/// A voice of the machine, in JSON.
private struct LocalVoiceRecord: Encodable {
    let kind: String
    let file: String
    let languages: [String]
    let name: String
    let sex: Sex?

    init(_ voice: LocalVoice, kind: String) {
        self.kind = kind
        file = voice.file
        languages = voice.languages.map(\.tag)
        name = voice.name
        sex = voice.sex
    }
}
