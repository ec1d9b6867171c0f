import Glibc

// Stops rtmedia-benchmarks between two runs, so that the temporary folder goes too; the child gets the signal itself.
for number in [SIGINT, SIGTERM] { signal(number) { _ in isInterrupted = true } }

do throws(BenchmarkError) {
    let options = try Options(CommandLine.arguments.dropFirst())
    if options.isHelp {
        print(Options.help)
    } else {
        let report = try run(options)
        print(options.isJSON ? report.json : report.table)
    }
} catch {
    Progress.clear()
    writeToStandardError("rtmedia-benchmarks: \(error.message)\n")
    exit(error.exitCode)
}

/// Makes the material, and measures the cases that are asked for.
func run(_ options: Options) throws(BenchmarkError) -> Report {
    let tools = try Tools(rtmedia: options.rtmedia)
    let material = try Material(tools)
    defer { material.remove() }
    var report = Report(rounds: options.rounds, tools: try tools.versions(in: material.folder))
    for speedCase in SpeedCase.all where options.selects(speedCase.name) {
        report.speed += try speedCase.measure(material, rounds: options.rounds)
    }
    if options.selects(memoryCaseName) { report.memory = try measureMemory(material) }
    if options.selects(qualityCaseName) { report.quality = try measureQuality(material) }
    Progress.clear()
    return report
}
