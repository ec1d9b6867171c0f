import Foundation
import Measuring
import RealTimeAPI

// What the protocol costs, beside Foundation and beside copying.

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 31

let columns = Columns(nameWidth: 52, width: 12)

var exchanges = [
    Measurement("RealTimeAPI", Exchange.ours), Measurement("JSONSerialization", Exchange.serialization),
    Measurement("JSONDecoder and JSONEncoder, without variables", Exchange.coders),
]
Measurement.run(&exchanges, rounds: rounds, repeats: 500)
columns.print("read a request of \(Exchange.request.count) bytes, write a read", "us", "of ours")
for exchange in exchanges {
    columns.print(exchange.name, decimal(exchange.median * 1e6), decimal(exchange.median / exchanges[0].median))
}

// One minute: the header of a WAV file, and 960000 bytes.
let audio =
    "UklGRiSmDgBXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQCmDgAA" + String(repeating: "AQIDBAUG", count: 160_000)
let answer = Response(.playWAVData(PlayWAVData(base64: audio))).json
let room = UnsafeMutableRawPointer.allocate(byteCount: answer.count, alignment: 64)
var minutes = [
    Measurement("memcpy", { Int(bitPattern: memcpy(room, answer, answer.count)) & 1 }),
    Measurement("copy into a new array", { answer.withUnsafeBufferPointer { Array($0).count } }),
    Measurement("write play_wav_data", { Response(.playWAVData(PlayWAVData(base64: audio))).json.count }),
    Measurement("read it", { try! Response(json: answer).commandID == nil ? 1 : 0 }),
    Measurement(
        "JSONEncoder",
        {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            return try! encoder.encode(["audio_data": audio]).count
        }),
]
Measurement.run(&minutes, rounds: rounds, repeats: 5)
print()
columns.print("one minute of audio, \(answer.count) bytes", "us", "of memcpy")
for minute in minutes {
    columns.print(minute.name, decimal(minute.median * 1e6), decimal(minute.median / minutes[0].median))
}
