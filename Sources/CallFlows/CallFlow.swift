public import RealTimeAPI

/// What a call goes through, written as one straight-line async function.
///
/// ```swift
/// let ageCheck = CallFlow("age-check", version: 1) { call in
///     let age = try await call.read(.say("How old are you?", voice: "TTS_EN-GB_SERENA"), maxDigits: 3)
///     guard case .digits(let digits) = age else { return }           // the end of the function hangs up
///     let ok = try await call.once("admit") { key in try await members.admit(digits, idempotencyKey: key) }
///     try await call.play(ok ? .audio("welcome.flac") : .say("Sorry."))
/// }
/// ```
///
/// The function may be run again from its beginning at any moment, here or in another process, with the results that its
/// steps had before: what is not a command goes into `Call.once` if it has an effect, or a result that may differ (the clock,
/// random numbers). Commands and `once` are steps; a flow takes one at a time.
///
/// The function waits with `await`, and never blocks its thread: there are only as many as processors, for all calls, and for the
/// fillers of slow ones. A driver that blocks is called on a thread of its own, as with `DispatchQueue.global()` and a continuation.
///
/// An error that the function throws ends the call with ``fallback``; a caller who hangs up arrives as ``CallError/ended(_:)``
/// from the step in progress, and ends the call without.
public struct CallFlow: Sendable {
    /// The name, by which a call in progress finds its flow again.
    public let name: String
    /// The version.
    ///
    /// Raise it when the order of steps changes: calls in progress then stay with the version that they began
    /// with, if it is still hosted, and else get ``safeAnswer``.
    public let version: Int
    /// The platform's name of the voice that says texts which name none.
    public var voice = Self.usualVoice
    /// The commands that a call gets before it is hung up, if the flow fails.
    public var fallback: [Command]
    /// The commands that a call gets before it is hung up, if its journal is forged, cut, of another call or key, or of a version that
    /// is not hosted.
    public var safeAnswer: [Command] = []
    /// The command that keeps the platform occupied while a step takes longer than an answer may.
    public var filler = Command.wait(Wait(.seconds(1)))
    /// How many fillers may be sent in a row, before the flow fails.
    public var fillerLimit = 30
    /// What is called once when a call is over, after the function has ended.
    public var onEnd: (@Sendable (CallEnd) async -> Void)?

    let body: @Sendable (Call) async throws -> Void

    /// A flow.
    ///
    /// - Parameters:
    ///   - name: what the flow is known by, in journals, logs and metrics; 1...64 bytes.
    ///   - version: 0 or more.
    ///   - body: is run for every call; its end hangs up.
    public init(_ name: String, version: Int, body: @escaping @Sendable (Call) async throws -> Void) {
        precondition(
            (1...64).contains(name.utf8.count) && version >= 0,
            "a flow has a name of 1...64 bytes and a version of 0 or more")
        self.name = name
        self.version = version
        self.body = body
        fallback = Self.apology(voice: Self.usualVoice)
    }

    /// Says texts that name no voice, in flows that name none either.
    package static let usualVoice = "TTS_EN-GB_SERENA"

    /// The ``fallback`` of flows that have no other.
    package static func apology(voice: String) -> [Command] {
        [.play(Play(.speech("Sorry, something went wrong. Please call again later.", voice: voice)))]
    }
}

/// How a call ended.
public struct CallEnd: Sendable {
    /// What became of the flow.
    public enum Outcome: Sendable, Hashable {
        /// Its function returned.
        case completed
        /// The caller, or the platform, ended the call before.
        case interrupted
        /// It threw an error, or took too long.
        case failed
    }

    /// The request that ended it; its status says how.
    public let request: Request
    /// What became of the flow.
    public let outcome: Outcome
    /// A key that stays the same however often the end of the call is reported.
    public let idempotencyKey: String
}
