import AudioConversion
import Files
import TelephonyAudio

/// Turns drawings into PNG, by ffmpeg.
enum PNGRenderer {
    /// - Parameters:
    ///   - svg: a whole document.
    ///   - name: the file it is for.
    /// - Throws: `unavailable` if ffmpeg is not installed or can't draw.
    static func render(_ svg: [UInt8], name: String) throws(ConversionError) -> [UInt8] {
        guard let ffmpeg = ChildProcess.find("ffmpeg") else {
            throw ConversionError(
                .unavailable, file: name, "needs ffmpeg; install it with: apt-get install ffmpeg; .svg needs nothing")
        }
        let file: OpenFile
        do throws(SystemError) {
            file = try OpenFile.temporary()
            try file.write(svg.span.bytes, at: 0)
        } catch {
            throw ConversionError(
                .inputOutput, file: name, "no temporary file can be written in TMPDIR: \(error.reason)")
        }
        let arguments =
            ["-nostdin", "-loglevel", "error", "-f", "svg_pipe", "-i", "file:/dev/fd/3", "-frames:v", "1"]
            + ["-c:v", "png", "-f", "image2pipe", "pipe:1"]
        let child = try attempt(on: name) { () throws(SystemError) in
            try ChildProcess(ffmpeg, arguments: arguments, input: file)
        }
        var png: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { bytes in
                (try? child.read(into: bytes, patience: .seconds(30))) ?? -1
            }
            guard count >= 0 else { throw ConversionError(.inputOutput, file: name, "ffmpeg did not draw it in time") }
            if count == 0 { break }
            png += buffer[..<count]
        }
        guard child.wait() == .code(0), !png.isEmpty else {
            throw ConversionError(
                .unavailable, file: name,
                "ffmpeg can't draw: \(String(decoding: child.errorText, as: UTF8.self)); .svg needs nothing")
        }
        return png
    }
}
