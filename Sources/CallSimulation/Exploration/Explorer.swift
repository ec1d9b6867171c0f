import RealTimeAPI
import TelephonyAudio

/// Runs a handler against every way for each of its commands to end, and a hang-up at every point.
///
/// Each path is a call of its own, from the start, in which no audio is made: commands end at once, as they are told, with
/// one of the documented results or an error. In the command that follows the caller hangs up. The shortest paths come
/// first; among those of one length, those whose last ending made a difference.
public enum Explorer {
    /// Explores a handler.
    ///
    /// - Parameters:
    ///   - bounds: how far.
    ///   - setup: the call; each one gets an id of its own, which counts up from this one's.
    ///   - progress: called from time to time.
    public static func run(
        _ bounds: ExplorationBounds, setup: CallSetup, progress: (ExplorationReport) -> Void = { _ in }
    ) async -> ExplorationReport {
        var exploration = Exploration(bounds, setup)
        while let batch = exploration.nextPaths() {
            let courses = await exploration.place(batch)
            if exploration.report.calls == 0, let refusal = courses[0].refusal, refusal.kind == .unreachable {
                var report = ExplorationReport()
                report.refusal = refusal
                return report
            }
            if await exploration.isGone(after: courses) { break }
            exploration.take(batch, courses)
            let loops = exploration.nextLoops()
            let loopCourses = await exploration.place(loops)
            if await exploration.isGone(after: loopCourses) { break }
            exploration.takeLoops(loops, loopCourses)
            progress(exploration.report)
        }
        await exploration.listen()
        return exploration.finalReport
    }
}

/// A call to be placed.
struct ExploredPath: Sendable {
    /// How its commands end.
    let endings: [CommandEnding]
    /// What they are expected to be: those that the path before this one met.
    let commands: [Command]
    /// Which path this one goes on from.
    let parent: Int
    /// When its turn comes: how many endings it has, and two more for each that made no difference.
    let cost: Int
    /// How the commands after those end; nil hangs up.
    var onward: (@Sendable (Command) -> CommandEnding?)?
}

/// What is known of a handler so far.
private struct Exploration {
    private let bounds: ExplorationBounds
    private let setup: CallSetup
    private(set) var report = ExplorationReport()
    /// By cost.
    private var frontier: [Int: [ExploredPath]]
    private var loops: [ExploredPath] = []
    private var pathCount = 0
    /// What followed the endings of one command, by the path that met it.
    private var siblings: [Int: Set<String>] = [:]
    private var knownStates: Set<String> = []
    private var knownLoopStarts: Set<String> = []
    private var findings: [Place: ExplorationFinding] = [:]
    /// What is spoken, and how that comes about.
    private var media: [(media: Media, steps: [ExplorationFinding.Step])] = []
    private var knownMedia: Set<Media> = []
    private var knownNotes: Set<String> = []
    /// What was refused in the first call, in which the caller hangs up at once.
    private var firstRefusal: Refusal.Kind?

    /// More texts are not spoken to hear whether they can be, and more notes nobody reads.
    private static let maximumMedia = 200
    private static let maximumNotes = 100

    /// What tells findings apart: of those at one place the shortest is reported.
    private struct Place: Hashable {
        let kind: ExplorationFinding.Kind
        let reason: String
        /// The command that an ending leads away from; for a loop all of its commands.
        let commands: [String]
        /// Whether that ending needs somebody who presses keys.
        let needsKeys: Bool
    }

    /// How many calls are placed before what they say is looked at.
    private static let batchSize = 64

    init(_ bounds: ExplorationBounds, _ setup: CallSetup) {
        self.bounds = bounds
        self.setup = setup
        frontier = [0: [ExploredPath(endings: [], commands: [], parent: -1, cost: 0)]]
    }

    var finalReport: ExplorationReport {
        var report = report
        report.openPaths = frontier.values.reduce(0) { $0 + $1.count }
        report.findings = findings.values.sorted {
            ($0.steps.count, $0.kind.rawValue, $0.reason) < ($1.steps.count, $1.kind.rawValue, $1.reason)
        }
        return report
    }

    /// The next paths, all of the same cost; nil if there are none, or if there have been enough.
    mutating func nextPaths() -> [ExploredPath]? {
        let room = min(Self.batchSize, bounds.maximumCalls - report.calls)
        guard room > 0, let cost = frontier.keys.min(), let paths = frontier[cost] else { return nil }
        let rest = Array(paths.dropFirst(room))
        frontier[cost] = rest.isEmpty ? nil : rest
        return Array(paths.prefix(room))
    }

    mutating func nextLoops() -> [ExploredPath] {
        let next = loops.prefix(max(0, bounds.maximumCalls - report.calls))
        loops.removeAll()
        return Array(next)
    }

