import Presentation
import RealTimeAPI
import StudioPage
import TelephonyAudio

/// One HTML file with a module of the studio's page, the modules and the style that it needs, its data, and its text for readers
/// without scripts.
struct ReportPage {
    let title: String
    /// The module that shows the data.
    let module: String
    let data: [JSON.Member]
    /// Elements that stand there as they are.
    let text: String

    /// Nothing is fetched: what there is lies in the file.
    private static let policy =
        "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data:; media-src data: blob:"

    /// The whole file.
    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(Markup.escaped(title))</title>
        <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
        <style>
        \(Self.file("studio.css"))
        </style>
        </head>
        <body>
        <main id="report-text">
        \(text)
        </main>
        <script type="application/json" id="report">\(json)</script>
        <script type="importmap">\(importMap)</script>
        <script type="module">import "studio/\(module)";</script>
        </body>
        </html>

        """
    }

    /// The data, in which nothing can end the element that it stands in.
    private var json: String { JSONText(read: data).text.replacing("<", with: "\\u003c") }

    /// Where the modules are: in the map itself.
    private var importMap: String {
        let imports = modules.sorted().map { name in
            let bytes = Array(Self.file(name).utf8)
            return JSON.Member(
                "studio/\(name)", .string("data:text/javascript;base64,\(Base64.encode(bytes.span.bytes))"))
        }
        return JSONText(read: [JSON.Member("imports", .object(imports))]).text
    }

    /// The module, and all that it needs.
    private var modules: Set<String> {
        var found: Set<String> = []
        var open = [module]
        while let name = open.popLast() {
            guard found.insert(name).inserted else { continue }
            open += Self.file(name).matches(of: /(?:from|import) "studio\/([\w-]+\.js)"/).map {
                String($0.1)
            }
        }
        return found
    }

    private static func file(_ name: String) -> String {
        // The page is in the executable: a module that it names is there, as its tests see to.
        String(decoding: StudioPage.files[name]?.bytes ?? [], as: UTF8.self)
    }
}
