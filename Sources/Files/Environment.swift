import SystemPackage

/// The process's environment.
package enum Environment {
    /// The value of a variable; nil if it is not set.
    package static subscript(_ name: String) -> String? { CLibrary.variable(name) }

    /// Sets a variable, for libraries that look there; no other thread may look at the environment meanwhile.
    package static func set(_ name: String, to value: String) throws(SystemError) {
        do throws(Errno) { try CLibrary.setVariable(name, value) } catch { throw SystemError(.write, name, error) }
    }

    /// A folder that a variable names (XDG Base Directory Specification); nil if it is empty or relative, as that says.
    ///
    /// - Parameter variable: the value of a variable; nil if it is not set.
    package static func folder(_ name: String, in variable: (String) -> String? = { Environment[$0] }) -> String? {
        variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
}
