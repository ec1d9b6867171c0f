/// Takes the samples of a result, piece by piece.
protocol SampleSink {
    mutating func write(_ samples: [Int16]) throws(ConversionError)
}

/// Keeps samples in memory.
struct MemorySink: SampleSink {
    private(set) var samples: [Int16] = []

    mutating func write(_ samples: [Int16]) {
        self.samples += samples
    }
}

/// Hands samples on.
struct ClosureSink: SampleSink {
    let body: (Span<Int16>) -> Void

    mutating func write(_ samples: [Int16]) {
        body(samples.span)
    }
}
