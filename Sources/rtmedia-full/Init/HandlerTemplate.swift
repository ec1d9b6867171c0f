import CommandArguments

/// What a handler may be written in.
enum HandlerTemplate: String, CaseIterable, ExpressibleByArgument {
    case node, php, python, go, swift, flow

    /// A file that is written: where in the folder, and what is in it.
    struct File {
        let path: String
        let content: [UInt8]
    }

    /// The handler.
    var files: [File] {
        switch self {
        case .node: [File(path: "voicemail.mjs", content: PackageResources.voicemail_mjs)]
        case .php: [File(path: "voicemail.php", content: PackageResources.voicemail_php)]
        case .python: [File(path: "voicemail.py", content: PackageResources.voicemail_py)]
        case .go: [File(path: "voicemail.go", content: PackageResources.voicemail_go)]
        case .flow: [File(path: "voicemail.yaml", content: PackageResources.flow_yaml)]
        case .swift:
            [
                File(
                    path: "Package.swift",
                    content: PackageResources.package_txt.replacing(["../../..": "../rtmedia"])),
                File(path: "Sources/voicemail/main.swift", content: PackageResources.main_txt),
                File(path: "Sources/voicemail/Voicemail.swift", content: PackageResources.flow_txt),
            ]
        }
    }

    /// What its callers do.
    static let scenarios = [
        File(path: "calls/voicemail.yaml", content: PackageResources.call_yaml),
        File(path: "calls/voicemail-silent.yaml", content: PackageResources.silent_yaml),
    ]

    /// What starts it, on port 8080.
    var command: String {
        switch self {
        case .node: "node voicemail.mjs 8080"
        case .php: "php -S 127.0.0.1:8080 voicemail.php"
        case .python: "python3 voicemail.py 8080"
        case .go: "go run voicemail.go 8080"
        case .swift: "swift run voicemail 8080"
        case .flow: "rtmedia serve voicemail.yaml --port 8080"
        }
    }

    /// How long that may take, in seconds: some are compiled before.
    var patience: Int {
        switch self {
        case .node, .php, .python, .flow: 30
        case .go: 60
        case .swift: 1800
        }
    }

    /// What is done by hand before.
    var advice: String? {
        self == .swift ? "Package.swift names the folder of rtmedia's source, ../rtmedia: name yours" : nil
    }

    // MARK: CI

    /// The image of a container in which it runs.
    private var image: String {
        switch self {
        case .node: "node:20-bookworm"
        case .php: "php:8.2-cli-bookworm"
        case .python: "python:3.12-bookworm"
        case .go: "golang:1.22-bookworm"
        case .swift: "swift:6.3-bookworm"
        case .flow: "debian:bookworm"
        }
    }

    /// The file that has a service run the scenarios at each push: that of the handler in Node, with what differs.
    func file(for service: CIService) -> File {
        var changes = [
            HandlerTemplate.node.command: command, HandlerTemplate.node.image: image,
            "--wait \(HandlerTemplate.node.patience)": "--wait \(patience)",
        ]
        // What a build of rtmedia's source needs.
        if self == .swift {
            changes["ca-certificates curl"] = "ca-certificates curl libsndfile1-dev libsamplerate0-dev"
        }
        // The variables of a flow differ from path to path.
        if self == .flow || self == .swift { changes["--explore --stateless"] = "--explore --max-calls 400" }
        return File(path: service.path, content: service.content.replacing(changes))
    }
}

/// Who runs tests at each push.
enum CIService: String, CaseIterable, ExpressibleByArgument {
    case github, gitlab

    var path: String {
        switch self {
        case .github: ".github/workflows/calls.yml"
        case .gitlab: ".gitlab-ci.yml"
        }
    }

    var content: [UInt8] {
        switch self {
        case .github: PackageResources.github_yml
        case .gitlab: PackageResources.gitlab_yml
        }
    }
}

extension [UInt8] {
    /// The text with some of its parts replaced.
    fileprivate func replacing(_ changes: [String: String]) -> [UInt8] {
        var text = String(decoding: self, as: UTF8.self)
        for (old, new) in changes { text.replace(old, with: new) }
        return Array(text.utf8)
    }
}
