/// A shell for which there is a script that completes the words of a tool.
enum CompletionScript: String, CaseIterable {
    case zsh, bash, fish

    /// - Parameter shell: its name, or its path.
    init?(shell: String) {
        guard let script = Self(rawValue: shell.split(separator: "/").last.map(String.init) ?? "") else { return nil }
        self = script
    }

    func text(for tool: CommandTool) -> String {
        switch self {
        case .bash: Self.bash(tool)
        case .zsh: Self.zsh(tool)
        case .fish: Self.fish(tool)
        }
    }

    private static func commands(
        _ tool: CommandTool
    ) -> [(name: String, abstract: String, arguments: [ArgumentDefinition])] {
        tool.commands.map { ($0.configuration.commandName, $0.configuration.abstract, $0.init().definitions) }
    }

    // MARK: bash

    private static func bash(_ tool: CommandTool) -> String {
        let commands = commands(tool)
        let cases = commands.map { name, _, arguments in
            let options = arguments.filter { !$0.isPositional }
            let values = options.filter { !$0.isFlag }.map { option in
                let names = [option.synopsisName, option.shortName.map { "-\($0)" }].compactMap { $0 }
                return "            \(names.joined(separator: "|"))) \(bashValues(option)) ;;\n"
            }
            let names = options.flatMap { [$0.shortName.map { "-\($0)" }, $0.synopsisName].compactMap { $0 } }
            let place = arguments.first(where: \.isPositional).map(bashValues) ?? "return"
            return """
                    \(name))
                        case $previous in
                \(values.joined())            *)
                            if [[ $current == -* ]]; then
                                words='\((names + ["--version", "-h", "--help"]).joined(separator: " "))'
                            else
                                \(place)
                            fi
                            ;;
                        esac
                        ;;

                """
        }
        let all = commands.map(\.name).joined(separator: " ")
        return """
            #!/bin/bash
            # Completions of \(tool.name) for bash.
            _\(tool.name)() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
                local command=${COMP_WORDS[1]} words='' kind='' pattern='' name
                COMPREPLY=()
                if ((COMP_CWORD == 1)); then
                    words='\(all) help --version -h --help'
                else
                    case $command in
                    help) words='\(all)' ;;
            \(cases.joined())        esac
                fi
                case $kind in
                file)
                    while IFS= read -r name; do
                        if [[ -d $name || -z $pattern || ${name##*.} =~ ^($pattern)$ ]]; then COMPREPLY+=("$name"); fi
                    done < <(compgen -f -- "$current")
                    compopt -o filenames 2>/dev/null
                    ;;
                directory)
                    while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -d -- "$current")
                    compopt -o filenames 2>/dev/null
                    ;;
                *) while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -W "$words" -- "$current") ;;
                esac
            }
            complete -F _\(tool.name) \(tool.name)
            """
    }

    /// What tells the script which words there are.
    private static func bashValues(_ argument: ArgumentDefinition) -> String {
        switch argument.completion {
        case .file(let extensions): "kind=file pattern='\(extensions.joined(separator: "|"))'"
        case .directory: "kind=directory"
        case .list(let words): "words='\(words.joined(separator: " "))'"
        case .values: "words='\(argument.allValues.joined(separator: " "))'"
        }
    }

    // MARK: zsh

    private static func zsh(_ tool: CommandTool) -> String {
        let commands = commands(tool)
        let names = commands.map { name, abstract, _ in
            "            '\(zshQuoted("\(name):\(abstract)"))'\n"
        }
        let cases = commands.map { name, _, arguments in
            let specifications = arguments.map { "                '\(zshSpecification($0))' \\\n" }
            return """
                        \(name))
                            _arguments -s \\
                \(specifications.joined())                '--version[Show the version.]' \\
                                '(- *)'{-h,--help}'[Show help information.]'
                            ;;

                """
        }
        return """
            #compdef \(tool.name)
            # Completions of \(tool.name) for zsh.
            _\(tool.name)() {
                local -a commands
                commands=(
            \(names.joined())            'help:Show help.'
                )
                if ((CURRENT == 2)); then
                    _describe -t commands command commands
                    _arguments '--version[Show the version.]' '(- *)'{-h,--help}'[Show help information.]'
                    return
                fi
                local command=$words[2]
                shift words
                ((CURRENT--))
                case $command in
                help) _describe -t commands command commands ;;
            \(cases.joined())    esac
            }
            if [[ $funcstack[1] == _\(tool.name) ]]; then _\(tool.name) "$@"; else compdef _\(tool.name) \(tool.name); fi
            """
    }

