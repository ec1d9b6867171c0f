import Testing

@testable import RealTimeAPI

/// JSON's grammar (RFC 8259) at its edges.
@Suite struct JSONGrammarTests {
    private func isJSON(_ text: String) -> Bool { (try? JSONText(text)) != nil }

    @Test func `escapes have four hexadecimal digits of either case, and nothing beside them`() throws {
        for digit in "0123456789abcdefABCDEF" {
            let value = try JSONText("\"\\u00\(digit)1\"").value
            let scalar = Unicode.Scalar(UInt32(String(digit), radix: 16)! * 16 + 1)!
            #expect(value == .string(String(Character(scalar))), "\(digit)")
        }
        for other in "/:@G`g-+ " {
            for place in 0..<4 {
                var digits = Array("0041")
                digits[place] = other
                #expect(!isJSON("\"\\u\(String(digits))\""), "\(String(digits))")
            }
        }
        #expect(!isJSON(#""\u004""#) && isJSON(#""\u0041""#))
        #expect(try JSONText(#""\u00412""#).value == .string("A2"))
    }

    @Test func `every escape of a letter is what it stands for`() throws {
        let text = #""\"\\\/\b\f\n\r\t|\u00e9x\ud83d\ude00y""#
        #expect(try JSONText(text).value == .string("\"\\/\u{8}\u{C}\n\r\t|éx😀y"))
        for letter in "abcdefghijklmnopqrstuvwxyzABU0'" where !"bfnrtu".contains(letter) {
            #expect(!isJSON("\"\\\(letter)\""), "\(letter)")
        }
    }

