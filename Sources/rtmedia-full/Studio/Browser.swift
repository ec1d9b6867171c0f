import Dispatch
import Files
import QuickCommands

/// The browser of whoever sits at this machine.
enum Browser {
    /// Opens an address, and tells if that can't be done.
    static func open(_ address: String) {
        guard let opener = ChildProcess.find("xdg-open") else {
            return Console.note("rtmedia: --open needs xdg-open; open the address by hand")
        }
        // It may be the browser itself, which runs on for as long as it is used, and must not wait for anybody to read what it says.
        DispatchQueue.global().async {
            do throws(SystemError) {
                let child = try ChildProcess(
                    opener, arguments: [address], input: OpenFile(reading: "/dev/null"), as: 0)
                var buffer = [UInt8](repeating: 0, count: 4096)
                while true {
                    // What it says is not used; whether it could be opened is told by its end.
                    let count = buffer.withUnsafeMutableBytes { try? child.read(into: $0, patience: .seconds(1 << 30)) }
                    guard let count, count > 0 else { break }
                }
                if child.wait() != .code(0) {
                    Console.note("rtmedia: --open: the browser could not be opened; open the address by hand")
                }
            } catch { Console.note("rtmedia: --open: the browser could not be opened: \(error.reason)") }
        }
    }
}
