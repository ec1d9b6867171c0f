import Foundation
import StudioPage
import Testing

/// The page in the executable.
@Suite struct StudioPageTests {
    private static let folder =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Sources/StudioPage/Page"

    @Test("has all its files, and as they are; Tests/studio-page --write lists them")
    func files() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { !$0.hasPrefix(".") }
        #expect(names.sorted() == StudioPage.files.keys.sorted())
        for name in names {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(Self.folder)/\(name)")))
            #expect(StudioPage.files[name]?.bytes == bytes, "\(name)")
        }
        #expect(StudioPage.files.values.allSatisfy { $0.contentType != "application/octet-stream" })
        #expect(Set(StudioPage.files.values.map(\.digest)).count == StudioPage.files.count)
    }
}
