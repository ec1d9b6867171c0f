import Synchronization

/// A progress bar with an estimate, on the last line of a terminal; nothing where standard error is none.
package struct ProgressLine {
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?
    private static let width = 24
    private static let erase = "\r\u{1B}[K"

    package init(isShown: Bool) {
        self.isShown = isShown && Console.errorIsTerminal
    }

    /// Shows that a part, 0...1, is done; draws ten times a second at the most.
    package mutating func show(_ part: Double, _ label: String) {
        guard isShown else { return }
        let now = ContinuousClock.now
        // What is done in the blink of an eye needs no bar.
        guard now - start > .milliseconds(200), lastDrawn.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
        lastDrawn = now
        let filled = Int(part * Double(Self.width))
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: Self.width - filled)
        let left = part > 0 ? Int(((now - start) / .seconds(1)) * (1 - part) / part) : 0
        Console.write("\(Self.erase)[\(bar)] \(Int(part * 100)) %  \(label)  \(left) s left", to: Console.error)
    }

    /// Writes a line above the bar.
    package mutating func note(_ line: String) {
        clear()
        Console.note(line)
    }

    /// Writes lines above the bar.
    package mutating func note(lines text: String) {
        clear()
        Console.note(lines: text)
    }

    /// Removes the bar.
    package mutating func clear() {
        guard lastDrawn != nil else { return }
        Console.write(Self.erase, to: Console.error)
        lastDrawn = nil
    }
}

/// A progress bar that is moved from several threads.
package final class SharedProgress: Sendable {
    private let line: Mutex<ProgressLine>

    package init(isShown: Bool) {
        line = Mutex(ProgressLine(isShown: isShown))
    }

    package func show(_ part: Double, _ label: String) { line.withLock { $0.show(part, label) } }

    package func clear() { line.withLock { $0.clear() } }
}
