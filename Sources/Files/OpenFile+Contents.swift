import SystemPackage

extension OpenFile {
    /// Reads what there is, from the descriptor's position to the end, part by part.
    ///
    /// - Parameter body: takes a part, which is gone afterwards; 64 KiB at the most.
    /// - Throws: `read`, and what the body throws.
    package func forEachPart(
        _ body: (UnsafeRawBufferPointer) throws(SystemError) -> Void
    ) throws(SystemError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try read(into: buffer)
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Reads all there is, from the descriptor's position to the end.
    ///
    /// - Parameter limit: the most bytes that are accepted.
    /// - Throws: `read`; `exceed` if there is more.
    package func contents(limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        try forEachPart { (part) throws(SystemError) in
            guard part.count <= limit - bytes.count else {
                throw SystemError(.exceed(limit: limit), name, .fileTooLarge)
            }
            bytes += part
        }
        return bytes
    }
}
