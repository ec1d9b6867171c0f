import Testing

@testable import Presentation

/// Drawings, and the text in them.
@Suite struct SVGDrawingTests {
    @Test func `shapes are written with a decimal at most, in their order`() {
        var drawing = SVGDrawing(width: 100, height: 50.5, label: "a & \"b\"")
        drawing.line(0, 1.25, 10, -0.04, .stroke("#123456", width: 2, dash: "6 4"))
        drawing.rectangle(1, 2, -3, 4, "box", title: "<1>")
        drawing.text(5, 6, "a<b", .text(size: 11, anchor: "end", isBold: true))
        drawing.polyline([(0, 0), (1.06, 2)], "curve c\(1)")
        let shapes =
            "<line x1=\"0\" y1=\"1.3\" x2=\"10\" y2=\"0\" fill=\"none\" stroke=\"#123456\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>"
            + "<rect x=\"1\" y=\"2\" width=\"0\" height=\"4\" class=\"box\"><title>&lt;1&gt;</title></rect>"
            + "<text x=\"5\" y=\"6\" font-size=\"11\" text-anchor=\"end\" font-weight=\"bold\" fill=\"#222222\">a&lt;b</text>"
            + "<polyline points=\"0 0 1.1 2\" class=\"curve c1\"/>"
        #expect(
            drawing.element
                == "<svg viewBox=\"0 0 100 50.5\" role=\"img\" aria-label=\"a &amp; &quot;b&quot;\">\(shapes)</svg>\n")
        #expect(drawing.document.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"50.5\" "))
        #expect(drawing.document.hasSuffix(">\(shapes)\n</svg>\n"))
    }

    @Test func `what belongs together has one title`() {
        var drawing = SVGDrawing(width: 1, height: 1, label: "")
        drawing.group(title: "a&b") { $0.circle(0, 0, radius: 1, .fill("#ffffff", opacity: 0.5)) }
        #expect(
            drawing.element.contains(
                "<g><title>a&amp;b</title><circle cx=\"0\" cy=\"0\" r=\"1\" fill=\"#ffffff\" opacity=\"0.5\"/></g>"))
    }

    @Test func `nothing in a text is markup, and no character is one that XML cannot hold`() {
        #expect(Markup.escaped("<b>&\"'\u{0}\u{FFFF}\n") == "&lt;b&gt;&amp;\"'\u{FFFD}\u{FFFD}\n")
        #expect(Markup.quoted("\"a\n<\"") == "\"&quot;a&#10;&lt;&quot;\"")
    }
}