    /// Places the calls, some at a time.
    func place(_ paths: [ExploredPath]) async -> [ForcedCall.Course] {
        let lines = min(bounds.concurrency, paths.count)
        return await withTaskGroup(of: [(Int, ForcedCall.Course)].self) { group in
            for line in 0..<lines {
                group.addTask {
                    let connection = HandlerConnection(setup)
                    var courses: [(Int, ForcedCall.Course)] = []
                    for index in stride(from: line, to: paths.count, by: lines) {
                        courses.append((index, await place(paths[index], number: report.calls + index, connection)))
                    }
                    return courses
                }
            }
            var courses = [ForcedCall.Course](repeating: ForcedCall.Course(), count: paths.count)
            for await some in group { for (index, course) in some { courses[index] = course } }
            return courses
        }
    }

    private func place(
        _ path: ExploredPath, number: Int, _ connection: HandlerConnection
    ) async -> ForcedCall.Course {
        var setup = setup
        // A state that is told by its variables must not differ by the call.
        if !bounds.isStateless { setup.call = CallID(rawValue: setup.call.rawValue &+ UInt64(number)) }
        setup.maximumCommands = max(bounds.loopBound, bounds.maximumDepth + 1)
        return await ForcedCall.place(
            setup, over: connection, endings: path.endings, then: path.onward ?? { _ in nil })
    }

    // MARK: The handler's end

    /// Whether the handler has stopped working: nobody answers in some of the calls, nor in one as the first call was.
    ///
    /// Then that is the one thing that is said of those calls.
    mutating func isGone(after courses: [ForcedCall.Course]) async -> Bool {
        let isFirst = report.calls == 0
        if isFirst { firstRefusal = courses.first?.refusal?.kind }
        guard courses.contains(where: \.isUnanswered) else { return false }
        let path = ExploredPath(endings: [], commands: [], parent: -1, cost: 0)
        let probe = await place(path, number: report.calls + courses.count, HandlerConnection(setup))
        report.calls += 1
        report.requests += probe.requests
        guard probe.isUnanswered, let refusal = probe.refusal,
            refusal.kind == .unreachable || refusal.kind != firstRefusal
        else { return false }
        for course in courses {
            count(course)
            if !course.isUnanswered { _ = judge(nil, course) }
        }
        // It ended while a request was waiting, if there is such a one, and not before one was sent.
        let last =
            courses.first { $0.isUnanswered && $0.refusal?.kind != .unreachable }
            ?? courses.first(where: \.isUnanswered)!  // there is one, as was seen above
        found(
            .gone, last, upTo: last.endings.count,
            "the handler stopped working here, or in a call at the same time: calls now fail: \(refusal.reason)"
        )
        report.isGone = true
        return true
    }

    // MARK: What calls say

    mutating func take(_ paths: [ExploredPath], _ courses: [ForcedCall.Course]) {
        for (path, course) in zip(paths, courses) {
            count(course)
            if !judge(path, course) { branch(path, course) }
        }
    }

    mutating func takeLoops(_ paths: [ExploredPath], _ courses: [ForcedCall.Course]) {
        for (path, course) in zip(paths, courses) {
            count(course)
            if course.isEndless { found(endless: course) } else { _ = judge(path, course) }
        }
    }

    /// Notes what is unusual about a call, and what is spoken in it.
    private mutating func note(_ course: ForcedCall.Course) {
        func steps(_ count: Int) -> [ExplorationFinding.Step] {
            zip(course.commands, course.endings).prefix(count).map { ExplorationFinding.Step(command: $0, ending: $1) }
        }
        for (step, text) in course.warnings { note(text, steps(step)) }
        for (index, command) in course.commands.enumerated() {
            for media in command.media where knownMedia.count < Self.maximumMedia {
                if knownMedia.insert(media).inserted { self.media.append((media, steps(index))) }
            }
        }
    }

    private mutating func note(_ text: String, _ steps: [ExplorationFinding.Step]) {
        guard report.notes.count < Self.maximumNotes, knownNotes.insert(text).inserted else { return }
        report.notes.append(ExplorationNote(steps: steps, text: text))
    }

    /// Notes which of the media can't be heard.
    mutating func listen() async {
        for (media, steps) in media {
            // What there is to speak with is no matter of the handler's.
            guard let sound = try? await setup.sounds.sound(for: media), sound.isUnheard, let text = sound.note else {
                continue
            }
            note(text, steps)
        }
    }

    private mutating func count(_ course: ForcedCall.Course) {
        note(course)
        report.calls += 1
        report.requests += course.requests
        if course.endings.count > report.depth, !course.isEndless { report.depth = course.endings.count }
    }

