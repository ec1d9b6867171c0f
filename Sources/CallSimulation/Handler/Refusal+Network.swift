import NIOCore
import NIOHTTP1
import NIOPosix
import SystemPackage

extension Refusal {
    /// What an error of the network is to the platform.
    init(_ error: any Error, address: HandlerAddress, patience: Duration) {
        let place = address.hostHeader
        switch error {
        case let refusal as Refusal: self = refusal
        case is LateAnswer:
            self.init(.late, "no answer within \(patience / .seconds(1)) s; the platform has hung up by now")
        case is ClosedWithoutAnswer, ChannelError.ioOnClosedChannel, ChannelError.eof:
            self.init(.malformed, "the connection ended without an answer")
        case HTTPParserError.invalidEOFState:
            self.init(.malformed, "the connection ended in the middle of an answer")
        case let error as HTTPParserError: self.init(.malformed, "the answer is not HTTP/1.1: \(error)")
        case let error as NIOHTTPObjectAggregatorError where error == .frameTooLong:
            self.init(.malformed, "the body exceeds \(HandlerConnection.bodyLimit >> 20) MiB")
        case ChannelError.connectTimeout(_):
            self.init(.unreachable, "nobody answers at \(place) within \(patience / .seconds(1)) s")
        case let error as NIOConnectionError where error.connectionErrors.isEmpty:
            self.init(.unreachable, "there is no host \(address.host)")
        case let error as NIOConnectionError:
            self.init(error.connectionErrors[0].error, address: address, patience: patience)
        case let error as IOError: self.init(.unreachable, Self.reason(Errno(rawValue: error.errnoCode), place))
        default:
            // What the libraries say of themselves is for those who write them, with paths of the machine they were built on.
            self.init(
                .unreachable, CertificateVerification.reason(for: error, place) ?? "the connection to \(place) failed")
        }
    }

    private static func reason(_ error: Errno, _ place: String) -> String {
        switch error {
        case .connectionRefused: "the connection to \(place) was refused: is the handler running?"
        case .connectionReset, .brokenPipe: "\(place) closed the connection"
        case .timedOut: "nobody answers at \(place)"
        default: "the connection to \(place) failed: \(error)"
        }
    }
}
