import Glibc

/// The plain C that detection is measured beside: Peers.c, compiled by gcc at -O3 -march=native for this machine.
struct Peers {
    let sum: @convention(c) (UnsafePointer<Int16>, Int) -> Int64
    let levels: @convention(c) (UnsafePointer<Int16>, Int, Int32, UnsafeMutablePointer<UInt16>) -> Int64
    let asterisk: @convention(c) (UnsafePointer<Int16>, Int, Int32, Int32, Int32, Int32) -> Int64
    let documented: @convention(c) (UnsafePointer<Int16>, Int, Int32, Int32, Int32, Int32) -> Int64

    /// Compiles and loads them; nil if gcc is not installed or fails, which it tells itself.
    init?() {
        let library = "/tmp/rtmedia-peers.\(getpid()).so"
        defer { unlink(library) }
        let source = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Peers.c"
        let arguments = ["gcc", "-O3", "-march=native", "-shared", "-fPIC", "-o", library, source]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        var status: Int32 = 0
        guard posix_spawnp(&child, "gcc", nil, nil, &words, environ) == 0, waitpid(child, &status, 0) == child,
            status == 0,
            let handle = dlopen(library, RTLD_NOW)
        else { return nil }
        func function<Function>(_ name: String) -> Function { unsafeBitCast(dlsym(handle, name)!, to: Function.self) }
        sum = function("peer_sum")
        levels = function("peer_levels")
        asterisk = function("peer_asterisk")
        documented = function("peer_documented")
    }
}
