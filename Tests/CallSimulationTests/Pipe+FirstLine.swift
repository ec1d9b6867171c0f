import Foundation
import Glibc

extension Pipe {
    /// The first line that comes, without its end; what has come of it if nothing more does.
    ///
    /// `FileHandle` gives up when a signal comes, such as that a child of another test has ended.
    func firstLine() -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = read(fileHandleForReading.fileDescriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != UInt8(ascii: "\n") else { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
    }
}
