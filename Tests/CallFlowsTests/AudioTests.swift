import CallFlows
import Foundation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// Audio that flows play.
@Suite struct AudioTests {
    @Test func `a file is converted once, however many calls play it`() async throws {
        let folder = TestFolder()
        let file = URL(filePath: folder("a.flac"))
        try FileManager.default.copyItem(atPath: "\(packageFolder)/samples/audio/chime.flac", toPath: file.path)
        var options = FlowHostOptions()
        options.audioFolder = folder.path
        let host = FlowHost(
            quiet: CallFlow("audio", version: 1) { call in try await call.play(.audio("a.flac")) }, options: options)
        let first = try #require(await host.respond(to: try Platform(call: 1).request).command)
        guard case .playWAVData(let played) = first else { throw CancellationError() }
        #expect(played.audioData.hasPrefix("UklGR"))
        // Whoever read it again would find nothing.
        try FileManager.default.removeItem(at: file)
        try await withThrowingTaskGroup { group in
            for call in 2...20 {
                group.addTask { await host.respond(to: try Platform(call: UInt64(call)).request).command }
            }
            for try await command in group { #expect(command == first) }
        }
    }

    @Test func `a sound is sent, and not asked for again by a run that has its result`() async throws {
        let flow = CallFlow("sound", version: 1) { call in
            try await call.play(.sound(.dtmf([.init(row: 0, column: 0)], duration: .milliseconds(50), pause: .zero)))
            try await call.play(.library(1))
        }
        var platform = try Platform()
        let answer = await FlowHost(quiet: flow).respond(to: platform.request)
        #expect(answer.name == "play_wav_data" && !answer.findings.contains { $0.severity == .error })
        platform.report("0", after: answer)
        #expect(await FlowHost(quiet: flow).respond(to: platform.request).name == "play")
    }
}
