/// A text with markup: Speech Synthesis Markup Language 1.1 (W3C, 2010), read strictly, as far as it can be spoken here.
///
/// A part without `<speak>` is taken too. What would read a file, fetch something or start a program is refused; elements and
/// attributes that have no effect are told by ``warnings``. ``table`` says what becomes of each.
///
/// espeak-ng 1.51 looks outside the text in these places, none of which the ``pieces`` have:
/// - `<audio src>` is a file that it opens (soundicon.c), and has `sh -c 'sox "NAME" ...'` convert if it is no WAV file of its
///   rate; `xml:base` is put before it. Letters of its name count by their low byte, so that `<šudio>` is one too.
/// - `<voice name>`: behind `+` stands a file of a variant, `../` and all (voices.c); a voice of MBROLA has `mbrola` started.
/// - The character 1, as it is or as `&#1;`, begins commands: for voices, for sounds of a table that it reads beyond its end,
///   for punctuation. 2 begins phonemes, as `<phoneme alphabet="espeak">` does.
/// - Voices and parameters nest in stacks, one of which has no end (ssml.c of 1.52).
///
/// ```swift
/// let markup = try SSML("<speak>fish &amp; chips<mark name='end'/></speak>")
/// markup.pieces         // one: "fish & chips"
/// markup.warnings         // line 1, column 25: <mark> has no effect
/// ```
package struct SSML: Sendable, Hashable {
    /// A part of it.
    package indirect enum Node: Sendable, Hashable {
        case text(String)
        case element(SSMLElement)
    }

    /// What is in it, in order.
    package private(set) var nodes: [Node] = []
    /// What has no effect, in order.
    package private(set) var warnings: [MarkupFinding] = []

    /// How deep elements may lie in one another.
    package static let maximumDepth = 16
    /// How long the pauses of a text may be in all: ten minutes.
    package static let maximumPause = Duration.seconds(600)

    /// Reads a markup.
    ///
    /// - Throws: the first thing that is wrong with it.
    package init(_ text: String) throws(MarkupFinding) {
        var reader = try XMLReader(text)
        /// The elements that are open, outermost first, and what they hold so far.
        var open: [(name: String, place: Int, element: SSMLElement)] = []
        var pause = Duration.zero
        var roots = RootFinder()

        func close(_ element: SSMLElement) {
            if open.isEmpty {
                nodes.append(.element(element))
            } else {
                open[open.count - 1].element.add(.element(element))
            }
        }
        while true {
            let place = reader.place
            guard let token = try reader.next() else { break }
            switch token {
            case .text(let text):
                if open.isEmpty, !text.unicodeScalars.allSatisfy(\.properties.isWhitespace) { roots.findOther(place) }
                if open.isEmpty { nodes.add(text) } else { open[open.count - 1].element.add(.text(text)) }
            case .start(let name, let attributes, let isEmpty):
                let element = try SSMLElement(name, attributes, at: place, in: reader, &warnings)
                if name.lowercased() == "speak" {
                    roots.find(place, within: open.last?.name)
                } else if open.isEmpty {
                    roots.findOther(place)
                }
                pause += element.pause
                guard pause <= Self.maximumPause else {
                    throw reader.finding("with this <\(name)> the pauses are longer than 600 s in all", at: place)
                }
                if isEmpty {
                    close(element)
                } else {
                    open.append((name, place, element))
                    guard open.count <= Self.maximumDepth else {
                        throw reader.finding("<\(name)> is nested deeper than \(Self.maximumDepth) elements", at: place)
                    }
                }
            case .end(let name):
                guard let last = open.popLast() else { throw reader.finding("</\(name)> ends nothing", at: place) }
                guard last.name == name else {
                    throw reader.finding("</\(name)> is where </\(last.name)> should be", at: place)
                }
                close(last.element)
            }
        }
        if let last = open.last {
            throw reader.finding("<\(last.name)> is never closed; end it with </\(last.name)>", at: last.place)
        }
        for (message, place) in roots.warnings { warnings.append(reader.finding(message, at: place)) }
        warnings.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// What is to be known of `<speak>`, of which a text has one, around all of it, or none.
    private struct RootFinder {
        private var count = 0
        /// Where something first stands outside of it.
        private var otherPlace: Int?
        private var others: [(message: String, place: Int)] = []

        mutating func find(_ place: Int, within outer: String?) {
            count += 1
            if let outer {
                others.append(("<speak> within <\(outer)> has no effect; one <speak> holds the whole text", place))
            } else if count > 1 {
                others.append(
                    (
                        "a second <speak> is spoken too, but other readers refuse it; one <speak> holds the whole text",
                        place
                    ))
            }
        }

        mutating func findOther(_ place: Int) { otherPlace = otherPlace ?? place }

        var warnings: [(message: String, place: Int)] {
            guard count > 0, let otherPlace else { return others }
            return others + [
                (
                    "what is outside <speak> is spoken too, but other readers refuse it; one <speak> holds the whole text",
                    otherPlace
                )
            ]
        }
    }
}

extension [SSML.Node] {
    /// Adds text, to the text before it if there is some.
    mutating func add(_ text: String) {
        if case .text(let before) = last {
            self[count - 1] = .text(before + text)
        } else {
            append(.text(text))
        }
    }
}
