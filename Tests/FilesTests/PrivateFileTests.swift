import Files
import Foundation
import Glibc
import TestSupport
import Testing

/// Files that hold a secret.
@Suite(.waiting) struct PrivateFileTests {
    /// The path of a file in folders that are not there yet.
    private func withPath<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let folder = TestFolder()
        return try await body(folder("some/where/secret"))
    }

    @Test func `a file that many make at the same time is that of one`() async throws {
        try await withPath { path in
            let seen = try await withThrowingTaskGroup { group in
                for number in 0..<20 {
                    group.addTask {
                        try PrivateFile(path).create(Array("secret \(number)".utf8))
                        return try PrivateFile(path).read()
                    }
                }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(seen.count == 1)
            let folder = URL(filePath: path).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["secret"])
        }
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o644] as [mode_t])
    func `a file that others can read is refused`(_ mode: mode_t) async throws {
        try await withPath { path in
            try PrivateFile(path).create([1])
            #expect(try PrivateFile(path).read() == [1])
            chmod(path, mode)
            #expect(throws: PrivateFileError.self) { try PrivateFile(path).read() }
        }
    }

    @Test func `a file that is missing, or long, is told`() async throws {
        try await withPath { path in
            #expect(!PrivateFile(path).exists)
            #expect(throws: PrivateFileError.self) { try PrivateFile(path).read() }
            try PrivateFile(path).create([UInt8](repeating: 65, count: 1025))
            #expect(throws: PrivateFileError.self) { try PrivateFile(path).read() }
        }
    }
}
