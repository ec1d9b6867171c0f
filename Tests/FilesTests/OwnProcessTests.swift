import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Files

/// What the process knows of itself and of the machine.
@Suite(.waiting) struct OwnProcessTests {
    @Test("a variable that is not set is nil, one that is empty is not")
    func environment() async {
        // In a process of its own, whose other threads do not read it meanwhile.
        await #expect(processExitsWith: .success) {
            let name = "RTMEDIA_TEST"
            #expect(Environment[name] == nil && Environment.folder(name) == nil)
            for (value, folder) in [("", nil), ("relative", nil), ("/tmp", "/tmp")] {
                try Environment.set(name, to: value)
                #expect(Environment[name] == value && Environment.folder(name) == folder)
            }
        }
    }

    @Test("it may run on the processors that its mask names")
    func processors() throws {
        let nproc = try ChildProcess(
            try #require(ChildProcess.find("nproc")), arguments: [], input: OpenFile.temporary())
        var bytes = [UInt8](repeating: 0, count: 100)
        let length = try bytes.withUnsafeMutableBytes { try nproc.read(into: $0, patience: .seconds(600)) }
        let count = Int(String(decoding: bytes[..<length].dropLast(), as: UTF8.self))
        #expect(ProcessorCount.usable == count)
    }

    @Test("the program that runs is a file that can be run")
    func executable() throws {
        #expect(FileAccess.canExecute(try #require(OwnProcess.executable)))
    }

    @Test("the limit of open files is raised, and told")
    func openFiles() throws {
        var limit = rlimit()
        let count = try #require(ProcessLimits.raiseOpenFiles())
        try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        #expect(count == Int(clamping: limit.rlim_cur) && limit.rlim_cur == limit.rlim_max)
    }

    @Test("a pipe is no terminal, and has no columns")
    func terminal() throws {
        let file = try OpenFile(reading: "/dev/null")
        #expect(!Terminal.isTerminal(file.descriptor.rawValue))
        #expect(Terminal.columns(of: file.descriptor.rawValue) == nil)
        #expect(!Terminal.isTerminal(-1) && StandardStreams.ownDescriptor(for: 12345) == -1)
    }

    @Test("the time of day is the system's")
    func time() {
        let now = Date().timeIntervalSince1970
        #expect(abs(Double(WallClock.second) - now) < 5)
        #expect(abs(Double(WallClock.microsecond) / 1e6 - now) < 5)
    }

    @Test(
        "a second has a day and a time",
        arguments: [
            // As date(1) prints them: the first second, a leap day, the last second of a year.
            (0, [1970, 1, 1, 4, 0, 0, 0]), (951_782_400, [2000, 2, 29, 2, 0, 0, 0]),
            (1_798_761_599, [2026, 12, 31, 4, 23, 59, 59]),
        ])
    func calendar(second: Int, parts: [Int]) {
        let time = UTCTime.at(second)
        #expect([time.year, time.month, time.day, time.weekday, time.hour, time.minute, time.second] == parts)
    }
}
