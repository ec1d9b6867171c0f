// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    products: [
        .executable(name: "rtmedia-benchmarks", targets: ["rtmedia-benchmarks"]),
        .executable(name: "detection-benchmarks", targets: ["detection-benchmarks"]),
        .executable(name: "protocol-benchmarks", targets: ["protocol-benchmarks"]),
        .executable(name: "speech-benchmarks", targets: ["speech-benchmarks"]),
        .executable(name: "call-benchmarks", targets: ["call-benchmarks"]),
        .executable(name: "tuning-benchmarks", targets: ["tuning-benchmarks"]),
        .executable(name: "webhook-benchmarks", targets: ["webhook-benchmarks"]),
    ],
    dependencies: [
        .package(name: "rtmedia", path: "../.."),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    ],
    targets: [
        .target(name: "Measuring"),
        .executableTarget(name: "rtmedia-benchmarks"),
        .executableTarget(
            name: "detection-benchmarks",
            dependencies: ["Measuring", .product(name: "RTMedia", package: "rtmedia")],
            exclude: ["Peers.c"]
        ),
        .executableTarget(
            name: "protocol-benchmarks",
            dependencies: ["Measuring", .product(name: "RTMedia", package: "rtmedia")]
        ),
        .executableTarget(
            name: "speech-benchmarks",
            dependencies: [
                "Measuring", .product(name: "RTMedia", package: "rtmedia"),
                .product(name: "rtmedia-speech", package: "rtmedia"),  // built, so that it lies beside
            ]
        ),
        .executableTarget(
            name: "tuning-benchmarks",
            dependencies: ["Measuring", .product(name: "RTMedia", package: "rtmedia")]
        ),
        .executableTarget(
            name: "webhook-benchmarks",
            dependencies: [
                "Measuring", .product(name: "RTMedia", package: "rtmedia"),
                .product(name: "RTMediaServer", package: "rtmedia"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["handler.go", "sealed.go"]
        ),
        .executableTarget(
            name: "call-benchmarks",
            dependencies: [
                "Measuring", .product(name: "RTMedia", package: "rtmedia"),
                .product(name: "RTMediaSimulation", package: "rtmedia"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
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
