import CSndfile
import Glibc
import Synchronization

/// The file that libsndfile sees: callbacks on a ``ByteSource`` with a read-ahead of 64 KiB, since decoders ask for a
/// few bytes at a time.
final class SndfileInput {
    let source: ByteSource
    /// What went wrong in a callback; C code can't throw.
    private(set) var failure: ConversionError?
    private(set) var openError = ""

    private var position = 0
    private var ahead: [UInt8] = []
    private var aheadStart = 0

    private static let readAhead = 1 << 16
    /// libsndfile keeps the error of a failed open in a global variable.
    private static let opening = Mutex(())

    init(_ source: ByteSource) {
        self.source = source
    }

    /// Opens the source; nil if libsndfile can't, and then ``openError`` is its text.
    func open(_ info: inout SF_INFO) -> OpaquePointer? {
        var callbacks = SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(SndfileInput.from($0).source.size) },
            seek: { offset, whence, user in
                let input = SndfileInput.from(user)
                let base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? input.position : input.source.size
                let (target, overflow) = base.addingReportingOverflow(Int(offset))
                if !overflow, target >= 0 { input.position = target }
                return sf_count_t(input.position)
            },
            read: { bytes, count, user in
                guard let bytes, count > 0 else { return 0 }
                return sf_count_t(SndfileInput.from(user).read(.init(start: bytes, count: Int(count))))
            },
            write: { _, _, _ in 0 },
            tell: { sf_count_t(SndfileInput.from($0).position) })
        let user = Unmanaged.passUnretained(self).toOpaque()
        var handle: OpaquePointer?
        Self.opening.withLock { _ in
            handle = sf_open_virtual(&callbacks, Int32(SFM_READ), &info, user)
            if handle == nil { openError = String(cString: sf_strerror(nil)) }
        }
        return handle
    }

    private static func from(_ user: UnsafeMutableRawPointer?) -> SndfileInput {
        Unmanaged<SndfileInput>.fromOpaque(user!).takeUnretainedValue()
    }

    private func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        var total = 0
        while total < buffer.count, failure == nil {
            let available = aheadStart + ahead.count - position
            guard position >= aheadStart, available > 0 else {
                do throws(ConversionError) {
                    ahead = try source.bytes(at: position, count: Self.readAhead)
                } catch { failure = error }
                aheadStart = position
                if ahead.isEmpty { break }
                continue
            }
            let count = min(available, buffer.count - total)
            ahead.withUnsafeBytes { ahead in
                let from = position - aheadStart
                UnsafeMutableRawBufferPointer(rebasing: buffer[total..<(total + count)])
                    .copyMemory(from: .init(rebasing: ahead[from..<(from + count)]))
            }
            total += count
            position += count
        }
        return total
    }
}
