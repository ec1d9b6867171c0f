import Foundation
import Glibc
import TestSupport
import Testing

/// What `rtmedia tune` and `rtmedia levels` make of recordings.
@Suite(.waiting) struct TuneTests {
    let place = Workplace()

    /// What `tune --json` tells.
    struct TuneRecord: Decodable {
        struct Parameters: Decodable, Equatable {
            let min_ms: Int
            let max_ms: Int
            let silence_ms: Int
            let analysistime_ms: Int
        }

        struct HeldOut: Decodable {
            let error: Double
            let false_talk: Double
            let missed: Double
            let clips: Int
            let interval: [Double]
        }

        struct File: Decodable {
            let file: String
            let label: String
            let answer: String
            let right: Bool
            let decided_ms: Double?
            let reason: String
        }

        struct Finding: Decodable {
            let subject: String
            let text: String
        }

        let recommendation: Parameters
        let held_out: HeldOut?
        let doubt: String?
        let command: String
        let call: String
        let files: [File]
        let findings: [Finding]
    }

    /// Twelve callers who say something of about 700 ms, and twelve tones of 2.5 s, with silence after them.
    init() throws {
        let recipe = """
            set -e; mkdir -p calls/human calls/machine
            for i in $(seq 12); do
              sox -D -n -r 8000 -b 16 calls/human/$i.wav synth 0.$((60 + i)) sine $((400 + i)) vol 0.3 pad 0.$((i + 10)) 1.2
              sox -D -n -r 8000 -b 16 calls/machine/$i.wav synth 2.5 sine $((300 + i)) vol 0.3 pad 0.$((i + 10)) 1.2
            done
            """
        let made = try place.shell(recipe)
        try #require(made.status == 0, "\(made.errors)")
    }

    private var environment: [String: String] { ["XDG_CACHE_HOME": "\(place.path)/cache"] }

    private func tune(_ arguments: String...) throws -> Workplace.Run {
        try place.run("rtmedia", ["tune"] + arguments, environment: environment)
    }

    private func record(_ run: Workplace.Run) throws -> TuneRecord {
        try #require(run.status == 0, "\(run.errors)")
        return try run.json(TuneRecord.self)
    }

    @Test("parameters are found, and the command to paste is one that the platform accepts")
    func found() throws {
        let run = try tune("calls", "--json")
        let record = try record(run)
        #expect(run.errors.isEmpty && run.text.split(separator: "\n").count == 1)
        let found = record.recommendation
        #expect(found.min_ms < 600 && (720..<2500).contains(found.max_ms) && found.silence_ms < 1200)
        #expect(record.files.count == 24 && record.files.allSatisfy { $0.right && !$0.reason.isEmpty })
        #expect(record.findings.isEmpty)
        let heldOut = try #require(record.held_out)
        #expect(heldOut.clips == 24 && heldOut.error == 0 && heldOut.interval[0] == 0 && heldOut.interval[1] > 0.1)
        #expect(heldOut.false_talk == 0 && heldOut.missed == 0)
        try place.write(Array(record.command.utf8), to: "command.json")
        let check = try place.rtmedia("validate", "command.json")
        #expect(check.status == 0, "\(check.text)")
        #expect(record.call.contains("minimum: .milliseconds(\(found.min_ms))"))
        // What is said of each file is what detect says.
        for file in record.files.prefix(3) {
            let detected = try place.rtmedia(
                "detect", file.file, "--json", "--min-ms", "\(found.min_ms)", "--max-ms", "\(found.max_ms)",
                "--silence-ms", "\(found.silence_ms)", "--analysistime-ms", "\(found.analysistime_ms)")
            #expect(detected.text.contains("\"result\":\"\(file.answer)\""))
            #expect(detected.text.contains("\"decided_ms\":\(file.decided_ms.map { "\(Int($0))" } ?? "null")"))
        }
    }