    private static func zshSpecification(_ argument: ArgumentDefinition) -> String {
        let text = zshQuoted(argument.help.abstract.replacing("[", with: "\\[").replacing("]", with: "\\]"))
        let values: String =
            switch argument.completion {
            case .file(let extensions) where extensions.isEmpty: "_files"
            case .file(let extensions): "_files -g \"*.(\(extensions.joined(separator: "|")))\""
            case .directory: "_files -/"
            case .list(let words): "(\(words.map { $0.replacing(":", with: "\\:") }.joined(separator: " ")))"
            case .values: argument.allValues.isEmpty ? "" : "(\(argument.allValues.joined(separator: " ")))"
            }
        let value = "\(argument.valueName.replacing(":", with: "\\:")):\(zshQuoted(values))"
        if argument.isPositional {
            return (argument.isRepeating ? "*:" : argument.isOptional ? "::" : ":") + value
        }
        let repeats = argument.isRepeating ? "*" : ""
        let option = "\(repeats)\(argument.synopsisName)[\(text)]" + (argument.isFlag ? "" : ":\(value)")
        guard let short = argument.shortName else { return option }
        // Both names, each with the same.
        let names = "(-\(short) \(argument.synopsisName))'{-\(short),\(argument.synopsisName)}'"
        return names + option.dropFirst(repeats.count + argument.synopsisName.count)
    }

    /// Text between single quotation marks.
    private static func zshQuoted(_ text: String) -> String { text.replacing("'", with: "'\\''") }

    // MARK: fish

    private static func fish(_ tool: CommandTool) -> String {
        let commands = commands(tool)
        let none = "__fish_use_subcommand"
        var lines = [
            "# Completions of \(tool.name) for fish.",
            "complete -c \(tool.name) -f",
            "complete -c \(tool.name) -n \(none) -l version -d 'Show the version.'",
            "complete -c \(tool.name) -s h -l help -d 'Show help information.'",
            "complete -c \(tool.name) -n \(none) -a help -d 'Show help.'",
        ]
        for (name, abstract, _) in commands {
            lines.append("complete -c \(tool.name) -n \(none) -a \(name) -d '\(fishQuoted(abstract))'")
            lines.append("complete -c \(tool.name) -n '__fish_seen_subcommand_from help' -a \(name)")
        }
        for (name, _, arguments) in commands {
            let condition = "-n '__fish_seen_subcommand_from \(name)'"
            for argument in arguments {
                let values = fishValues(argument)
                if argument.isPositional {
                    if !values.isEmpty { lines.append("complete -c \(tool.name) \(condition) \(values)") }
                    continue
                }
                let short = argument.shortName.map { "-s \($0) " } ?? ""
                let text = "-d '\(fishQuoted(argument.help.abstract))'"
                let value = argument.isFlag ? "" : values == "-F" ? " -r -F" : " -x \(values)"
                lines.append("complete -c \(tool.name) \(condition) \(short)-l \(argument.longName) \(text)\(value)")
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func fishValues(_ argument: ArgumentDefinition) -> String {
        switch argument.completion {
        case .file: "-F"
        case .directory: "-a '(__fish_complete_directories)'"
        case .list(let words): "-a '\(fishQuoted(words.joined(separator: " ")))'"
        case .values: argument.allValues.isEmpty ? "" : "-a '\(argument.allValues.joined(separator: " "))'"
        }
    }

    private static func fishQuoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    }
}
