internal import CTelephonyKernels

/// What inner loops in C run on.
package enum KernelPath: CaseIterable, Sendable {
    /// What this processor does fastest.
    case dispatched
    /// What processors without AVX2 do.
    case baseline

    /// Runs something on this path.
    package func run<Value>(_ body: () throws -> Value) rethrows -> Value {
        tk_use_baseline(self == .baseline)
        defer { tk_use_baseline(false) }
        return try body()
    }
}
