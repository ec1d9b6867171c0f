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
    /// How long the pauses of a text may be in all, in milliseconds: ten minutes.
    package static let maximumPause = 600_000

    /// Reads a markup.
    ///
    /// - Throws: the first thing that is wrong with it.
    package init(_ text: String) throws(MarkupFinding) {
        var reader = try XMLReader(text)
        /// The elements that are open, outermost first, and what they hold so far.
        var open: [(name: String, place: Int, element: SSMLElement)] = []
        var pause = 0

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
                if open.isEmpty { nodes.add(text) } else { open[open.count - 1].element.add(.text(text)) }
            case .start(let name, let attributes, let isEmpty):
                let element = try SSMLElement(name, attributes, at: place, in: reader, &warnings)
                pause += element.pause
                guard pause <= Self.maximumPause else {
                    throw reader.finding("with this <\(name)> the pauses are longer than 600 s in all", at: place)
                }
                if isEmpty {
                    close(element)
                } else {
                    open.append((name, place, element))
                    guard open.count <= Self.maximumDepth else {
                        throw reader.finding("<\(name)> lies deeper than \(Self.maximumDepth) elements", at: place)
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
