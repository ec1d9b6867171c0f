import CallSimulation
import Foundation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// The platform's HTTP client.
@Suite(.waiting, .timeLimit(.minutes(15))) struct ConnectionTests {
    @Test("A call keeps its connection from request to request")
    func keepAlive() async throws {
        let handler = try MenuHandler("none")
        let outcome = try await handler.call()
        #expect(outcome.answerTimes.count == 3)
        #expect(try await handler.connections() == 1)
    }

    @Test("The lines of a load keep theirs from call to call")
    func keepAliveInLoad() async throws {
        let handler = try MenuHandler("none")
        let report = try await handler.use { setup in
            try await LoadGenerator.run(LoadPlan(calls: 20, concurrency: 2)) { _ in setup }
        }
        #expect(report.requests == 60)
        #expect(try await handler.connections() == 2)
    }

    @Test("A body that is too long is refused, whether it says so or not", arguments: [true, false])
    func longBody(hasLength: Bool) async throws {
        let outcome = try await MenuHandler(raw: hasLength ? "long" : "long-chunked").call()
        #expect(outcome.refusal?.kind == .malformed)
        #expect(outcome.refusal?.reason == "the body exceeds 16 MiB")
    }

    @Test("A body in chunks is one like any other")
    func chunks() async throws {
        let outcome = try await MenuHandler(raw: "chunked").call()
        #expect(outcome.refusal == nil)
        #expect(outcome.steps.map(\.result) == ["0"])
    }

    @Test("What is cut off, or no HTTP, is malformed", arguments: ["cut", "garbage"])
    func malformed(way: String) async throws {
        let outcome = try await MenuHandler(raw: way).call()
        #expect(outcome.refusal?.kind == .malformed)
    }

    @Test("A host that there is not is named")
    func noHost() async throws {
        // A letter more than a label may have: whoever is asked, there is none.
        let host = String(repeating: "a", count: 64)
        let refusal = try await MenuHandler("none").call {
            $0.handler = try! HandlerAddress("http://\(host)/")
        }.refusal
        #expect(refusal?.kind == .unreachable)
        #expect(refusal?.reason == "there is no host \(host)")
    }
}

/// Handlers at `https://`.
@Suite(.waiting, .timeLimit(.minutes(15))) struct TrustTests {
    private let folder = TestFolder()

    /// A certificate for localhost, signed by itself, and its key.
    private func certificate() throws -> [String] {
        let files = ["certificate.pem", "key.pem"].map { folder($0) }
        let run = try RunningProgram.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost", "-out", files[0], "-keyout", files[1],
            ])
        try #require(run.status == 0, "\(run.errors)")
        return files
    }

    @Test("A certificate that nobody vouches for is refused, one from the file or any if that is wanted is taken")
    func verification() async throws {
        let files = try certificate()
        let handler = try MenuHandler("none", certificate: files)
        func refusal(_ verification: CertificateVerification) async throws -> Refusal? {
            try await handler.call(host: "localhost") { $0.verification = verification }.refusal
        }
        let untrusted = try #require(try await refusal(.system))
        #expect(untrusted.kind == .unreachable)
        #expect(untrusted.reason.hasPrefix("no trusted authority has signed the certificate of localhost:"))
        #expect(try await refusal(.certificates(file: files[0])) == nil)
        #expect(try await refusal(.anything) == nil)
    }

    @Test("A certificate of another name is refused")
    func name() async throws {
        let files = try certificate()
        let outcome = try await MenuHandler("none", certificate: files).call(host: "127.0.0.1") {
            $0.verification = .certificates(file: files[0])
        }
        #expect(outcome.refusal?.kind == .unreachable)
        #expect(outcome.refusal?.reason.hasSuffix("is for another host") == true, "\(outcome.refusal?.reason ?? "")")
    }

    @Test("A handler that speaks plain HTTP is told to")
    func plain() async throws {
        let outcome = try await MenuHandler("none").call {
            $0.handler = try! HandlerAddress("https://127.0.0.1:\($0.handler.port)/")
            $0.verification = .anything
        }
        #expect(outcome.refusal?.kind == .unreachable)
        #expect(outcome.refusal?.reason.hasSuffix(" does not speak TLS: is it http://?") == true)
    }

    @Test("A file of certificates is looked at before a call is placed")
    func check() throws {
        let files = try certificate()
        try CertificateVerification.certificates(file: files[0]).check()
        #expect(throws: SimulationError.self) { try CertificateVerification.certificates(file: files[1]).check() }
        try CertificateVerification.system.check()
        try CertificateVerification.anything.check()
    }

    @Test("A file that holds no certificates is told")
    func noFile() async throws {
        let outcome = try await MenuHandler("none").call {
            $0.handler = try! HandlerAddress("https://127.0.0.1:1/")
            $0.verification = .certificates(file: "/nonexistent.pem")
        }
        #expect(outcome.refusal?.reason.hasPrefix("the certificates can't be read") == true)
    }
}
