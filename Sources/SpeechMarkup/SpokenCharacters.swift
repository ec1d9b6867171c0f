/// What a text that is spoken may be made of.
package enum SpokenCharacters {
    /// The first character that no text may have; nil if there is none.
    ///
    /// espeak-ng ends a text at a zero and begins commands of its own with control characters: 1 changes voices, punctuation
    /// and sounds, 2 begins phonemes.
    package static func control(in text: String) -> Unicode.Scalar? { text.unicodeScalars.first(where: isControl) }

    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 9 || (14..<32).contains(scalar.value) || scalar.value == 127
    }

    /// Whether a character may be in a markup, as it is or by its number (XML 1.0, 2.2).
    static func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
        !isControl(scalar) && scalar.value != 11 && scalar.value != 12 && scalar.value != 0xFFFE
            && scalar.value != 0xFFFF
    }
}
