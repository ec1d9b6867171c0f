import Foundation
import Testing

@testable import CallFlows

/// Audio files in base64, each converted once.
@Suite struct AudioFilesTests {
    /// A folder with the chime in it, for as long as something is done with it.
    private func withChime(_ body: (_ folder: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rtmedia-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(
            atPath: "\(packageFolder)/samples/audio/chime.flac", toPath: folder.appending(path: "a.flac").path)
        try await body(folder.path)
    }

    @Test func `what was converted is kept, within the bound`() async throws {
        try await withChime { folder in
            let all = AudioFiles(folder: folder)
            let text = try await all.base64("a.flac")
            let exact = AudioFiles(folder: folder, maximumByteCount: text.utf8.count)
            let less = AudioFiles(folder: folder, maximumByteCount: text.utf8.count - 1)
            for files in [exact, less] { #expect(try await files.base64("a.flac") == text) }
            try FileManager.default.removeItem(atPath: "\(folder)/a.flac")
            for files in [all, exact] { #expect(try await files.base64("a.flac") == text) }
            await #expect(throws: AudioFileError.self) { try await less.base64("a.flac") }
        }
    }

    @Test func `names are relative to the folder unless they are paths from the root`() async throws {
        try await withChime { folder in
            let text = try await AudioFiles(folder: folder).base64("a.flac")
            #expect(text.hasPrefix("UklGR"))
            #expect(try await AudioFiles(folder: "/nosuch").base64("\(folder)/a.flac") == text)
            await #expect(throws: AudioFileError.self) { try await AudioFiles(folder: "/nosuch").base64("a.flac") }
        }
    }

    @Test func `a file that failed is tried again`() async throws {
        try await withChime { folder in
            let files = AudioFiles(folder: folder)
            let error = await #expect(throws: AudioFileError.self) { try await files.base64("b.flac") }
            #expect(error?.description.contains("b.flac") == true)
            try FileManager.default.moveItem(atPath: "\(folder)/a.flac", toPath: "\(folder)/b.flac")
            #expect(try await files.base64("b.flac").hasPrefix("UklGR"))
        }
    }
}
