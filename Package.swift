// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "rtmedia",
    products: [
        .library(
            name: "RTMedia",
            targets: [
                "TelephonyAudio", "AudioConversion", "TalkDetection", "RealTimeProtocol", "ThresholdTuning",
            ]
        ),
        .executable(name: "rtmedia", targets: ["rtmedia"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
        .systemLibrary(name: "CSampleRate", pkgConfig: "samplerate", providers: [.apt(["libsamplerate0-dev"])]),
        // Comes with libsndfile1-dev, which depends on it.
        .systemLibrary(name: "COpus", pkgConfig: "opus", providers: [.apt(["libsndfile1-dev"])]),
        .target(name: "CTelephonyKernels"),
        .target(name: "TelephonyAudio"),
        .target(
            name: "AudioConversion",
            dependencies: ["COpus", "CSndfile", "CSampleRate", "CTelephonyKernels", "TelephonyAudio"]
        ),
        .target(name: "RealTimeProtocol"),
        .target(name: "TalkDetection", dependencies: ["CTelephonyKernels", "TelephonyAudio"]),
        .target(name: "ThresholdTuning", dependencies: ["TalkDetection", "TelephonyAudio"]),
        .executableTarget(
            name: "rtmedia",
            dependencies: [
                "AudioConversion", "RealTimeProtocol", "TalkDetection", "TelephonyAudio", "ThresholdTuning",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            // The Swift runtime linked statically halves the time a short conversion takes to start. The names after
            // it are what FoundationEssentials, of which ArgumentParser uses a little, leaves unresolved.
            linkerSettings: [
                .unsafeFlags(
                    [
                        "-use-ld=lld", "-static-stdlib", "-l_FoundationCShims", "-l_FoundationCollections",
                        "-lswiftSynchronization",
                    ],
                    .when(platforms: [.linux], configuration: .release)
                )
            ]
        ),
        .testTarget(name: "RealTimeProtocolTests", dependencies: ["RealTimeProtocol"], exclude: ["schema.py"]),
        .testTarget(name: "TelephonyAudioTests", dependencies: ["TelephonyAudio"]),
        .testTarget(name: "AudioConversionTests", dependencies: ["AudioConversion", "TelephonyAudio"]),
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        .testTarget(
            name: "TalkDetectionTests",
            dependencies: ["CAllocationCounter", "TalkDetection", "TelephonyAudio"]
        ),
        .testTarget(
            name: "ThresholdTuningTests",
            dependencies: ["AudioConversion", "TalkDetection", "TelephonyAudio", "ThresholdTuning"]
        ),
        .testTarget(name: "rtmediaTests", dependencies: ["rtmedia"], exclude: ["Golden", "judge.py"]),
    ]
)

let warningsAreErrors = Context.environment["WARNINGS_AS_ERRORS"] != nil

for target in package.targets where target.type == .regular || target.type == .executable || target.type == .test {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),  // SE-0335
        .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
        .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    ]
    if warningsAreErrors { target.swiftSettings?.append(.treatAllWarnings(as: .error)) }  // SE-0480
}
