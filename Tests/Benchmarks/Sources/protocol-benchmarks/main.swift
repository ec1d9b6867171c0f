import Foundation
import RealTimeProtocol

// What the protocol costs, beside Foundation and beside copying.

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 31

func row(_ name: String, _ columns: String...) {
    print(
        name.padding(toLength: 52, withPad: " ", startingAt: 0)
            + columns.map { String(repeating: " ", count: max(1, 12 - $0.count)) + $0 }.joined())
}

func decimal(_ value: Double) -> String { String(format: "%.2f", value) }

var exchanges = [
    Measurement("RealTimeProtocol", Exchange.ours), Measurement("JSONSerialization", Exchange.serialization),
    Measurement("JSONDecoder and JSONEncoder, without variables", Exchange.coders),
]
Measurement.run(&exchanges, rounds: rounds, repeats: 500)
row("read a request of \(Exchange.request.count) bytes, write a read", "us", "of ours")
for exchange in exchanges {
    row(exchange.name, decimal(exchange.median * 1e6), decimal(exchange.median / exchanges[0].median))
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
row("one minute of audio, \(answer.count) bytes", "us", "of memcpy")
for minute in minutes { row(minute.name, decimal(minute.median * 1e6), decimal(minute.median / minutes[0].median)) }
