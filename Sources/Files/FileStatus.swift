import SystemPackage

/// What the system says of a file.
package struct FileStatus: Sendable {
    /// What a file is.
    package enum Kind: Sendable, Hashable {
        /// A file that has an end, and can be read from anywhere.
        case regular
        /// A folder.
        case folder
        /// A symbolic link that was not followed.
        case symbolicLink
        /// A pipe, a device or a socket.
        case stream
    }

    /// What it is.
    package let kind: Kind
    /// Its length in bytes.
    package let size: Int
    /// What it is known by under all its names.
    package let identity: FileIdentity
    /// What changes whenever its content is changed.
    package let stamp: FileStamp
    /// The number of its owner.
    let owner: UInt32
    /// Whether others than its owner may do anything with it.
    let isOpenToOthers: Bool

    /// The status of the file at a path.
    ///
    /// - Parameter followingLinks: whether a symbolic link stands for what it leads to.
    /// - Throws: `look`, if there is none too.
    package init(path: String, followingLinks: Bool = true) throws(SystemError) {
        do throws(Errno) {
            guard !path.utf8.contains(0) else { throw .noSuchFileOrDirectory }
            self.init(try Stat(path, followTargetSymlink: followingLinks))
        } catch { throw SystemError(.look, path, error) }
    }

    init(_ status: Stat) {
        kind =
            switch status.type {
            case .regular: .regular
            case .directory: .folder
            case .symbolicLink: .symbolicLink
            default: .stream
            }
        size = Int(status.size)
        identity = FileIdentity(device: status.deviceID, number: status.inode)
        let (seconds, nanoseconds) = CLibrary.modification(status)
        stamp = FileStamp(identity: identity, size: size, seconds: seconds, nanoseconds: nanoseconds)
        owner = status.userID.rawValue
        let others: FilePermissions = [.groupReadWriteExecute, .otherReadWriteExecute]
        isOpenToOthers = !status.permissions.isDisjoint(with: others)
    }

    /// What the file at a path is; nil if there is none, or if it can't be looked at, which using it will tell.
    package static func kind(of path: String, followingLinks: Bool = true) -> Kind? {
        try? FileStatus(path: path, followingLinks: followingLinks).kind
    }
}

/// What tells whether two paths lead to one file.
package struct FileIdentity: Hashable, Sendable {
    fileprivate let device: DeviceID
    fileprivate let number: Inode

    /// The identity of the file at a path; nil if there is none.
    package init?(path: String) {
        // A file that can't be looked at can't be compared: it is told when it is opened.
        guard let status = try? FileStatus(path: path) else { return nil }
        self = status.identity
    }

    init(device: DeviceID, number: Inode) {
        self.device = device
        self.number = number
    }
}

/// What tells whether a file has changed.
package struct FileStamp: Hashable, Sendable {
    fileprivate let identity: FileIdentity
    fileprivate let size: Int
    fileprivate let seconds: Int
    fileprivate let nanoseconds: Int

    init(identity: FileIdentity, size: Int, seconds: Int, nanoseconds: Int) {
        self.identity = identity
        self.size = size
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }
}
