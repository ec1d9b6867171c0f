import AudioConversion
import CallSimulation
import Foundation
import NIOCore
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

@testable import Studio

/// Phones of one studio that meet, over real sockets.
@Suite(.waitingForTime, .timeLimit(.minutes(15))) struct PhoneMeetingTests {
    private static let number = "+33123456700"
    private static let dial =
        #"{"command":"dialout","params":{"targets":[{"number":"\#(number)","timeout":20}]}}"#

    private func serve<Value: Sendable>(
        _ steps: String, limits: StudioLimits = StudioLimits(),
        _ body: @escaping @Sendable (TestStudio) async throws -> Value
    ) async throws -> Value {
        let handler = try HandlerProgram.steps("[\(steps)]")
        let value = try await TestStudio.serve(
            TestFolder(), limits: limits, handlers: [PhoneTests.setup(handler)], body)
        withExtendedLifetime(handler) {}
        return value
    }

    /// What came of a call.
    private struct Result: Sendable {
        var heard: [Int16] = []
        var loudFrames = 0
        var told: [String: JSON] = [:]
    }

    /// Says a tone, a frame for each that is heard, until the connection is closed.
    ///
    /// - Parameter body: is told of each frame how many were loud so far.
    private static func talk(
        _ phone: PhoneClient, _ frequency: Double, _ body: (Result) -> Void = { _ in }
    ) throws -> Result {
        var result = Result()
        while let message = try phone.next() {
            switch message {
            case .audio(let frame):
                let start = result.heard.count
                phone.say((start..<start + 160).map { Int16(8000 * sin(2 * .pi * frequency * Double($0) / 8000)) })
                result.heard += frame
                if frame.contains(where: { abs(Int($0)) > 5000 }) { result.loudFrames += 1 }
                body(result)
            case .told(let json): result.told[json["type"]?.text ?? ""] = json
            case .close(let code): #expect(code == 1000)
            case .pong: break
            }
        }
        return result
    }

    /// Of a second from where it is loud, how much is a tone: its amplitude.
    private static func amplitude(_ frequency: Double, _ samples: [Int16]) -> Double {
        guard let start = samples.firstIndex(where: { abs(Int($0)) > 5000 }) else { return 0 }
        let part = samples.dropFirst(start + 2000).prefix(8000)
        let (sine, cosine) = part.enumerated().reduce((0.0, 0.0)) { sums, item in
            let angle = 2 * .pi * frequency * Double(item.offset) / 8000
            return (sums.0 + Double(item.element) * sin(angle), sums.1 + Double(item.element) * cos(angle))
        }
        return 2 * (sine * sine + cosine * cosine).squareRoot() / 8000
    }

    @Test("two phones in a conference hear each other, and a tone of each is in the other's recording")
    func conference() async throws {
        let room = #"{"command":"conference","params":{"id":"r","auto_leave_when_alone":true}}"#
        try await serve(room) { studio in
            let phones = [PhoneClient(studio), PhoneClient(studio)]
            for phone in phones { phone.tell(#"{"type":"call","rate":8000}"#) }
            async let first = Self.talk(phones[0], 500) { result in
                if result.loudFrames == 120 { phones[0].tell(#"{"type":"hang_up"}"#) }
            }
            async let second = Self.talk(phones[1], 800)
            for (result, (own, other)) in zip([try await first, try await second], [(500.0, 800.0), (800, 500)]) {
                let id = try #require(result.told["over"]?["call"]?.text)
                let both = studio.get("/api/phone/calls/\(id)/both.wav")
                #expect(both.status == 200 && both.field("Content-Disposition")?.contains("-both.wav") == true)
                let samples = both.body.dropFirst(44)
                func side(_ offset: Int) -> [Int16] {
                    stride(from: samples.startIndex + 2 * offset, to: samples.endIndex - 1, by: 4).map {
                        Int16(bitPattern: UInt16(samples[$0]) | UInt16(samples[$0 + 1]) << 8)
                    }
                }
                #expect(Self.amplitude(own, side(0)) > 4000 && Self.amplitude(other, side(1)) > 4000)
                #expect(Self.amplitude(other, result.heard) > 4000 && Self.amplitude(own, result.heard) < 500)
            }
        }
    }

    @Test("a phone that says its number rings, answers, hears and is heard; who hangs up ends both")
    func dialout() async throws {
        for hangsUp in [true, false] {
            try await serve(Self.dial) { studio in
                let callee = PhoneClient(studio)
                callee.tell(#"{"type":"number","number":"\#(Self.number)"}"#)
                // What it has said has been read by the time of the pong.
                callee.write(opcode: 9, [1])
                #expect(try callee.next() != nil)
                let other = PhoneClient(studio)
                other.tell(#"{"type":"number","number":"\#(Self.number)"}"#)
                let taken = try other.told("error")?["message"]?.text
                #expect(taken?.hasPrefix("another phone has the number") == true)
                let caller = PhoneClient(studio)
                caller.tell(#"{"type":"call","rate":8000,"cli_number":"+4912"}"#)
                async let calling = Self.talk(caller, 500) { result in
                    if !hangsUp, result.loudFrames == 90 { caller.tell(#"{"type":"hang_up"}"#) }
                }
                let ring = try #require(try callee.told("rings"))
                #expect(ring["caller"]?.text == "+4912" && ring["patience_ms"]?.number == 20_000)
                callee.tell(#"{"type":"answer","rate":8000}"#)
                #expect(try callee.told("answered") != nil)
                callee.say([Int16](repeating: 0, count: 160))
                let called = try Self.talk(callee, 800) { result in
                    if hangsUp, result.loudFrames == 90 { callee.tell(#"{"type":"hang_up"}"#) }
                }
                let result = try await calling
                #expect(Self.amplitude(800, result.heard) > 4000 && Self.amplitude(500, called.heard) > 4000)
                #expect(called.told["over"]?["status"]?.text == "HANGUP" && called.told["over"]?["call"] == .null)
                #expect(try #require(called.told["over"]?["duration_ms"]?.number) >= 1800)
                #expect(called.told["levels"] != nil && result.told["over"]?["status"]?.text == "HANGUP")
                // The number is free again.
                for _ in 0..<100 {
                    let next = PhoneClient(studio)
                    next.tell(#"{"type":"number","number":"\#(Self.number)"}"#)
                    next.tell(#"{"type":"dance"}"#)
                    if try next.told("error")?["message"]?.text?.hasPrefix("another") == false { return }
                    try await Task.sleep(for: .milliseconds(20))
                }
                Issue.record("the number is taken")
            }
        }
    }

    @Test("a phone refuses, or is lost while it rings; it can ring again, and stops when the caller is gone")
    func refuses() async throws {
        try await serve("\(Self.dial),\(Self.dial)") { studio async throws in
            let callee = PhoneClient(studio)
            callee.tell(#"{"type":"number","number":"\#(Self.number)"}"#)
            let caller = PhoneClient(studio)
            caller.tell(#"{"type":"call","rate":8000}"#)
            #expect(try callee.told("rings") != nil)
            // What comes before an answer is nobody's.
            callee.say([1, 2, 3])
            callee.tell(#"{"type":"key","key":"5"}"#)
            callee.tell(#"{"type":"refuse","busy":true}"#)
            #expect(try callee.told("rings") != nil)
            caller.tell(#"{"type":"hang_up"}"#)
            #expect(try callee.told("stops") != nil)
            callee.tell(#"{"type":"answer","rate":8000}"#)
            #expect(try caller.told("over") != nil)

            let next = PhoneClient(studio)
            next.tell(#"{"type":"call","rate":8000}"#)
            #expect(try callee.told("rings") != nil)
            callee.tell(#"{"type":"dance"}"#)
            #expect(try callee.told("error") != nil)
            // Nobody has the number any more.
            #expect(try next.told("event") != nil)
            next.tell(#"{"type":"hang_up"}"#)
            #expect(try next.told("over") != nil)
        }
    }

    @Test("a phone that waits for a call is asked whether it is there, and let go if it is not")
    func waiting() async throws {
        var limits = StudioLimits()
        limits.phoneIdleTime = .milliseconds(600)
        try await serve(Self.dial, limits: limits) { studio in
            let there = PhoneClient(studio)
            there.tell(#"{"type":"number","number":"\#(Self.number)"}"#)
            for _ in 0..<6 {
                guard case .pong? = try there.next() else { throw SupportError("it is not asked") }
                there.write(opcode: 10, [])
            }
            #expect(try there.told("error")?["message"]?.text?.hasPrefix("nothing has come") == true)
            for number in ["", "12", "+0123", "+33 1", String(repeating: "1", count: 2000)] {
                let phone = PhoneClient(studio)
                phone.tell(#"{"type":"number","number":"\#(number)"}"#)
                #expect(try phone.told("error") != nil)
            }
        }
    }
}
