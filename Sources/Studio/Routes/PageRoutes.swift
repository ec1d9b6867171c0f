import NIOHTTP1
import StudioPage

/// The page itself: its HTML, modules and styles.
enum PageRoutes {
    static func reply(_ request: StudioRequest) throws(StudioError) -> StudioReply {
        try only(.GET, request) { () throws(StudioError) in
            let name: String
            switch request.path.count {
            case 0: name = StudioPage.index.name
            case 2 where request.path[0] == "page": name = request.path[1]
            default: throw .notFound
            }
            guard let file = StudioPage.files[name] else { throw .notFound }
            let tag = "\"\(file.digest)\""
            let isKnown = request.headers.first(name: "If-None-Match") == tag
            var reply = StudioReply(isKnown ? .notModified : .ok, file.contentType, .bytes(isKnown ? [] : file.bytes))
            reply.fields = [("ETag", tag), ("Cache-Control", "no-cache")]
            return reply
        }
    }
}
