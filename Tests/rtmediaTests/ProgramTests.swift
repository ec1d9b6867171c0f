import Foundation
import TestSupport
import Testing

/// The tool is two programs: one that starts quickly, and `rtmedia-full`, which it becomes for what it has not.
@Suite(.waiting) struct ProgramTests {
    let place = Workplace()

    @Test("without rtmedia-full beside it the quick program does what it can, and says what it can't")
    func alone() throws {
        try #require(try place.shell("mkdir alone; cp '\(Workplace.products)/rtmedia' alone/").status == 0)
        let alone = "\(place.path)/alone/rtmedia"
        try place.copy("chime.mp3")
        #expect(try place.run(alone, ["convert", "chime.mp3"]).status == 0)
        #expect(try place.run(alone, ["--version"]).text == place.rtmedia("--version").text)
        #expect(try place.run(alone, ["convert", "--help"]).text == place.rtmedia("help", "convert").text)
        for words in [["serve"], ["call", "http://127.0.0.1:1/"], ["tune", "x"], ["levels", "x"], ["--help"], []] {
            let missing = try place.run(alone, words)
            #expect(missing.status == 69 && missing.output.isEmpty)
            #expect(missing.errors.hasPrefix("rtmedia: rtmedia-full: is not beside \(alone); "), "\(missing.errors)")
        }
        let elsewhere = try place.run(alone, ["schema", "--help"], environment: ["RTMEDIA_FULL": "/nonexistent"])
        #expect(elsewhere.status == 0)
        let lost = try place.run(alone, ["tune"], environment: ["RTMEDIA_FULL": "/nonexistent"])
        #expect(lost.status == 69 && lost.errors.contains("neither at /nonexistent (RTMEDIA_FULL) nor beside"))
        let found = try place.run(
            alone, ["tune", "--help"], environment: ["RTMEDIA_FULL": "\(Workplace.products)/rtmedia-full"])
        #expect(try found.status == 0 && found.text == place.rtmedia("tune", "--help").text)
    }

    @Test(
        "both programs say and do the same",
        arguments: [
            ["convert", "--help"], ["convert", "chime.mp3", "--loud"], ["inspect"], ["detect", "chime.mp3", "--json"],
            ["validate", "nosuch.json"], ["schema"], ["--version"], ["convert", "--version"], ["inspect", "chime.mp3"],
            ["convert", "chime.mp3", "--pad", "-1"], ["convert", "chime.mp3", "-o", "out.mp3"], ["convert", "-"],
        ])
    func alike(words: [String]) throws {
        try place.copy("chime.mp3")
        let quick = try place.run("rtmedia", words)
        let whole = try place.run("rtmedia-full", words)
        #expect(quick.output == whole.output && quick.errors == whole.errors && quick.status == whole.status)
    }

    @Test("a file whose name is no text is the same file for rtmedia-full")
    func names() throws {
        let run = try place.shell(#"n=$'\xff.levels'; printf x > "$n"; rtmedia levels "$n" -o out.levels; echo $?"#)
        #expect(!run.errors.contains("can't be started"))
    }

    @Test("the quick program is small, and links neither Foundation nor what serves")
    func small() throws {
        try #require(try place.shell("strip -o stripped '\(Workplace.products)/rtmedia'").status == 0)
        guard Workplace.isOptimized else { return }
        #expect(try place.bytes("stripped").count < 15_000_000)
        let names = try place.shell(
            "strings -a stripped | grep -c 'FoundationEssentials\\|NIOPosix\\|BoringSSL' || true")
        #expect(names.text == "0\n")
    }
}
