import CallFlows
import CommandArguments
import Files
import QuickCommands

/// The login and the password with which the platform authenticates itself.
struct Credentials {
    let login: String
    let password: String

    /// Those of a file, or of the environment; nil if there are none.
    ///
    /// - Parameter file: what `--credentials` names.
    /// - Throws: the exit code of a configuration that is wrong, having told so.
    init?(file: String?) throws {
        switch (file, Environment["RTMEDIA_LOGIN"], Environment["RTMEDIA_PASSWORD"]) {
        case (let file?, nil, nil): (login, password) = try Self.content(of: file)
        case (nil, nil, nil): return nil
        case (nil, let login?, let password?):
            guard !login.contains(":") else { throw Self.problem("RTMEDIA_LOGIN: a login has no colon") }
            guard !login.isBlank, !password.isBlank else {
                throw Self.problem("RTMEDIA_LOGIN and RTMEDIA_PASSWORD must not be empty or blank")
            }
            (self.login, self.password) = (login, password)
        case (nil, _, _): throw Self.problem("RTMEDIA_LOGIN and RTMEDIA_PASSWORD are set both, or neither")
        default: throw Self.problem("--credentials or RTMEDIA_LOGIN and RTMEDIA_PASSWORD, not both")
        }
    }

    private static func content(of file: String) throws -> (login: String, password: String) {
        let bytes: [UInt8]
        do throws(PrivateFileError) { bytes = try PrivateFile(file).read() } catch { throw problem("\(error)") }
        let line = String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
        guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else {
            throw problem("\(file): its first line must be login:password")
        }
        let password = String(line[colon...].dropFirst())
        let login = String(line[..<colon])
        guard !login.isBlank, !password.isBlank else {
            throw problem("\(file): the login and the password must not be empty or blank")
        }
        return (login, password)
    }

    private static func problem(_ message: String) -> ExitCode {
        Console.note("rtmedia: \(message)")
        return ExitStatus.configuration
    }
}

extension String {
    /// Whether nothing in it can be seen: it is empty, or has blanks, controls and the like alone.
    fileprivate var isBlank: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
            default: false
            }
        }
    }
}