    @Test func `half a surrogate pair is a replacement character, and what stands beside it stays`() throws {
        for (text, value) in [
            (#""a\ud83db""#, "a\u{FFFD}b"), (#""\ude00""#, "\u{FFFD}"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
            (#""\ud83d\n\ude00""#, "\u{FFFD}\n\u{FFFD}"), (#""\ud83d-\ude00""#, "\u{FFFD}-\u{FFFD}"),
        ] { #expect(try JSONText(text).value == .string(value), "\(text)") }
    }

    @Test func `numbers have the form of JSON`() {
        for number in [
            "0", "-0", "1", "9", "10", "-19", "0.0", "0.9", "1.05", "1e0", "1E9", "1e+05", "1e-05", "-0.0e-0", "1e400",
            "123456789012345678901234567890",
        ] { #expect(isJSON(number) && isJSON(" [\(number) ,\(number)]"), "\(number)") }
        for number in [
            "", "-", "+1", "00", "01", "-01", "1.", ".5", "-.5", "1.e1", "1e", "1e+", "1e-", "1e1.0", "1ee1", "0x1",
            "1/", "1:",
            "--1", "1-", "1 2", "NaN", "Infinity", "/", ":", "1e/", "1./",
        ] { #expect(!isJSON(number) && !isJSON("[\(number.isEmpty ? "," : number)]"), "\(number)") }
    }

    @Test func `words are whole, and in small letters`() {
        for word in ["true", "false", "null"] {
            #expect(isJSON(word) && isJSON("{\"a\":\(word)}"))
            for other in [word.uppercased(), String(word.dropLast()), word + "x", String(word.dropFirst())] {
                #expect(!isJSON(other) && !isJSON("{\"a\":\(other)}"), "\(other)")
            }
        }
    }

    @Test func `between values there are spaces, tabs and line ends, and nothing else`() {
        for space in ["", " ", "\t", "\n", "\r", " \t\r\n "] {
            #expect(
                isJSON("\(space){\(space)\"a\"\(space):\(space)[\(space)1\(space),\(space)2\(space)]\(space)}\(space)"))
        }
        for other in ["\u{0}", "\u{8}", "\u{B}", "\u{C}", "\u{1F}", "!", "\u{A0}", "\u{FEFF}"] {
            for text in [
                "\(other)1", "1\(other)", "[\(other)1]", "[1\(other)]", "{\(other)\"a\":1}", "{\"a\"\(other):1}",
            ] {
                #expect(!isJSON(text), "\(text.unicodeScalars.map(\.value))")
            }
        }
    }

    @Test func `objects and arrays are closed, and have no comma too much`() {
        for text in [
            "{", "}", "[", "]", "{]", "[}", "[1", "[1,", "[,1]", "[1,]", "[1,,2]", "[1 2]", "{\"a\"}", "{\"a\":}",
            "{:1}", "{a:1}",
            "{\"a\":1,}", "{,\"a\":1}", "{\"a\":1 \"b\":2}", "{\"a\":1", "{\"a\",1}", "{1:1}", "{\"a\":1}}", "[[]",
            "\"", "\"\\\"",
        ] { #expect(!isJSON(text), "\(text)") }
        for text in ["{}", "[]", "{\"\":{}}", "[[],{}]", "\"\"", "{\"a\":1,\"a\":2}"] {
            #expect(isJSON(text), "\(text)")
        }
    }

    @Test func `control characters in a string are escaped, and only those must be`() throws {
        for value in 0..<32 as Range<UInt8> {
            #expect(!isJSON("\"\(Character(Unicode.Scalar(value)))\""), "\(value)")
            let text = try JSONText(encoding: .string(String(Character(Unicode.Scalar(value))))).text
            let short: [UInt8: String] = [8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"]
            let long = "\\u00" + (value < 16 ? "0" : "") + String(value, radix: 16)
            #expect(text == "\"\(short[value] ?? long)\"")
        }
        for value in 32...0x3000 as ClosedRange<UInt32> where value != 0x22 && value != 0x5C {
            let character = String(Character(Unicode.Scalar(value)!))
            #expect(try JSONText(encoding: .string(character)).text == "\"\(character)\"")
            #expect(try JSONText("\"\(character)\"").value == .string(character))
        }
    }

    @Test func `what is between plain characters is found at every place of a long string`() throws {
        for length in 0...40 {
            for place in 0...length {
                let (before, after) = (
                    String(repeating: "a", count: place), String(repeating: "b", count: length - place)
                )
                for (escape, meant) in [
                    (#"\""#, "\""), (#"\\"#, "\\"), (#"\n"#, "\n"), ("é", "é"), ("~", "~"), (" ", " "),
                ] {
                    let text = "\"\(before)\(escape)\(after)\""
                    #expect(try JSONText(text).value == .string(before + meant + after))
                    #expect(try JSONText(encoding: .string(before + meant + after)).text == text)
                }
                #expect(!isJSON("\"\(before)\u{1F}\(after)\""))
                #expect(!isJSON("\"\(before)\"\(after)\""))
            }
        }
    }

    @Test func `every kind of value is written, and read as it was`() throws {
        let raw = try JSONText(" [1.50, {\"b\" : null}] ")
        let value = JSON.object([
            .init("a", .raw(raw)), .init("b", .array([.bool(true), .bool(false), .null])), .init("c", .object([])),
            .init("d", .array([])), .init("e", .integer(-7)), .init("f", .string("")),
        ])
        let text = try JSONText(encoding: value).text
        #expect(
            text == #"{"a":[1.50, {"b" : null}],"b":[true,false,null],"c":{},"d":[],"e":-7,"f":""}"#)
        #expect(try JSONText(text).value["e"] == .number("-7"))
        for number in [Int.min, -10, -1, 0, 9, 10, 99, 100, Int.max] {
            #expect(try JSONText(encoding: .integer(number)).text == "\(number)")
        }
    }

    @Test func `an error tells the place in lines and columns`() throws {
        for (text, place) in [
            ("x", "byte 0"), ("[1,x", "byte 3"), ("[1,\nx", "line 2, column 1"), ("[\n\n 1,\n  x", "line 4, column 3"),
        ] {
            let finding = try #require(Response.validate(json: text.utf8).first)
            #expect(finding.description == "not JSON: unexpected \"x\" at \(place)")
        }
    }

    @Test func `numbers are whole numbers if they are, however they are written`() {
        for (text, number) in [
            ("0", 0), ("-0", 0), ("0.000", 0), ("0e5", 0), ("0e99999999999999999999", 0),
            ("-0.0e-99999999999999999999", 0), ("12", 12), ("1.2e1", 12), ("120e-1", 12), ("1200e-2", 12),
            ("0.0012e4", 12), ("-12.0", -12), ("1e2", 100), ("100", 100), ("10.10e2", 1010),
            ("1e18", 1_000_000_000_000_000_000),
            ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("922337203685477580700e-2", Int.max),
        ] { #expect(JSON.number(text).integer(Int.self) == number, "\(text)") }
        for text in [
            "0.5", "12e-1", "1.05e1", "9223372036854775808", "-9223372036854775809", "1e19", "1e400", "1e-400",
            "10e99999999999999999999", "1.05e99999999999999999999", "1.05e-99999999999999999999",
        ] {
            #expect(JSON.number(text).integer(Int.self) == nil, "\(text)")
        }
        #expect(JSON.number("1e19").integer(UInt64.self) == 10_000_000_000_000_000_000)
        #expect(JSON.number("-1").integer(UInt64.self) == nil)
        #expect(JSON.number("1e20").integer(UInt128.self) == 100_000_000_000_000_000_000)
    }

    @Test func `a result that is called a number, and is none, is an error`() {
        var request = Request()
        request.call = CallID(rawValue: 1)
        request.status = .up
        for (text, isRight) in [("7", true), ("-1", true), ("x", false), ("", false), ("1 2", false), ("0.5", false)] {
            request.commandResult = ResultText(text, isNumber: true)
            let errors = Request.definition.findings(of: request).filter { $0.severity == .error }
            #expect(errors.map(\.pointer) == (isRight ? [] : ["/command_result"]), "\(text)")
            request.commandResult = ResultText(text)
            #expect(!Request.definition.findings(of: request).containsError, "\(text)")
        }
    }
}
