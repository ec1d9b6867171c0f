import Presentation
import ThresholdTuning

extension LabelReader {
    /// What a TextGrid is made of; Praat reads nothing else, so that the long and the short form are one.
    private enum Item {
        case number(Double)
        case text(String)
        case flag
    }

    /// Reads the intervals of all tiers; those without text say nothing.
    mutating func readTextGrid(_ text: String, recording: String) {
        var items = Self.items(text)[...]
        // Entries of an empty grid: the recording is known of.
        add(recording, line: 1, .interval(start: 0, end: 0, text: ""))
        func nextNumber() -> (value: Double, line: Int)? {
            guard let first = items.first, case .number(let value) = first.item else { return nil }
            items.removeFirst()
            return (value, first.line)
        }
        func nextText() -> (value: String, line: Int)? {
            guard let first = items.first, case .text(let value) = first.item else { return nil }
            items.removeFirst()
            return (value, first.line)
        }
        func here() -> Int { items.first?.line ?? Self.lines(text).count }
        guard nextText()?.value == "ooTextFile", nextText()?.value == "TextGrid" else {
            return refuse(1, "is no TextGrid in one of Praat's text forms")
        }
        guard nextNumber() != nil, nextNumber() != nil else {
            return refuse(here(), "the times of the grid are missing")
        }
        if let first = items.first, case .flag = first.item { items.removeFirst() }
        guard let tierCount = nextNumber() else { return }
        for _ in 0..<Int(max(0, min(tierCount.value, 10_000))) {
            guard let kind = nextText(), nextText() != nil, nextNumber() != nil, nextNumber() != nil,
                let count = nextNumber()
            else { return refuse(here(), "a tier is missing, or is not like those that Praat writes") }
            for _ in 0..<Int(max(0, min(count.value, 1e7))) {
                guard let start = nextNumber() else { return refuse(here(), "an interval of the tier is missing") }
                guard kind.value == "IntervalTier" else {
                    guard nextText() != nil else { return refuse(here(), "a point's mark is missing") }
                    continue
                }
                guard let end = nextNumber(), let label = nextText() else {
                    return refuse(here(), "an interval's end or text is missing")
                }
                if label.value.trimmed.isEmpty { continue }
                addInterval(recording, line: start.line, "\(start.value)", "\(end.value)", text: label.value.trimmed)
            }
        }
    }

    /// The free-standing numbers, quoted texts and flags; a quotation mark within a text is doubled.
    private static func items(_ text: String) -> [(item: Item, line: Int)] {
        var items: [(item: Item, line: Int)] = []
        var line = 1
        var word = ""
        var index = text.startIndex
        func endWord() {
            if let number = Double(word), number.isFinite { items.append((.number(number), line)) }
            if word.hasPrefix("<"), word.hasSuffix(">") { items.append((.flag, line)) }
            word = ""
        }
        while index < text.endIndex {
            let character = text[index]
            index = text.index(after: index)
            if character == "\"", word.isEmpty {
                var value = ""
                let firstLine = line
                while index < text.endIndex {
                    let next = text[index]
                    index = text.index(after: index)
                    if next == "\"" {
                        guard index < text.endIndex, text[index] == "\"" else { break }
                        index = text.index(after: index)
                    }
                    if next.isNewline { line += 1 }
                    value.append(next)
                }
                items.append((.text(value), firstLine))
            } else if character == "!", word.isEmpty {
                // A comment goes to the end of its line.
                while index < text.endIndex, !text[index].isNewline { index = text.index(after: index) }
            } else if character.isWhitespace {
                endWord()
                if character.isNewline { line += 1 }
            } else {
                word.append(character)
            }
        }
        endWord()
        return items
    }
}