    /// Notes what is wrong with a call; false if nothing is.
    ///
    /// - Parameter path: what was known of it before; nil if that does not matter.
    private mutating func judge(_ path: ExploredPath?, _ course: ForcedCall.Course) -> Bool {
        let known = path?.commands ?? []
        if let step = known.indices.first(where: {
            $0 >= course.commands.count || course.commands[$0].name != known[$0].name
        }) {
            let now = course.commands.dropFirst(step).first?.name ?? course.refusal?.reason ?? "the end of the call"
            found(.unsteady, course, upTo: step, "answers with \(known[step].name) once, and another time with \(now)")
            return true
        }
        guard let refusal = course.refusal else { return false }
        if course.isAtEnd {
            found(.refusedHangUp, course, upTo: course.endings.count, refusal.description)
        } else {
            let kind = refusal.kind == .late ? ExplorationFinding.Kind.late : .refused
            found(kind, course, upTo: course.endings.count, refusal.description)
        }
        return true
    }

    private mutating func found(
        _ kind: ExplorationFinding.Kind, _ course: ForcedCall.Course, upTo end: Int, _ reason: String,
        loop: [ExplorationFinding.Step] = []
    ) {
        let all = zip(course.commands, course.endings).map { ExplorationFinding.Step(command: $0, ending: $1) }
        var steps = Array(all.prefix(end))
        // In which command the caller hung up.
        if kind == .refusedHangUp || kind == .gone && course.isAtEnd, !course.isOver, let last = course.commands.last {
            steps.append(ExplorationFinding.Step(command: last, ending: .hangUp))
        }
        let finding = ExplorationFinding(kind: kind, steps: steps, loop: loop, reason: reason)
        let commands =
            kind == .endless ? loop.map(\.command.signature).sorted() : steps.suffix(1).map(\.command.signature)
        let needsKeys = kind != .endless && steps.last.map { $0.command.needsKeys($0.ending) } ?? false
        let place = Place(kind: kind, reason: reason, commands: commands, needsKeys: needsKeys)
        if let other = findings[place], other.steps.count <= steps.count { return }
        findings[place] = finding
    }

    private mutating func found(endless course: ForcedCall.Course) {
        let all = zip(course.commands, course.endings).map { ExplorationFinding.Step(command: $0, ending: $1) }
        let signatures = all.map(\.command.signature)
        let length = (1...max(1, all.count / 2)).first { period in
            signatures.suffix(period).elementsEqual(signatures.dropLast(period).suffix(period))
        }
        let loop = Array(all.suffix(length ?? 1))
        let loopSignatures = Set(loop.map(\.command.signature))
        let begin = signatures.firstIndex { loopSignatures.contains($0) } ?? 0
        found(
            .endless, course, upTo: begin,
            "the call has not ended after \(course.commands.count) commands, although the caller does nothing",
            loop: Array(all[begin..<min(all.count, begin + loop.count)]))
    }

    // MARK: Where to go on

    /// Makes a path of each way in which the last command of a call can end, and a call that looks for a loop.
    private mutating func branch(_ path: ExploredPath, _ course: ForcedCall.Course) {
        guard !course.isOver, let command = course.commands.last, course.commands.count == path.endings.count + 1
        else { return }
        let number = pathCount
        pathCount += 1
        if bounds.isStateless {
            guard knownStates.insert(command.signature + course.variables.text).inserted else { return }
        }
        lookForLoop(path, course, command)
        guard path.endings.count < bounds.maximumDepth else {
            report.cutPaths += 1
            return
        }
        let isNew = siblings[path.parent, default: []].insert(command.signature).inserted
        let cost = path.cost + (isNew ? 1 : 3)
        for ending in command.endings(keys: bounds.keys) {
            frontier[cost, default: []].append(
                ExploredPath(
                    endings: path.endings + [ending], commands: course.commands, parent: number, cost: cost))
        }
    }

    /// Whether the call ends if nobody does anything from here on; asked once for each command and what led to it.
    ///
    /// What has just ended in a way that needs nobody ends so for ever: a time-out, an error.
    private mutating func lookForLoop(_ path: ExploredPath, _ course: ForcedCall.Course, _ command: Command) {
        let ending = path.endings.last
        let before = course.commands.dropLast().last
        guard knownLoopStarts.insert("\(command.signature) \(ending.map(\.description) ?? "")").inserted else { return }
        loops.append(
            ExploredPath(endings: path.endings, commands: course.commands, parent: -1, cost: 0) { next in
                if let before, let ending, next.signature == before.signature, !before.needsKeys(ending) {
                    return ending
                }
                return next.endings(keys: []).first
            })
    }
}

extension Command {
    /// What tells commands apart: the name and the parameters.
    fileprivate var signature: String { String(decoding: Response(self).json, as: UTF8.self) }
}

extension ForcedCall.Course {
    /// Whether a request was not answered, or not with HTTP.
    fileprivate var isUnanswered: Bool {
        refusal.map { [.unreachable, .malformed, .late].contains($0.kind) } ?? false
    }
}
