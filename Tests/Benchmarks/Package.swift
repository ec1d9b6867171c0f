// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    products: [
        .executable(name: "rtmedia-benchmarks", targets: ["rtmedia-benchmarks"])
    ],
    targets: [
        .executableTarget(
            name: "rtmedia-benchmarks",
            path: "Sources",
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),  // SE-0335
                .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
                .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
            ]
        )
    ]
)
