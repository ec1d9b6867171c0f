/// A drawing in SVG, shape after shape; later ones lie over earlier ones.
package struct SVGDrawing {
    private let width: Double
    private let height: Double
    private let label: String
    private var shapes = ""

    /// An empty drawing.
    ///
    /// - Parameters:
    ///   - width: in the units that shapes are placed by: pixels, unless a page scales it.
    ///   - height: in the same units.
    ///   - label: what it shows, for those who do not see it.
    package init(width: Double, height: Double, label: String) {
        self.width = width
        self.height = height
        self.label = label
    }

    /// The drawing as an element of an HTML page.
    package var element: String { "<svg viewBox=\(content)</svg>\n" }

    /// The drawing as a document of its own.
    package var document: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
        font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="13" viewBox=\(content)
        </svg>

        """
    }

    private var content: String {
        "\"0 0 \(number(width)) \(number(height))\" role=\"img\" aria-label=\(Markup.quoted(label))>\(shapes)"
    }
}

// MARK: - Shapes

extension SVGDrawing {
    package mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ look: ShapeLook) {
        add("line", ["x1": x1, "y1": y1, "x2": x2, "y2": y2], look)
    }

    /// - Parameter title: what is told when a pointer rests on it.
    package mutating func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ look: ShapeLook, title: String? = nil
    ) {
        add(
            "rect", ["x": x, "y": y, "width": max(0, width), "height": max(0, height)], look, content: Self.title(title)
        )
    }

    package mutating func rectangle(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, _ look: ShapeLook) {
        rectangle(
            x.lowerBound, y.lowerBound, x.upperBound - x.lowerBound, y.upperBound - y.lowerBound, look)
    }

    package mutating func circle(_ x: Double, _ y: Double, radius: Double, _ look: ShapeLook, title: String? = nil) {
        add("circle", ["cx": x, "cy": y, "r": radius], look, content: Self.title(title))
    }

    package mutating func text(_ x: Double, _ y: Double, _ text: String, _ look: ShapeLook) {
        add("text", ["x": x, "y": y], look, content: Markup.escaped(text))
    }

    /// Text that goes upwards.
    package mutating func upright(_ x: Double, _ y: Double, _ text: String, _ look: ShapeLook) {
        shapes +=
            "<text transform=\"translate(\(number(x)) \(number(y))) rotate(-90)\" \(look.attributes)>"
            + "\(Markup.escaped(text))</text>"
    }

    /// - Parameter data: as in `M0 0H8V8H0z`.
    package mutating func path(_ data: String, _ look: ShapeLook) {
        shapes += "<path d=\"\(data)\" \(look.attributes)/>"
    }

    /// Joined points.
    package mutating func polyline(_ points: [(x: Double, y: Double)], _ look: ShapeLook) {
        shapes += "<polyline points=\"\(Self.list(points))\" \(look.attributes)/>"
    }

    /// A filled outline.
    package mutating func polygon(_ points: [(x: Double, y: Double)], _ look: ShapeLook) {
        shapes += "<polygon points=\"\(Self.list(points))\" \(look.attributes)/>"
    }

    /// Shapes that belong together.
    ///
    /// - Parameter title: what is told when a pointer rests on one of them.
    package mutating func group(title: String, _ draw: (inout SVGDrawing) -> Void) {
        shapes += "<g>\(Self.title(title))"
        draw(&self)
        shapes += "</g>"
    }

    private mutating func add(
        _ name: String, _ geometry: KeyValuePairs<String, Double>, _ look: ShapeLook, content: String = ""
    ) {
        let places = geometry.map { "\($0)=\"\(number($1))\" " }.joined()
        shapes += "<\(name) \(places)\(look.attributes)" + (content.isEmpty ? "/>" : ">\(content)</\(name)>")
    }

    private static func title(_ text: String?) -> String {
        text.map { "<title>\(Markup.escaped($0))</title>" } ?? ""
    }

    private static func list(_ points: [(x: Double, y: Double)]) -> String {
        points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: " ")
    }
}

/// How a shape looks: by classes of a page's style sheet, which a string literal names, or by attributes of its own, in a
/// drawing that stands alone.
package struct ShapeLook: ExpressibleByStringInterpolation {
    fileprivate let attributes: String

    private init(attributes: String) { self.attributes = attributes }

    package init(stringLiteral classes: String) { self.init(attributes: "class=\"\(classes)\"") }

    /// A line.
    ///
    /// - Parameter dash: as in `6 4`: six units of line, four of gap.
    package static func stroke(_ colour: String, width: Double = 1, dash: String? = nil) -> Self {
        let dash = dash.map { " stroke-dasharray=\"\($0)\"" } ?? ""
        return Self(attributes: "fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(number(width))\"\(dash)")
    }

    /// A filled shape.
    ///
    /// - Parameters:
    ///   - opacity: 0...1.
    ///   - border: the width of a line around it, of the same colour.
    package static func fill(_ colour: String, opacity: Double = 1, border: Double = 0) -> Self {
        let line = border > 0 ? " stroke=\"\(colour)\" stroke-width=\"\(number(border))\"" : ""
        return Self(attributes: "fill=\"\(colour)\"\(opacity < 1 ? " opacity=\"\(opacity)\"" : "")\(line)")
    }

    /// Text.
    ///
    /// - Parameter anchor: which part of it lies at its place: `start`, `middle` or `end`.
    package static func text(
        _ colour: String = "#222222", size: Int = 13, anchor: String = "start", isBold: Bool = false
    ) -> Self {
        let weight = isBold ? " font-weight=\"bold\"" : ""
        return Self(attributes: "font-size=\"\(size)\" text-anchor=\"\(anchor)\"\(weight) fill=\"\(colour)\"")
    }
}
