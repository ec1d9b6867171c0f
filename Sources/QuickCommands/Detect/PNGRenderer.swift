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
        let png: [UInt8]
        do throws(ChildProcess.Failure) { png = try output(of: child) } catch {
            switch error {
            case .timedOut: throw ConversionError(.inputOutput, file: name, "ffmpeg did not draw it in time")
            case .failed(let error):
                throw ConversionError(.inputOutput, file: name, "reading from ffmpeg failed: \(error.reason)")
            }
        }
        guard child.wait(until: .now + timeout) == .code(0), !png.isEmpty else {
            throw ConversionError(
                .unavailable, file: name,
                "ffmpeg can't draw: \(String(decoding: child.errorText, as: UTF8.self)); .svg needs nothing")
        }
        return png
    }

    /// The same as where ffmpeg decodes.
    private static let timeout = ConversionLimits().ffmpegTimeout

    private static func output(of child: ChildProcess) throws(ChildProcess.Failure) -> [UInt8] {
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var bytes = buffer.mutableSpan
            let count = try bytes.withUnsafeMutableBytes { (buffer) throws(ChildProcess.Failure) in
                try child.read(into: buffer, patience: timeout)
            }
            if count == 0 { return output }
            output += buffer[..<count]
        }
    }
}
