/// The scale factors and Huffman codes of a frame, which may begin in the frames before it.
struct MainData: ~Copyable {
    /// The farthest that main data can begin before their frame.
    static let maximumBegin = 511
    /// Larger than what any frame adds: a header asks for 1441 bytes at most.
    private static let capacity = 4096
    /// What is read behind the end before it is noticed: scale factors, at most 18 bytes, and a word.
    private static let padding = 64

    private let bytes: UnsafeMutablePointer<UInt8>
    private var count = 0
    /// Bytes of earlier frames.
    private var reservoir = 0

    init() {
        bytes = .allocate(capacity: Self.capacity + Self.padding)
        bytes.initialize(repeating: 0, count: Self.capacity + Self.padding)
    }

    deinit { bytes.deallocate() }

    /// Takes the main data of the next frame.
    mutating func append(_ data: UnsafePointer<UInt8>, count added: Int) {
        precondition(added >= 0 && added <= Self.capacity - Self.maximumBegin, "a frame of \(added) bytes")
        reservoir = min(count, Self.maximumBegin)
        bytes.update(from: bytes + (count - reservoir), count: reservoir)
        (bytes + reservoir).update(from: data, count: added)
        count = reservoir + added
    }

    /// The main data that begin so many bytes before those that came last; nil if these were not there.
    func reader(begin: Int) -> BitReader? {
        begin <= reservoir ? BitReader(bytes, position: 8 * (reservoir - begin)) : nil
    }

    /// The place behind the last bit.
    var end: Int { 8 * count }
}