    @Test("people are told in words, and of each error why")
    func words() throws {
        // What is no talk at all, labelled as talk.
        let label =
            (["file,label"] + (1...12).map { "machine/\($0).wav,machine" } + (1...11).map { "human/\($0).wav,talk" })
            .joined(separator: "\n") + "\nquiet.wav,talk\n"
        try place.write(Array(label.utf8), to: "labels.csv")
        try #require(
            try place.shell("sox -D -n -r 8000 -b 16 calls/quiet.wav trim 0 3; rm calls/human/12.wav").status == 0)
        let run = try tune("calls", "--labels", "labels.csv", "--csv", "out/files.csv")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.text.contains("  Answer TALK as soon as someone has talked for more than "))
        #expect(run.text.contains("{\"command\":\"play_talk_detect\",\"command_id\":1,"))
        #expect(run.text.contains("PlayTalkDetect(.library(1234), minimum: .milliseconds("))
        #expect(
            run.text.contains(
                "1 judged wrongly:\n  calls/quiet.wav: 0: nothing reaches the threshold 512: the loudest frame has"))
        #expect(run.text.contains("held out (5 parts, twice): error "))
        let csv = String(decoding: try place.bytes("out/files.csv"), as: UTF8.self)
        #expect(csv.hasPrefix("file,label,answer,judged,decided_ms,reason,wrong_share\n"))
        #expect(csv.split(separator: "\n").count == 25 && csv.contains("calls/quiet.wav,talk,0,wrong,,"))
    }

    @Test("wrong labels are named with file and line, a damaged recording by name, and the run goes on")
    func findings() throws {
        try place.write(Array("RIFF but no more".utf8), to: "calls/machine/cut.wav")
        let lines = (1...12).flatMap { ["machine/\($0),machine", "human/\($0),human"] }
        try place.write(
            Array(
                (["file,label"] + lines + ["nobody,human", "machine/cut,machine", "human/1,humna"]).joined(
                    separator: "\n"
                ).utf8),
            to: "labels.csv")
        let run = try tune("calls", "--labels", "labels.csv", "--report", "report.html", "--json")
        let record = try record(run)
        #expect(record.files.count == 24)
        #expect(record.findings.map(\.subject).contains("labels.csv:26"))
        #expect(record.findings.contains { $0.subject == "labels.csv:28" && $0.text.contains("humna") })
        #expect(record.findings.contains { $0.subject == "calls/machine/cut.wav" })
        let page = String(decoding: try place.bytes("report.html"), as: UTF8.self)
        #expect(page.contains("labels.csv:26") && page.contains("calls/machine/cut.wav"))
        let told = try tune("calls", "--labels", "labels.csv", "-q")
        #expect(told.errors.contains("rtmedia: labels.csv:26: there is no recording nobody among the inputs\n"))
    }

    @Test("the report is one file that asks for nothing else")
    func report() throws {
        #expect(try tune("calls", "--report", "report.html", "-q").status == 0)
        let page = String(decoding: try place.bytes("report.html"), as: UTF8.self)
        for reference in ["http:", "https:", "src=", "href=", "@import", "url("] { #expect(!page.contains(reference)) }
        #expect(page.components(separatedBy: "<summary>Cost over ").count == 7)
        #expect(page.components(separatedBy: "<details class=\"numbers\">").count > 9)
        #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
        // All elements are closed in their order.
        let check = """
            import html.parser, sys
            class Check(html.parser.HTMLParser):
                def __init__(self): super().__init__(); self.open = []
                def handle_starttag(self, tag, attrs):
                    if tag not in ('meta', 'br'): self.open.append(tag)
                def handle_startendtag(self, tag, attrs): pass
                def handle_endtag(self, tag): assert self.open.pop() == tag, (tag, self.getpos())
            check = Check(); check.feed(open('report.html').read()); assert not check.open
            """
        let checked = try place.run("/usr/bin/python3", ["-c", check])
        #expect(checked.status == 0, "\(checked.errors)")
        // A file that exists is kept.
        #expect(try tune("calls", "--report", "report.html", "--seed", "2").status == 73)
        #expect(try tune("calls", "--report", "report.html", "--seed", "2", "--force", "-q").status == 0)
    }

    @Test("level files give the same result, bit for bit, in whatever parts and order, with however many threads")
    func levels() throws {
        let direct = try tune("calls", "--json", "--jobs", "1").output
        for jobs in ["2", "5"] {
            #expect(try tune("calls", "--json", "--jobs", jobs).output == direct)
        }
        for (part, folder) in [("a", "human"), ("b", "machine")] {
            let run = try place.rtmedia("levels", "calls/\(folder)", "-o", "\(part).levels", "--no-cache")
            #expect(run.status == 0 && run.errors.contains("12 recordings -> \(part).levels: "), "\(run.errors)")
        }
        try #require(try place.shell("mv calls gone").status == 0)
        let labels = (1...12).flatMap { ["human/\($0),talk", "machine/\($0),no-talk"] }.joined(separator: "\n")
        try place.write(Array(labels.utf8), to: "l.csv")
        func plain(_ bytes: [UInt8]) -> String {
            String(decoding: bytes, as: UTF8.self).replacing("calls/", with: "")
        }
        let one = try tune("a.levels", "b.levels", "--labels", "l.csv", "--json", "--jobs", "2")
        let other = try tune("b.levels", "a.levels", "--labels", "l.csv", "--json", "--jobs", "3")
        #expect(one.status == 0 && one.output == other.output)
        #expect(plain(one.output) == plain(direct))
        #expect(try place.rtmedia("levels", "b.levels", "a.levels", "-o", "all.levels").status == 0)
        #expect(try tune("all.levels", "--labels", "l.csv", "--json").output == one.output)
    }

    @Test("a recording counts once, also if it comes as audio and in level files, by whatever part of its path")
    func repetitions() throws {
        let expected = try record(tune("calls", "--json"))
        try #require(
            try place.shell(
                "rtmedia levels calls -o all.levels -q; rtmedia levels calls/human -o a.levels -q; rtmedia levels a.levels calls -o b.levels --json",
                environment: environment
            ).text.contains("\"recordings\":24}"))
        let found = try record(tune("a.levels", "calls", "all.levels", "b.levels", "--json"))
        #expect(
            found.files.map(\.file) == expected.files.map(\.file) && found.recommendation == expected.recommendation)
        let labels = (1...12).flatMap { ["human/\($0),talk", "machine/\($0),no-talk"] }.joined(separator: "\n")
        try place.write(Array(labels.utf8), to: "l.csv")
        let labelled = try record(tune("all.levels", "calls", "a.levels", "--labels", "l.csv", "--json"))
        #expect(labelled.findings.isEmpty && labelled.files.count == 24)
    }

    @Test("recordings are called by the paths that were given, which can be opened", arguments: ["../calls", "/calls"])
    func paths(folder: String) throws {
        let folder = folder.hasPrefix("/") ? place.path + folder : folder
        let line = "mkdir -p sub; cd sub; rtmedia tune \(folder) --no-cache"
        let record = try record(place.shell(line + " --json"))
        #expect(record.files.count == 24 && record.files.allSatisfy { $0.file.hasPrefix(folder + "/") })
        #expect(record.recommendation == (try self.record(tune("calls", "--json"))).recommendation)
        #expect(try place.shell(line + " -q --csv out.csv --report out.html").status == 0)
        let table = String(decoding: try place.bytes("sub/out.csv"), as: UTF8.self)
        #expect(table.contains("\n\(folder)/human/1.wav,talk,"))
        #expect(String(decoding: try place.bytes("sub/out.html"), as: UTF8.self).contains("\(folder)/human/1.wav"))
    }

    @Test("a level file that is damaged or hostile is a finding, and no crash")
    func damagedLevels() throws {
        #expect(try place.rtmedia("levels", "calls", "-o", "a.levels").status == 0)
        var bytes = try place.bytes("a.levels")
        bytes[bytes.count / 2] ^= 1
        try place.write(bytes, to: "damaged.levels")
        let alone = try tune("damaged.levels")
        #expect(alone.status == 65 && alone.errors.contains("damaged.levels: is damaged or ends early"))
        let record = try record(tune("damaged.levels", "calls", "--json"))
        #expect(record.findings.map(\.subject) == ["damaged.levels"] && record.files.count == 24)
    }

    @Test("levels are kept, by content, and what is damaged is measured anew")
    func cache() throws {
        #expect(try tune("calls", "-q").status == 0)
        let kept = place.files.filter { $0.hasPrefix("cache/rtmedia/levels/") && $0.hasSuffix(".levels") }
        #expect(kept.count == 24)
        let first = try tune("calls", "--json").output
        // Renamed recordings are found; a damaged entry is not trusted.
        try place.write(Array("RTLEVELS and nonsense".utf8), to: kept[0])
        let bytes = try place.bytes(kept[1])
        try place.write(Array(bytes.dropLast(100)), to: kept[1])
        #expect(try tune("calls", "--json").output == first)
        #expect(try place.bytes(kept[1]) == bytes)
        let run = try place.run("rtmedia", ["levels", "calls", "-o", "-", "--json"], environment: environment)
        #expect(run.status == 0 && run.errors.contains("\"cached\":24") && run.output.starts(with: "RTLEVELS".utf8))
    }

    @Test(
        "what ends it in the midst leaves whole entries and no others, and no output; the next run goes on from them",
        arguments: ["levels calls -o out", "tune calls --report out"], [SIGINT, SIGTERM, SIGKILL])
    func interrupted(command: String, signal: Int32) throws {
        let copies =
            "for i in $(seq 6); do cp calls/human/1.wav calls/human/x$i.wav; printf %04d $i >> calls/human/x$i.wav; done"
        #expect(try place.shell(copies).status == 0)
        let program = try place.start(
            "rtmedia", command.split(separator: " ").map(String.init) + ["--cache", "cache", "-q", "--jobs", "2"])
        // It runs a little at a time, so that it can't be over before it is interrupted.
        program.send(SIGSTOP)
        try place.wait(for: "levels", by: program) {
            if place.files.contains(where: { $0.hasPrefix("cache/") && $0.hasSuffix(".levels") }) { return true }
            program.send(SIGCONT)
            usleep(2000)
            program.send(SIGSTOP)
            return false
        }
        program.send(signal)
        program.send(SIGCONT)
        #expect(try program.wait() == 128 + signal, "\(program.said)")
        #expect(!place.files.contains("out") && place.temporaryFiles.isEmpty)
        let kept = place.files.filter { $0.hasPrefix("cache/") }
        #expect(!kept.isEmpty && kept.allSatisfy { $0.hasSuffix(".levels") })
        let next = try place.rtmedia("levels", "calls", "-o", "after.levels", "--cache", "cache", "--json")
        #expect(next.status == 0 && next.text.contains("\"cached\":\(kept.count),"))
        #expect(try place.rtmedia("levels", "calls", "-o", "alone.levels", "--no-cache", "-q").status == 0)
        #expect(try place.bytes("after.levels") == place.bytes("alone.levels"))
    }

    @Test("sub-folders of any names are labels")
    func folders() throws {
        try #require(try place.shell("mv calls/human calls/bob; mv calls/machine calls/robot").status == 0)
        let unknown = try tune("calls")
        #expect(unknown.status == 65 && unknown.errors.contains("nothing is known of the folder \"bob\"; --talk says"))
        #expect(try record(tune("calls", "--talk", "bob", "--json")).files.count { $0.label == "talk" } == 12)
    }

    @Test("labels that detect writes are read", arguments: ["txt", "TextGrid", "rttm", "csv"])
    func intervals(ending: String) throws {
        // Talk is what is over in two seconds: the tones have an interval that is called otherwise.
        let pattern = ["txt", "TextGrid"].contains(ending) ? "labels/{name}.\(ending)" : "labels.\(ending)"
        try #require(
            try place.shell(
                "mkdir flat; for i in $(seq 12); do cp calls/human/$i.wav flat/h$i.wav; done; for i in $(seq 12); do sox -D -n -r 8000 -b 16 flat/q$i.wav trim 0 1.$((i + 10)); done"
            ).status == 0)
        let detected = try place.run(
            "rtmedia", ["detect", "flat", "--command", "activity", "-q", "--labels", pattern], environment: environment)
        try #require(detected.status == 0, "\(detected.errors)")
        let record = try record(
            tune("flat", "--labels", ending == "txt" || ending == "TextGrid" ? "labels" : pattern, "--json"))
        #expect(record.files.count == 24 && record.findings.isEmpty, "\(record.findings)")
        #expect(record.files.allSatisfy { ($0.label == "talk") == $0.file.hasPrefix("flat/h") && $0.right })
    }

    @Test("what can't be used is told in one sentence")
    func refused() throws {
        #expect(try tune("nowhere").status == 66)
        #expect(try tune("calls", "--labels", "nowhere.csv").status == 66)
        #expect(try tune("calls", "--labels", "calls/human/1.wav").status == 64)
        #expect(try tune("calls", "--cost-second", "1").status == 64)
        let negative = try tune("calls", "--cost-missed", "-1")
        #expect(
            negative.status == 64
                && negative.errors.contains("price of a missed talk: -1.0: must lie in 0...1000; --cost-missed sets it")
        )
        #expect(try tune("calls", "--csv", "a", "--report", "a", "--force").status == 64)
        #expect(try tune("calls", "--thresholds", "512,x").status == 64)
        #expect(try tune("calls", "--thresholds", "512,512").status == 64)
        let one = try tune("calls/human", "--talk", "human")
        #expect(one.status == 65 && one.errors.contains("there are none without talk"))
        #expect(try tune("-").status == 64)
    }

    @Test("few recordings are too few to tell")
    func few() throws {
        try #require(try place.shell("rm calls/*/1?.wav calls/*/[4-9].wav").status == 0)
        #expect(try tune("calls").text.contains("too few recordings to tell: there are 3 recordings with talk"))
        #expect(try record(tune("calls", "--json")).doubt?.hasPrefix("too few recordings to tell") == true)
    }
}
