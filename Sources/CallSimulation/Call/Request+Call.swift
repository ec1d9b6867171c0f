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
    mutating func take(_ response: Response) {
        command = response.command?.name ?? ""
        commandID = response.commandID
        if let variables = response.variables { self.variables = variables }
        commandResult = ResultText("")
        commandError = ""
        status = .up
    }
}
