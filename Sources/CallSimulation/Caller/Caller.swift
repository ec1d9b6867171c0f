import RealTimeAPI
import TelephonyAudio

/// A caller on the line: makes a frame of audio for each 20 ms of the call, as the line brings it.
struct Caller {
    /// Something that the call does.
    enum Event {
        case asked, prompted, heard, joined, answered
        case began(Command)
        case ended(Command)
    }

    /// Steps that are done one after another, the first of which waits for something.
    private typealias Sequence = ArraySlice<CallerScript.Step>

    private var waiting: [Sequence] = []
    /// What has been triggered, and at which sample it is done.
    private var due: [(sample: Int, steps: Sequence)] = []
    private var sound: [Int16] = []
    private var position = 0
    private let patience: Int
    private let isInOrder: Bool
    private let gain: Double
    private var noise: LineNoise?
    let codec: G711
    /// A frame in which nothing is said, as the line brings it.
    private let silence: [Int16]
    /// What arrives of silence.
    var silentSample: Int16 { silence[0] }
    /// How the command ends that has just begun, if a step says so.
    private var ending: CommandEnding?
    /// Whether the caller hung up because it took too long.
    private(set) var isOutOfPatience = false
    /// Why it can't be told what is done next.
    private(set) var failure: SimulationError?
    /// What was done in the last frame, for a transcript.
    private(set) var acts: [Transcript.Act] = []

    init(_ script: CallerScript) {
        patience = script.patience.samples
        isInOrder = script.isInOrder
        gain = script.line.gain
        noise = LineNoise(script.line)
        codec = script.line.codec
        silence = codec.roundTrip([Int16](repeating: 0, count: SimulatedCall.frameLength)[...])
        var rest = script.steps[...]
        while let first = rest.first {
            let end = rest.dropFirst().firstIndex { $0.trigger != .done } ?? rest.endIndex
            add(rest[..<end], first)
            rest = rest[end...]
        }
    }

    private mutating func add(_ steps: Sequence, _ first: CallerScript.Step) {
        switch first.trigger {
        case .time(let time): due.append(((time + first.delay).samples, steps))
        case .done: due.append((first.delay.samples, steps))
        default: waiting.append(steps)
        }
    }

    /// Whether all steps are done, and all is said.
    var isDone: Bool { waiting.isEmpty && due.isEmpty && position == sound.count }

    /// What has not been done.
    var rest: [CallerScript.Step] { (waiting + due.map(\.steps)).flatMap { $0 } }

    /// Takes something that the call does; the first step that waits for it will be done, if it is its turn.
    mutating func notice(_ event: Event, at now: Int) {
        let candidates = isInOrder ? waiting.prefix(1) : waiting[...]
        var place: Int?
        do throws(SimulationError) {
            for index in candidates.indices where place == nil {
                if try candidates[index].first!.trigger.matches(event) { place = index }
            }
        } catch { failure = error }
        guard let index = place else { return }
        let steps = waiting.remove(at: index)
        guard case .began = event, let ending = steps.first!.immediateEnding else {
            return due.append((now + steps.first!.delay.samples, steps))
        }
        self.ending = ending
        if let next = steps.dropFirst().first { due.append((now + next.delay.samples, steps.dropFirst())) }
    }

    /// How the command ends that has just begun; nil if it is to be executed.
    mutating func takeEnding() -> CommandEnding? {
        defer { ending = nil }
        return ending
    }

    /// The next frame; nil if the caller has hung up.
    mutating func frame(at now: Int) -> [Int16]? {
        acts.removeAll()
        while let index = due.firstIndex(where: { $0.sample <= now }) {
            let steps = due.remove(at: index).steps
            let step = steps.first!
            // Of a hang-up the call itself tells.
            if step.action != .hangUp { acts.append(step.shownAct) }
            switch step.action {
            case .hangUp: return nil
            case .ends: break
            case .sound(let audio): add(audio.samples)
            case .keys(let keys):
                add(PhoneAudio.dtmf(keys, duration: .milliseconds(100), pause: .milliseconds(100)).samples)
            }
            if let next = steps.dropFirst().first {
                due.append((now + sound.count - position + next.delay.samples, steps.dropFirst()))
            }
        }
        guard now < patience else {
            isOutOfPatience = true
            return nil
        }
        return line(nextSound())
    }

    private mutating func nextSound() -> ArraySlice<Int16> {
        let frame = sound[position..<min(position + SimulatedCall.frameLength, sound.count)]
        position = frame.endIndex
        return frame
    }

    /// A frame as the line brings it.
    private mutating func line(_ said: ArraySlice<Int16>) -> [Int16] {
        if noise == nil {
            if said.isEmpty { return silence }
            if gain == 1, said.count == SimulatedCall.frameLength { return codec.roundTrip(said) }
        }
        var frame = Array(said) + repeatElement(0, count: SimulatedCall.frameLength - said.count)
        if gain != 1 || noise != nil {
            for index in frame.indices {
                let sample = Double(frame[index]) * gain + (noise?.next() ?? 0)
                frame[index] = Int16(max(-32768, min(32767, sample.rounded())))
            }
        }
        return codec.roundTrip(frame[...])
    }

    /// One thing after the other: a mouth says one thing at a time.
    private mutating func add(_ samples: [Int16]) {
        sound.removeFirst(position)
        position = 0
        sound += samples
    }
}

extension CallerScript.Trigger {
    /// Whether a step waits for this.
    fileprivate func matches(_ event: Caller.Event) throws(SimulationError) -> Bool {
        switch (self, event) {
        case (.asked, .asked), (.prompted, .prompted), (.heard, .heard), (.joined, .joined), (.answered, .answered):
            return true
        case (.began(let match), .began(let command)), (.ended(let match), .ended(let command)):
            return try match.matches(command)
        default: return false
        }
    }
}

extension CallerScript.Step {
    /// How the command ends that has just begun, if the step does not let it be executed: who hangs up at once does not either.
    fileprivate var immediateEnding: CommandEnding? {
        switch action {
        case .ends(let ending): ending
        case .hangUp where delay == .zero: .hangUp
        default: nil
        }
    }

    /// What transcripts and reports say of it.
    var shownAct: Transcript.Act { act ?? action.act }
}

extension CallerScript.Action {
    /// What is said of it by itself.
    fileprivate var act: Transcript.Act {
        switch self {
        case .sound(let audio): Transcript.Act(.lasts, "heard for \(audio.duration / .seconds(1)) s")
        case .keys(let keys): Transcript.Act(.presses, String(keys.map(\.character)))
        case .hangUp: Transcript.Act(.hangsUp, "")
        case .ends(let ending): Transcript.Act(.ends, "the command: \(ending)")
        }
    }
}
