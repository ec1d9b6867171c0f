import CallSimulation
import RealTimeAPI

/// A phone that says which number it is: a `dialout` to that rings it, while its connection lasts and until it has had a call.
final class ReachablePhone: Sendable {
    private let number: PhoneNumber
    private let switchboard: Switchboard
    private let phone: LivePhone

    /// Nil if another phone has the number.
    init?(_ number: PhoneNumber, _ switchboard: Switchboard, _ sender: PhoneSender) {
        self.number = number
        self.switchboard = switchboard
        phone = LivePhone { notice in
            switch notice {
            case .rings(let caller, let patience): sender.send(.rings(caller, for: patience))
            case .stops: sender.send(.object([JSON.Member("type", .string("stops"))]))
            case .isOver(let figures):
                sender.send(.over(figures))
                sender.close()
            }
        }
        guard switchboard.connect(phone, as: number) else { return nil }
    }

    /// Answers.
    ///
    /// - Returns: whether it rings.
    func answer(_ call: PhoneCall) -> Bool { phone.answer(on: call.line) }

    /// Refuses the call that rings.
    func refuse(isBusy: Bool) { phone.refuse(isBusy: isBusy) }

    /// Takes it away, which ends its call.
    func disconnect() { switchboard.disconnect(phone, from: number) }
}

extension JSON {
    /// Who calls.
    fileprivate static func rings(_ caller: CallerID, for patience: Duration) -> JSON {
        let number: String? =
            switch caller {
            case .number(let number): number.description
            case .blocked: nil
            }
        return .object([
            JSON.Member("type", .string("rings")), JSON.Member("caller", .text(number)),
            JSON.Member("patience_ms", .milliseconds(patience)),
        ])
    }

    /// How a call that the phone has answered kept time.
    fileprivate static func over(_ figures: LiveLine.Figures) -> JSON {
        .over(
            [
                JSON.Member("status", .string(CallStatus.hangup.name)), JSON.Member("refused", .null),
                JSON.Member("call", .null),
            ], .milliseconds(20 * figures.frameCount), figures)
    }
}
