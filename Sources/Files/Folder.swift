import SystemPackage

/// What folders hold.
package enum Folder {
    /// The names of what is in a folder, hidden or not, in order.
    ///
    /// - Throws: `listFolder`.
    package static func names(in path: String) throws(SystemError) -> [String] {
        do throws(Errno) {
            guard !path.utf8.contains(0) else { throw .noSuchFileOrDirectory }
            return try CLibrary.names(in: path).sorted()
        } catch { throw SystemError(.listFolder, path, error) }
    }

    /// The path of the first file in a folder that is called so, whatever its ending; nil if there is none, or no such folder.
    package static func file(called stem: String, in path: String) -> String? {
        // A folder that can't be listed holds nothing.
        (try? names(in: path))?.first { $0.hasPrefix(stem + ".") }.map { "\(path)/\($0)" }
    }

    /// A file in or under a folder.
    package struct Entry: Sendable, Hashable {
        /// The path to open.
        package let path: String
        /// The path from the folder that was walked.
        package let relativePath: String
        /// Whether it is a file; else something that could not be looked at or, if a folder, not be listed.
        package let isFile: Bool
    }

    /// The files in and under a folder, by name.
    ///
    /// Hidden files and folders, links to folders, and what is neither file nor folder, are skipped.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - excluded: a folder that is skipped too.
    /// - Returns: the files; beside them what may hold or be some, but can't be looked at, so that this can be told.
    package static func files(under path: String, except excluded: FileIdentity? = nil) -> [Entry] {
        walk(path, under: "", except: excluded)
    }

    private static func walk(_ folder: String, under prefix: String, except excluded: FileIdentity?) -> [Entry] {
        let names: [String]
        do throws(SystemError) { names = try self.names(in: folder) } catch {
            return [Entry(path: folder, relativePath: prefix, isFile: false)]
        }
        return names.lazy.filter { !$0.hasPrefix(".") }.flatMap { name -> [Entry] in
            let path = PathName.join(folder, name)
            let relativePath = prefix.isEmpty ? name : "\(prefix)/\(name)"
            let status: FileStatus
            do throws(SystemError) { status = try FileStatus(path: path, followingLinks: false) } catch {
                // As under a name that is no UTF-8, by which it is not found again.
                return [Entry(path: path, relativePath: relativePath, isFile: false)]
            }
            if status.kind == .folder {
                return status.identity == excluded ? [] : walk(path, under: relativePath, except: excluded)
            }
            let isFile = FileStatus.kind(of: path) == .regular
            return isFile ? [Entry(path: path, relativePath: relativePath, isFile: true)] : []
        }
    }

    /// Makes a folder, and those above it that are missing.
    ///
    /// - Parameters:
    ///   - path: the folder; an empty one is there already.
    ///   - isPrivate: whether nobody but the user may look into those that are made.
    /// - Throws: `makeFolder`, with the path of the one that can't be made.
    package static func make(_ path: String, isPrivate: Bool = false) throws(SystemError) {
        guard !path.isEmpty, FileStatus.kind(of: path) != .folder else { return }
        guard !path.utf8.contains(0) else { throw SystemError(.makeFolder, path, .noSuchFileOrDirectory) }
        let permissions: FilePermissions = isPrivate ? .ownerReadWriteExecute : .everything
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part + "/"
            do throws(Errno) { try CLibrary.makeFolder(made, mode: permissions) } catch {
                guard error == .fileExists else { throw SystemError(.makeFolder, made, error) }
            }
        }
        // What was there already may be a file.
        guard FileStatus.kind(of: path) == .folder else { throw SystemError(.makeFolder, path, .notDirectory) }
    }
}

extension FilePermissions {
    /// What folders are created with, less what the umask takes away: 777.
    fileprivate static let everything: FilePermissions = [
        .ownerReadWriteExecute, .groupReadWriteExecute, .otherReadWriteExecute,
    ]
}
