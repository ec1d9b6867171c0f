#if TLS
    import HummingbirdCore
    import Logging
    import NIOCore

    /// A connection that is encrypted before anything else is done with it.
    struct EncryptedChannel<Base: ServerChildChannel>: ServerChildChannel {
        typealias Value = Base.Value

        let base: Base
        let identity: TLSIdentity

        func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(identity.newHandler())
            }.flatMap { base.setup(channel: channel, logger: logger) }
        }

        func handle(value: Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
    }
#endif
