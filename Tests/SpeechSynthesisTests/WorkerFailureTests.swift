import Foundation
import Glibc
import SpeechSynthesis
import TelephonyAudio
import TestSupport
import Testing

/// A worker that crashes, hangs, lies or is not there is an error for its text, and for no other.
@Suite(.waiting) struct WorkerFailureTests {
    private func utterance(_ text: String) -> Utterance { Utterance(text, voice: "roa/fr") }

    private static let limits: SpeechLimits = {
        var limits = SpeechLimits()
        limits.patience = .seconds(600)
        limits.maximumDuration = .seconds(60)
        limits.concurrency = 4
        return limits
    }()

    /// What a text with a word makes the worker do, and what is said of it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let word: String
        let shell: String
        let code: SpeechError.Code
        let message: String

        var testDescription: String { word }
    }

    static let faults = [
        Fault(word: "CRASH", shell: "kill -FPE $$", code: .engine, message: "crashed on it (Floating point exception)"),
        Fault(word: "KILL", shell: "kill -KILL $$", code: .engine, message: "crashed on it (Killed)"),
        Fault(word: "HANG", shell: "exec sleep 1000", code: .limit, message: "took longer than 8.0 seconds"),
        Fault(
            word: "MUTE", shell: "exec >&- 2>&-; exec sleep 1000", code: .limit, message: "took longer than 8.0 seconds"
        ),
        Fault(
            word: "SLOW", shell: "echo 22050; while :; do echo x; sleep 0.1; done", code: .limit,
            message: "took longer than 8.0 seconds"),
        Fault(word: "LONG", shell: "echo 22050; exec yes", code: .limit, message: "becomes longer than is accepted"),
        Fault(
            word: "FAIL", shell: "echo 'cannot go on' >&2; exit 1", code: .engine,
            message: "failed with exit code 1: cannot go on"),
        Fault(
            word: "ODD", shell: "printf '22050\\nxyz'; exit 0", code: .unavailable,
            message: "does not answer like rtmedia-speech"),
        Fault(
            word: "LIE", shell: "exec yes | head -n 9", code: .unavailable,
            message: "does not answer like rtmedia-speech"),
        Fault(word: "NOTHING", shell: "exit 0", code: .unavailable, message: "does not answer like rtmedia-speech"),
        Fault(
            word: "CHATTER", shell: "yes >&2 & sleep 0.2; kill $!; exit 3", code: .engine,
            message: "failed with exit code 3: y"),
    ]

    @Test("a text that ends or stops the worker is an error of its own, and the others are spoken", arguments: faults)
    func fault(_ fault: Fault) async throws {
        let script = try WorkerScript("if [ \"$word\" = \(fault.word) ]; then \(fault.shell); fi")
        var limits = Self.limits
        // The others have it too, and a processor that they share with all other tests.
        if fault.message.hasPrefix("took longer") { limits.patience = .seconds(8) }
        let synthesizer = SpeechSynthesizer(worker: script.path, limits: limits)
        let expected = try await SpeechSynthesizer().speech(for: utterance("avant 0")).pcm
        let outcomes = await withTaskGroup(of: (Bool, SpeechError?).self) { group in
            for index in 0..<6 {
                group.addTask {
                    (
                        false,
                        await error { () throws(SpeechError) in
                            try await synthesizer.speech(for: utterance("avant \(index)"))
                        }
                    )
                }
            }
            group.addTask {
                (
                    true,
                    await error { () throws(SpeechError) in
                        try await synthesizer.speech(for: utterance("un \(fault.word)"))
                    }
                )
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let failure = try #require(outcomes.first { $0.0 }?.1)
        #expect(failure.code == fault.code && failure.reason.contains(fault.message), "\(failure)")
        #expect(outcomes.filter { !$0.0 }.allSatisfy { $0.1 == nil } && outcomes.count == 7)
        #expect(try await synthesizer.speech(for: utterance("avant 0")).pcm == expected)
    }

    @Test("a failure is not kept: the same text is tried again")
    func retry() async throws {
        let script = try WorkerScript("if [ \"$word\" = ONCE ] && mkdir once; then exit 1; fi")
        let synthesizer = SpeechSynthesizer(worker: script.path, limits: Self.limits)
        #expect(
            await error { () throws(SpeechError) in try await synthesizer.speech(for: utterance("ONCE")) }?.code
                == .engine)
        #expect(try await !synthesizer.speech(for: utterance("ONCE")).pcm.bytes.isEmpty)
    }

    @Test("a worker that is killed from outside is an error for its text")
    func killed() async throws {
        let script = try WorkerScript("if [ \"$word\" = HANG ]; then exec sleep 1000; fi")
        let synthesizer = SpeechSynthesizer(worker: script.path, limits: Self.limits)
        async let failure = error { () throws(SpeechError) in try await synthesizer.speech(for: utterance("HANG")) }
        while script.spoken.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        kill(script.spoken[0], SIGKILL)
        let told = await failure
        #expect(told?.code == .engine && told?.reason.contains("Killed") == true)
    }

    @Test("cancelling ends the caller at once, and the worker, unless another caller waits for the same text")
    func cancellation() async throws {
        let script = try WorkerScript("if [ \"$word\" = HANG ]; then while [ ! -e go ]; do sleep 0.01; done; fi")
        let synthesizer = SpeechSynthesizer(worker: script.path, limits: Self.limits)
        func start(_ text: String) -> Task<SpeechError?, Never> {
            Task { await error { () throws(SpeechError) in try await synthesizer.speech(for: utterance(text)) } }
        }
        let first = start("HANG"), second = start("HANG"), alone = start("HANG alone")
        while script.spoken.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        first.cancel()
        alone.cancel()
        #expect(await first.value?.code == .cancelled)
        #expect(await alone.value?.code == .cancelled)
        // One of the two is ended, the one that somebody waits for is not.
        while script.spoken.allSatisfy({ kill($0, 0) == 0 }) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(script.spoken.filter { kill($0, 0) == 0 }.count == 1)
        try EngineTool.touch("\(script.folder)/go")
        #expect(await second.value == nil)
    }

    @Test("a task that is cancelled already starts nothing")
    func cancelledBefore() async throws {
        let script = try WorkerScript("")
        let synthesizer = SpeechSynthesizer(worker: script.path, limits: Self.limits)
        _ = try await synthesizer.catalog()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await error { () throws(SpeechError) in try await synthesizer.speech(for: utterance("Bonjour")) }
        }
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(script.spoken.isEmpty)
    }

    @Test(
        "a library or data that is missing or broken is unavailable, and names the package",
        arguments: [
            (": > bin/libespeak-ng.so.1", "apt-get install libespeak-ng1 espeak-ng-data"),
            (
                "sed 's/libespeak-ng.so.1/libespeak-ng.so.9/' \(WorkerScript.real) > bin/worker; chmod +x bin/worker; exec bin/worker \"$@\"",
                "apt-get install libespeak-ng1 espeak-ng-data"
            ),
            (
                "sed 's#/espeak-ng-data#/espeak-no-data#g' $(ldd \(WorkerScript.real) | grep -o '/[^ ]*libespeak-ng.so.1') > bin/libespeak-ng.so.1",
                "apt-get install espeak-ng-data"
            ),
        ])
    func missingEngine(recipe: String, remedy: String) async throws {
        let script = try WorkerScript("mkdir -p bin; export LD_LIBRARY_PATH=$PWD/bin; \(recipe)")
        let synthesizer = SpeechSynthesizer(worker: script.path)
        let failure = await error { () throws(SpeechError) in try await synthesizer.speech(for: utterance("Bonjour")) }
        #expect(failure?.code == .unavailable && failure?.subject == "espeak-ng")
        #expect(failure?.reason.contains("install it with: \(remedy)") == true, "\(String(describing: failure))")
    }

    @Test(
        "another program in the worker's place is unavailable, whatever it does with arguments it does not know",
        arguments: ["/bin/cat", "/bin/false", "/bin/echo", "/bin/ls"])
    func wrongWorker(path: String) async throws {
        let synthesizer = SpeechSynthesizer(worker: path)
        let failure = await error { () throws(SpeechError) in try await synthesizer.speech(for: utterance("Bonjour")) }
        #expect(failure?.code == .unavailable && failure?.subject == path, "\(failure?.description ?? "")")
    }

    @Test(
        "a worker that floods its list, may not be started, or has no memory says so, and names nothing that nobody has set"
    )
    func wording() async throws {
        func failure(_ path: String) async -> SpeechError? {
            let synthesizer = SpeechSynthesizer(worker: path)
            return await error { () throws(SpeechError) in try await synthesizer.speech(for: utterance("Bonjour")) }
        }
        let flood = try WorkerScript("if [ \"$1\" = --voices ]; then exec yes; fi")
        let flooded = await failure(flood.path)
        #expect(
            flooded?.code == .unavailable
                && flooded?.reason == "does not list its voices as rtmedia-speech does: writes more than 4194304 bytes")
        let refused = await failure("\(flood.folder)/text")
        #expect(refused?.code == .unavailable && refused?.reason == "can't be started: Permission denied")
        let other = await failure("/bin/true")
        #expect(other?.reason == "does not answer like rtmedia-speech")
        let poor = try WorkerScript("echo 'rtmedia-speech: there is too little memory for it' >&2; exit 71")
        #expect(await failure(poor.path)?.code == .unavailable)
        let unmapped = try WorkerScript(
            "echo 'worker: error while loading shared libraries: libespeak-ng.so.1: failed to map segment' >&2; exit 127"
        )
        let told = await failure(unmapped.path)
        #expect(told?.code == .unavailable && told?.reason.contains("install") == false, "\(told?.description ?? "")")
    }

    @Test("a worker of another version, which does not know an option, is unavailable")
    func oldWorker() async throws {
        let script = try WorkerScript(
            "if [ \"$1\" = --voice ]; then echo 'rtmedia-speech: --phonemes: is not known; say --voice' >&2; exit 64; fi"
        )
        let synthesizer = SpeechSynthesizer(worker: script.path)
        let failure = await error { () throws(SpeechError) in try await synthesizer.speech(for: utterance("Bonjour")) }
        #expect(
            failure?.code == .unavailable && failure?.reason.contains("is not rtmedia-speech of this version") == true)
    }

    @Test(
        "a worker that is not there, no program, or another program is unavailable",
        arguments: ["none", "text", "/bin/true"])
    func missingWorker(name: String) async throws {
        let script = try WorkerScript("")
        let path = name.hasPrefix("/") ? name : "\(script.folder)/\(name)"
        let synthesizer = SpeechSynthesizer(worker: path)
        let failure = await error { () throws(SpeechError) in try await synthesizer.speech(for: utterance("Bonjour")) }
        #expect(failure?.code == .unavailable)
    }
}
