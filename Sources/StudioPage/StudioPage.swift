import CStudioPage
import TelephonyAudio

/// The studio's page: its HTML, modules and styles, as they lie in the executable.
package enum StudioPage {
    /// A file of the page.
    package struct File: Sendable {
        /// Its name, as in `index.html`.
        package let name: String
        /// What it holds.
        package let bytes: [UInt8]
        /// The kind of it, as HTTP names it.
        package let contentType: String
        /// What changes when it does.
        package let digest: String

        fileprivate init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
            contentType = StudioPage.contentType(of: name)
            digest = String(FNV1a.hash64(bytes), radix: 16)
        }
    }

    /// All files, by their names.
    package static let files: [String: File] = {
        var files: [String: File] = [:]
        var place = studio_page_files()!
        while let name = place.pointee.name {
            let text = String(cString: name)
            let bytes = Array(UnsafeBufferPointer(start: place.pointee.bytes, count: place.pointee.count))
            files[text] = File(text, bytes)
            place += 1
        }
        return files
    }()

    /// The page itself.
    package static var index: File { files["index.html"]! }

    private static func contentType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        case "json": "application/json"
        default: "application/octet-stream"
        }
    }
}
