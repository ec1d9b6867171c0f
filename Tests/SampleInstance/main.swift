import AgeCheck
import CallFlows
import CallScreening
import FlowFiles
import Glibc
import Logging
import PINConference
import RealTimeAPI
import Survey
import Voicemail
import WebhookServer

// One of several servers of the sample flows, for tests that end it: sample-instance PORT, in the package's folder.
// The flow is the one that the request's app names.

LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }

let files = ["age-check", "voicemail"]
var flows = ["AgeCheck": ageCheck, "CallScreening": callScreening, "PINConference": pinConference]
flows["Survey"] = survey
flows["Voicemail"] = voicemail
for name in files { flows["\(name).yaml"] = try FlowFile.load(path: "samples/flows/\(name).yaml").flow }
let key = try JournalKey(secret: "a secret of the tests")
let hosts = flows.mapValues { FlowHost($0, key: key) }

var configuration = WebhookServerConfiguration()
configuration.port = Int(CommandLine.arguments[1])!
let server = WebhookServer(
    configuration: configuration,
    onListening: { port in
        print(port)
        fflush(nil)
    }
) { request in await hosts[request.app]!.respond(to: request) }
try await server.runUntilTerminated()
