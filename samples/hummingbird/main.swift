import CallFlows
import Glibc
import Hummingbird
import RealTimeAPI
import SampleFlows

// Mounts a flow as a route of a Hummingbird application. In the folder samples: swift run hummingbird-flow

extension RouterMethods {
    /// Answers the platform's requests at a path with a flow.
    func post(_ path: RouterPath, _ host: FlowHost) {
        post(path) { request, _ in
            // The longest request that there is has a journal of 12 kB.
            let body = try await request.body.collect(upTo: 1 << 20)
            let call: RealTimeAPI.Request
            do throws(MessageError) { call = try RealTimeAPI.Request(json: body.readableBytesView) } catch {
                throw HTTPError(.badRequest, message: "the body is not a request: \(error.description)")
            }
            return Hummingbird.Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: await host.respond(to: call).json)))
        }
    }
}

guard let port = Int(CommandLine.arguments.dropFirst().first ?? "8080") else {
    print("usage: hummingbird-flow [PORT]")
    exit(64)
}
let host = FlowHost(ageCheck, key: try .fromEnvironment())
let router = Router()
// Whoever calls has to know this name. A middleware checks the login, as in every application.
router.post("calls/age-check", host)
router.get("health") { _, _ in "ok" }
let application = Application(
    router: router,
    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
    onServerRunning: { channel in
        print("serving age-check on http://127.0.0.1:\(channel.localAddress?.port ?? port)/calls/age-check")
        fflush(nil)
    })
try await application.runService()
