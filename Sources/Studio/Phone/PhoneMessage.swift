import AudioConversion
import CallSimulation
import NIOHTTP1
import RealTimeAPI
import TelephonyAudio

/// What a phone sends beside audio.
enum PhoneMessage: Equatable {
    /// The first one: whom to call, and as whom.
    case call(PhoneOrder)
    case key(DTMFKey)
    case hangUp
    /// The microphone's rate is another from here on.
    case rate(Int)
    /// Nothing, from a phone without a microphone.
    case here
    /// The first one of a phone that can be called.
    case number(PhoneNumber)
    /// It takes the call that rings; the microphone's rate.
    case answer(Int)
    /// It does not.
    case refuse(isBusy: Bool)

    /// - Throws: 400 with what is wrong.
    init(_ text: String) throws(StudioError) {
        let json: JSON
        do throws(JSONError) { json = try JSONText(text).value } catch {
            throw StudioError(.badRequest, "the message is \(error)")
        }
        guard case .object = json else { throw StudioError(.badRequest, "the message must be an object") }
        let reader = BodyReader(json: json)
        switch try reader.text("type") {
        case "call": self = .call(try PhoneOrder(reader))
        case "key":
            guard let text = try reader.text("key"), text.count == 1, let key = DTMFKey(text.first!) else {
                throw StudioError(.badRequest, "key must be one of 0-9, A-D, * and #")
            }
            self = .key(key)
        case "hang_up": self = .hangUp
        case "rate": self = .rate(try reader.sampleRate())
        case "here": self = .here
        case "number":
            guard let number = PhoneNumber(try reader.text("number") ?? "") else {
                throw StudioError(
                    .badRequest, "number must be in the international format, as in +33612345678, to be called at it")
            }
            self = .number(number)
        case "answer": self = .answer(try reader.sampleRate())
        case "refuse": self = .refuse(isBusy: try reader.bool("busy"))
        default:
            throw StudioError(.badRequest, "type must be call, key, hang_up, rate, here, number, answer or refuse")
        }
    }
}

/// Whom a phone calls, and as whom.
struct PhoneOrder: Equatable {
    /// Its place among the handlers.
    let handler: Int
    /// Whether the platform calls the phone.
    let isOutbound: Bool
    /// Those that are given; nil for the usual ones.
    let number: String?
    let callerNumber: String?
    let callerName: String?
    /// The microphone's rate.
    let sampleRate: Int
    /// How the browser says that it processes what the microphone hears, each by its name.
    let processing: [String]

    init(_ reader: BodyReader) throws(StudioError) {
        handler = Int(try reader.number("handler", in: 0...1000) ?? 0)
        isOutbound = try reader.bool("outbound")
        number = try reader.text("number", limit: 100)
        callerNumber = try reader.text("cli_number", limit: 100)
        callerName = try reader.text("cli_name", limit: 100)
        sampleRate = try reader.sampleRate()
        let microphone = BodyReader(json: reader.json["microphone"] ?? .object([]))
        var processing: [String] = []
        for (member, name) in [
            ("echo_cancellation", "echo cancellation"), ("noise_suppression", "noise suppression"),
            ("auto_gain_control", "automatic gain control"),
        ] {
            if try microphone.bool(member) { processing.append(name) }
        }
        self.processing = processing
    }

    /// The call, as far as the order says.
    func apply(to setup: inout CallSetup) {
        setup.isOutbound = isOutbound
        setup.number = number ?? setup.number
        setup.callerNumber = callerNumber ?? setup.callerNumber
        setup.callerName = callerName ?? setup.callerName
    }
}

extension BodyReader {
    fileprivate func sampleRate() throws(StudioError) -> Int {
        let rates = StreamResampler.sampleRates
        let range = Double(rates.lowerBound)...Double(rates.upperBound)
        guard let rate = try number("rate", in: range) else {
            throw StudioError(.badRequest, "rate must be that of the microphone, in hertz")
        }
        return Int(rate)
    }
}

extension JSON {
    /// Something that happened in a call, as a phone is told.
    static func event(_ event: Transcript.Event) -> JSON {
        let (text, isCut) = event.text.cut(atMost: 100_000)
        return .object([
            JSON.Member("type", .string("event")), JSON.Member("time_ms", .integer(event.timeMs)),
            JSON.Member("leg", .string(event.leg.rawValue)), JSON.Member("kind", .string(event.kind.rawValue)),
            JSON.Member("text", .string(text)), JSON.Member("is_cut", .bool(isCut)),
            JSON.Member("answer_ms", .double(event.answerMs)),
        ])
    }

    /// How a call ended, and how its frames kept time.
    static func over(_ members: [JSON.Member], _ duration: Duration, _ figures: LiveLine.Figures) -> JSON {
        .object(
            [JSON.Member("type", .string("over"))] + members + [
                JSON.Member("duration_ms", .milliseconds(duration)),
                JSON.Member("frames", .integer(figures.frameCount)),
                JSON.Member("missing_frames", .integer(figures.missingCount)),
                JSON.Member("dropped_frames", .integer(figures.droppedCount)),
                JSON.Member("unsent_frames", .integer(figures.unsentCount)),
                JSON.Member("lost_ms", .milliseconds(figures.lostTime)),
                JSON.Member("late_ms", .integer(figures.lateness(part: 0.99))),
            ])
    }

    /// What went wrong.
    static func phoneError(_ message: String) -> JSON {
        .object([JSON.Member("type", .string("error")), JSON.Member("message", .string(message))])
    }
}

extension String {
    /// Its beginning, of so many bytes at the most, and whether there is more.
    func cut(atMost limit: Int) -> (text: String, isCut: Bool) {
        guard utf8.count > limit else { return (self, false) }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return (String(self[..<end]), true)
    }
}
