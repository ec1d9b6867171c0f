// swift-tools-version: 6.2
import PackageDescription

// What evaluate.py asks: swift build -c release --package-path Tests/DetectionCorpus/Probabilities
let package = Package(
    name: "Probabilities",
    dependencies: [.package(name: "rtmedia", path: "../../..")],
    targets: [
        .executableTarget(
            name: "talk-probabilities",
            dependencies: [.product(name: "RTMedia", package: "rtmedia")],
            path: "Sources",
            swiftSettings: [.swiftLanguageMode(.v6)]
        )
    ]
)
