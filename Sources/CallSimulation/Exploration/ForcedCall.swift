import RealTimeAPI

/// A call in which commands are not executed: they end as they are told, and take no time.
struct ForcedCall {
    /// How a call went.
    struct Course: Sendable {
        /// What the handler answered with, as long as it went on.
        var commands: [Command] = []
        /// How those ended; the last command has no ending if the call was hung up in it.
        var endings: [CommandEnding] = []
        /// What the platform refused.
        var refusal: Refusal?
        /// Whether it was refused after the call's end.
        var isAtEnd = false
        /// Whether the handler ended the call.
        var isOver = false
        /// Whether it went on when it should have ended.
        var isEndless = false
        /// What the handler keeps, when it gave the last command.
        var variables = JSONText.emptyObject
        /// What the platform warns of, and after how many commands.
        var warnings: [(step: Int, text: String)] = []
        /// Requests that were sent.
        var requests = 0
    }

    private let connection: HandlerConnection
    private let keepsState: Bool
    private var request: Request
    private var course = Course()

    private init(_ setup: CallSetup, _ connection: HandlerConnection) {
        self.connection = connection
        keepsState = setup.keepsState
        request = Request(setup)
    }

    /// Places a call whose commands end as they are told.
    ///
    /// - Parameters:
    ///   - connection: may have carried other calls.
    ///   - endings: how the commands end, one after another.
    ///   - next: how those after them end; nil hangs up.
    static func place(
        _ setup: CallSetup, over connection: HandlerConnection, endings: [CommandEnding],
        then next: (Command) -> CommandEnding? = { _ in nil }
    ) async -> Course {
        var call = ForcedCall(setup, connection)
        do throws(Refusal) { try await call.run(endings, next, setup.maximumCommands) } catch {
            call.course.refusal = error
        }
        return call.course
    }

    private mutating func run(
        _ endings: [CommandEnding], _ next: (Command) -> CommandEnding?, _ limit: Int
    ) async throws(Refusal) {
        while !request.status.isFinal {
            let number = course.commands.count
            let answer = try await answer()
            if let warning = answer.warning { course.warnings.append((number, warning)) }
            let response = try answer.response { course.warnings.append((number, "\($0)")) }
            request.take(response, keepsState: keepsState)
            guard let command = response.command, !endsCall(command) else {
                course.isOver = true
                request.status = .hangup
                break
            }
            course.commands.append(command)
            course.variables = request.variables
            let ending = number < endings.count ? endings[number] : next(command)
            if course.commands.count >= limit, ending != nil { course.isEndless = true }
            end(command, course.isEndless ? .hangUp : ending ?? .hangUp)
        }
        course.isAtEnd = true
        let answer = try await answer()
        for warning in [answer.warning, answer.warningAtEnd] {
            if let warning { course.warnings.append((course.commands.count, warning)) }
        }
        try answer.check()
    }

    private func endsCall(_ command: Command) -> Bool {
        switch command {
        case .hangup: true
        case .hangupCall(let hangup): hangup.call == request.call
        case .conference, .dialout, .play, .playRecord, .playTalkDetect, .playWAVData, .read, .record, .sendDTMF,
            .simpleConference, .startCallRecording, .stopCallRecording, .wait, .waitForSilence:
            false
        }
    }

    private mutating func end(_ command: Command, _ ending: CommandEnding) {
        switch ending {
        case .result(let text): request.commandResult = ResultText(text, endOf: command)
        case .error(let text): request.commandError = text
        case .hangUp:
            request.status = .hangup
            return
        }
        course.endings.append(ending)
    }

    private mutating func answer() async throws(Refusal) -> HandlerConnection.Answer {
        course.requests += 1
        return try await connection.post(request.json)
    }
}
