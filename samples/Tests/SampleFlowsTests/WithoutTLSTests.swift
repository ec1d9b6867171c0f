import CallSimulation
import TelephonyAudio
import Testing
import WebhookServer

/// The samples depend on rtmedia without its trait TLS: what needs it says so, and all else is as it is elsewhere.
@Suite struct WithoutTLSTests {
    @Test func `a certificate can't be served with, and the trait is named`() {
        let error = #expect(throws: WebhookServerError.self) { try TLSIdentity(certificate: "c.pem", key: "k.pem") }
        #expect(error?.code == .noTLS && error?.reason.contains("trait TLS") == true)
    }

    @Test func `a handler at https can't be called`() {
        #expect(!CertificateVerification.isAvailable)
        let error = #expect(throws: SimulationError.self) { try HandlerAddress("https://127.0.0.1/") }
        #expect(error?.reason.contains("trait TLS") == true)
        #expect(throws: Never.self) { try HandlerAddress("http://127.0.0.1/") }
    }
}
