import AudioConversion
import TelephonyAudio

for path in CommandLine.arguments.dropFirst() {
    var options = ConversionOptions()
    options.acceptsPartial = path.hasPrefix("+")
    let path = path.hasPrefix("+") ? String(path.dropFirst()) : path
    do throws(ConversionError) {
        let (audio, report) = try AudioConverter(options: options).convert(.file(path))
        print(path, audio.duration, report.container, report.encoding, report.decoder, report.sampleRate, report.streamCount, report.warnings.map { "\($0)" })
    } catch { print(error, error.code) }
}
