extension CallScenario.Call {
    /// A call that a scenario's file can describe: what is not as it is by itself is written down.
    init(of setup: CallSetup) {
        let plain = CallSetup(setup.handler, sounds: setup.sounds)
        func value(_ path: KeyPath<CallSetup, String>) -> String? {
            setup[keyPath: path] == plain[keyPath: path] ? nil : setup[keyPath: path]
        }
        app = value(\.app)
        number = value(\.number)
        callerNumber = value(\.callerNumber)
        callerName = value(\.callerName)
        customField = value(\.customField)
        dateStarted = value(\.dateStarted)
        variables = setup.variables
        isOutbound = setup.isOutbound
        failure = setup.failure
        keepsState = setup.keepsState ? true : nil
        patience = setup.patience == plain.patience ? nil : setup.patience
        retries = setup.retries == 0 ? nil : setup.retries
    }
}
