import RealTimeAPI

extension Request {
    /// The first request of a call.
    init(_ setup: CallSetup) {
        self.init()
        app = setup.app
        call = setup.call
        requestHash = setup.isOutbound ? "4260XMAQ" : nil
        callerName = setup.callerName
        callerNumber = setup.callerNumber
        variables = setup.variables
        number = setup.number
        dateStarted = setup.dateStarted
        customField = setup.customField
        commandID = 0
        status = setup.failure ?? (setup.isOutbound ? .up : .incomingCall)
    }

    /// Takes over what a response says of the next request; its command has no result yet.
    ///
    /// By the platform's page every request has all 14 members, `command_id` is an integer that is 0 while there was no
    /// command, and what an answer carries comes back; that anything else is kept it does not say. So an answer without
    /// `command_id` gets 0, and one without `variables` an empty object. `{}`, which ends the call, carries nothing, and takes
    /// nothing away.
    ///
    /// - Parameter keepsState: whether what an answer leaves out is what the one before it had, as a platform might have it.
    mutating func take(_ response: Response, keepsState: Bool) {
        command = response.command?.name ?? ""
        commandID = response.commandID ?? (keepsState ? commandID : 0)
        if response.command != nil, !keepsState || response.variables != nil {
            variables = response.variables ?? .emptyObject
        }
        commandResult = ResultText("")
        commandError = ""
        status = .up
    }
}
