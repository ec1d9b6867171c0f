import CallFlows
import Dispatch
import QuickCommands

/// Reads the flow file again: when it is told to, and when a call comes that began with a newer version at another instance.
actor FlowReloader {
    private var source: FlowSource
    private var loading: Task<(FlowSource, CallFlow?), Never>?

    init(source: FlowSource) { self.source = source }

    /// Reads it now; new calls get what is in it, unless there is an error, which is told.
    func reload(for host: FlowHost) async {
        while let loading { await finish(loading, host) }
        await finish(begin(), host)
    }

    /// Reads it if it has changed, or waits until that is done.
    func reloadIfChanged(for host: FlowHost) async {
        if let loading { return await finish(loading, host) }
        if source.isChanged { await finish(begin(), host) }
    }

    private func begin() -> Task<(FlowSource, CallFlow?), Never> {
        let source = source
        let task = Task { await Self.load(source) }
        loading = task
        return task
    }

    private func finish(_ task: Task<(FlowSource, CallFlow?), Never>, _ host: FlowHost) async {
        let (source, flow) = await task.value
        // Several may wait for it.
        guard loading == task else { return }
        loading = nil
        self.source = source
        if let flow { host.host(flow) }
        Console.note("rtmedia: new calls \(flow == nil ? "still " : "")get \(source.summary)")
    }

    /// Away from the threads that answer requests: conversion takes long.
    private static func load(_ source: FlowSource) async -> (FlowSource, CallFlow?) {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var source = source
                let flow = try? source.load()
                continuation.resume(returning: (source, flow))
            }
        }
    }
}
