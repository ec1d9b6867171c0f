import Glibc

/// A port of this machine that nobody is given while it is held, and at which a server may listen that is told its number.
package final class HeldPort: Sendable {
    private let descriptor: Int32
    package let number: Int

    package init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        // Servers set the one or the other, and so share it with a socket that does not listen.
        for option in [SO_REUSEADDR, SO_REUSEPORT] {
            var isOn: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, option, &isOn, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else { throw SupportError("no port can be had") }
        self.descriptor = descriptor
        number = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    /// Whether a server listens.
    package var isServed: Bool { RawConnection(port: number).isOpen }
}
