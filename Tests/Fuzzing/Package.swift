// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds rtmedia builds the fuzzers.
let package = Package(
    name: "rtmedia-fuzzing",
    dependencies: [
        .package(name: "rtmedia", path: "../.."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        .target(
            name: "FuzzRunner",
            dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")]
        ),
        .executableTarget(
            name: "rtmedia-fuzz",
            dependencies: [
                "FuzzRunner",
                .product(name: "RTMedia", package: "rtmedia"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "rtmedia-fuzz-texts",
            dependencies: [
                "FuzzRunner",
                .product(name: "RTMedia", package: "rtmedia"),
                .product(name: "RTMediaServer", package: "rtmedia"),
                .product(name: "RTMediaSimulation", package: "rtmedia"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .executableTarget(
            name: "rtmedia-fuzz-speech",
            dependencies: [
                .product(name: "RTMedia", package: "rtmedia"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),  // SE-0335
        .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
        .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    ]
}
