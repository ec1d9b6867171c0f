import AudioConversion
import Foundation
import Glibc
import TelephonyAudio
import TestSupport
import Testing

/// How long an ffmpeg is waited for that delivers nothing.
@Suite(.waitingForTime, .timeLimit(.minutes(10))) struct FFmpegTimeoutTests {
    @Test("it is half a minute unless it is set")
    func usual() { #expect(ConversionLimits().ffmpegTimeout == .seconds(30)) }

    private static let sound =
        #"printf '\x2esnd\0\0\0\x1c\xff\xff\xff\xff\0\0\0\x06\0\0\x1f\x40\0\0\0\x01\0\0\0\0'; head -c 100000 /dev/zero"#
    private static let nothing = "ffmpeg sent nothing for 3.0 seconds and was stopped"
    private static let noEnd = "ffmpeg did not end within 3.0 seconds of its last output and was stopped"

    @Test(
        "an ffmpeg that hangs is ended when patience is over: before it has delivered anything, in the midst, or behind all",
        arguments: [("", nothing), (sound, nothing), ("exec >/dev/null", noEnd), ("\(sound); exec >/dev/null", noEnd)])
    func hangs(deliver: String, reason: String) async throws {
        let folder = TestFolder()
        try folder.write("#!/bin/bash\necho $$ > pid\n\(deliver)\nexec tail --pid=$PPID -f /dev/null\n", to: "text")
        // Not written by this process: a program that another test starts meanwhile would hold it open for a moment.
        try #require(try RunningProgram.run("install", ["-m", "755", "text", "ffmpeg"], in: folder.path).status == 0)
        let path = folder.path
        let input = "\(TestFiles.samples)/chime.webm"
        // PATH is a whole process's.
        await #expect(processExitsWith: .success) {
            [path = path as String, input = input as String, reason = reason as String] in
            setenv("PATH", "\(path):\(String(cString: getenv("PATH")))", 1)
            chdir(path)
            var options = ConversionOptions()
            options.limits.ffmpegTimeout = .seconds(3)
            options.acceptsPartial = true
            do throws(ConversionError) {
                _ = try AudioConverter(options: options).convert(.file(input))
                exit(2)
            } catch {
                guard error.code == .limit else { exit(3) }
                guard error.reason == reason else { exit(4) }
            }
        }
        let identifier = try #require(Int32(String(decoding: folder.bytes("pid"), as: UTF8.self).dropLast()))
        #expect(kill(identifier, 0) != 0 && errno == ESRCH)
    }
}
