internal import TelephonyAudio

/// A caller on the line: makes a frame of audio for each 20 ms of the call, through G.711 as a line does.
struct Caller {
    private var waiting: [CallerScript.Step]
    /// What has been triggered, and at which sample it is done.
    private var due: [(sample: Int, action: CallerScript.Action)] = []
    private var sound: [Int16] = []
    private var position = 0
    private let patience: Int
    private let codec = G711.alaw

    /// Half a second, in samples: how fast people react.
    private static let reaction = 4000

    init(_ script: CallerScript) {
        waiting = script.steps
        patience = script.patience.samples
        waiting.removeAll { step in
            guard case .time(let time) = step.trigger else { return false }
            due.append((time.samples, step.action))
            return true
        }
    }

    /// Takes something that the call does; the first step that waits for it will be done.
    mutating func notice(_ trigger: CallerScript.Trigger, at now: Int) {
        guard let index = waiting.firstIndex(where: { $0.trigger == trigger }) else { return }
        due.append((now + Self.reaction, waiting.remove(at: index).action))
    }

    /// The next frame; nil if the caller has hung up.
    mutating func frame(at now: Int) -> [Int16]? {
        while let index = due.firstIndex(where: { $0.sample <= now }) {
            switch due.remove(at: index).action {
            case .hangUp: return nil
            case .sound(let audio): add(audio.samples)
            case .keys(let keys):
                add(PhoneAudio.dtmf(keys, duration: .milliseconds(100), pause: .milliseconds(100)).samples)
            }
        }
        guard now < patience else { return nil }
        let count = min(SimulatedCall.frameLength, sound.count - position)
        let silence = repeatElement(Int16(0), count: SimulatedCall.frameLength - count)
        let frame = sound[position..<position + count] + silence
        position += count
        return frame.map { codec.decode(codec.encode($0)) }
    }

    /// One thing after the other: a mouth says one thing at a time.
    private mutating func add(_ samples: [Int16]) {
        sound.removeFirst(position)
        position = 0
        sound += samples
    }
}

extension Duration {
    /// At 8000 Hz.
    var samples: Int { Int(self / .microseconds(125)) }

    init(samples: Int) { self = .microseconds(samples * 125) }
}
