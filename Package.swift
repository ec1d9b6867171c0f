// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "rtmedia",
    products: [
        .library(
            name: "RTMedia",
            targets: [
                "TelephonyAudio", "AudioConversion", "SpeechSynthesis", "TalkDetection", "RealTimeAPI",
                "ThresholdTuning",
            ]),
        // What a handler is written in, and the server for it: apart, because it takes longer to build.
        .library(name: "RTMediaServer", targets: ["CallFlows", "FlowFiles", "WebhookServer"]),
        // The platform's side of a call, for tests of handlers.
        .library(name: "RTMediaSimulation", targets: ["CallSimulation"]),
        // Reports, drawings and label files: apart, because it shows simulated calls too.
        .library(name: "RTMediaPresentation", targets: ["Presentation", "Reports"]),
        .executable(name: "rtmedia", targets: ["rtmedia"]),
        // All commands: what rtmedia becomes for those that it has not.
        .executable(name: "rtmedia-full", targets: ["rtmedia-full"]),
        // For handlers that use SpeechSynthesis: what depends on it is built with it, beside it.
        .executable(name: "rtmedia-speech", targets: ["rtmedia-speech"]),
    ],
    traits: [
        .default(enabledTraits: ["TLS"]),
        .trait(name: "TLS", description: "https://, for what serves and for what calls a handler (swift-nio-ssl)."),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
        .systemLibrary(name: "CSampleRate", pkgConfig: "samplerate", providers: [.apt(["libsamplerate0-dev"])]),
        // Comes with libsndfile1-dev, which depends on it.
        .systemLibrary(name: "COpus", pkgConfig: "opus", providers: [.apt(["libsndfile1-dev"])]),
        // From libespeak-ng-dev. Without pkgConfig, whose flags would reach rtmedia too, which only needs the worker built:
        // the module map alone links the library, to the worker alone.
        .systemLibrary(name: "CEspeakNG"),
        .target(name: "CTelephonyKernels"),
        // What Glibc's own module does not show of Linux.
        .systemLibrary(name: "CLinux"),
        .target(name: "Files", dependencies: ["CLinux", .product(name: "SystemPackage", package: "swift-system")]),
        .target(name: "TelephonyAudio", dependencies: [.product(name: "RealModule", package: "swift-numerics")]),
        .target(
            name: "LayerIII",
            dependencies: ["CTelephonyKernels", .product(name: "RealModule", package: "swift-numerics")]),
        .target(
            name: "AudioConversion",
            dependencies: [
                "COpus", "CSndfile", "CSampleRate", "CTelephonyKernels", "Files", "LayerIII", "TelephonyAudio",
                .product(name: "RealModule", package: "swift-numerics"),
            ]
        ),
        // What speech is made of, as the synthesizer and the worker read it.
        .target(name: "SpeechMarkup"),
        .target(
            name: "SpeechSynthesis",
            dependencies: [
                "Files", "SpeechMarkup", "TelephonyAudio",
                .product(name: "DequeModule", package: "swift-collections"),
            ]
        ),
        // The only target that links espeak-ng (GPLv3): SpeechSynthesis runs it as a process.
        .executableTarget(
            name: "rtmedia-speech",
            dependencies: ["CEspeakNG", "Files", "SpeechMarkup"],
            linkerSettings: [
                .unsafeFlags(
                    ["-use-ld=lld", "-static-stdlib"], .when(platforms: [.linux], configuration: .release))
            ]
        ),
        .target(name: "RealTimeAPI"),
        .target(
            name: "TalkDetection",
            dependencies: [
                "CTelephonyKernels", "RealTimeAPI", "TelephonyAudio",
                .product(name: "RealModule", package: "swift-numerics"),
            ]
        ),
        .target(name: "ParallelWork", dependencies: ["Files"]),
        .target(
            name: "ThresholdTuning",
            dependencies: [
                "ParallelWork", "TalkDetection", "TelephonyAudio", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "RealModule", package: "swift-numerics"),
            ]
        ),
        .target(name: "Presentation", dependencies: ["RealTimeAPI", "TalkDetection", "TelephonyAudio"]),
        .target(
            name: "RecordingDetection",
            dependencies: [
                "AudioConversion", "Files", "Presentation", "RealTimeAPI", "TalkDetection", "TelephonyAudio",
            ]
        ),
        .target(
            name: "LevelMeasurement", dependencies: ["AudioConversion", "Files", "TelephonyAudio", "ThresholdTuning"]),
        // The files of the studio's page in the executable: Tests/studio-page writes the list of them.
        .target(name: "CStudioPage"),
        .target(name: "StudioPage", dependencies: ["CStudioPage", "TelephonyAudio"], exclude: ["Page"]),
        .target(
            name: "Studio",
            dependencies: [
                "AudioConversion", "CallSimulation", "Files", "LevelMeasurement", "ParallelWork", "Presentation",
                "RealTimeAPI", "RecordingDetection", "Reports", "SpeechSynthesis", "StudioPage", "TalkDetection",
                "TelephonyAudio", "ThresholdTuning", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        .target(
            name: "Reports",
            dependencies: [
                "AudioConversion", "CallSimulation", "Files", "Presentation", "RealTimeAPI", "StudioPage",
                "TalkDetection",
                "TelephonyAudio", "ThresholdTuning",
            ]
        ),
        .target(
            name: "CallFlows",
            dependencies: [
                "AudioConversion", "Files", "RealTimeAPI", "TelephonyAudio",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .target(
            name: "WebhookServer",
            dependencies: [
                "Files", "RealTimeAPI",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"])),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .target(name: "YAMLFiles", dependencies: ["Files", "RealTimeAPI", .product(name: "Yams", package: "Yams")]),
        .target(
            name: "FlowFiles",
            dependencies: [
                "AudioConversion", "CallFlows", "Files", "RealTimeAPI", "TelephonyAudio", "YAMLFiles",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .target(
            name: "CallSimulation",
            dependencies: [
                "AudioConversion", "Files", "RealTimeAPI", "TalkDetection", "TelephonyAudio", "YAMLFiles",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"])),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "RealModule", package: "swift-numerics"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .target(name: "CommandArguments"),
        .target(
            name: "QuickCommands",
            dependencies: [
                "AudioConversion", "CommandArguments", "Files", "ParallelWork", "Presentation", "RealTimeAPI",
                "RecordingDetection", "TalkDetection", "TelephonyAudio",
            ]
        ),
        // The Swift runtime linked statically halves the time a short conversion takes to start. At a fixed address there are
        // no pointers to relocate at each start, and without exported symbols those of libraries are found sooner. It does not
        // depend on rtmedia-full, all of whose modules it would be linked with.
        .executableTarget(
            name: "rtmedia",
            dependencies: [
                "CommandArguments", "Files", "QuickCommands",
                "rtmedia-speech",  // not linked: built, so that it is there when rtmedia runs
            ],
            exclude: ["Linking"],
            linkerSettings: [
                .unsafeFlags(
                    [
                        "-use-ld=lld", "-static-stdlib", "-Xclang-linker", "-no-pie", "-lstdc++",
                        "-lswiftSynchronization", "-Xlinker", "--no-export-dynamic", "-Xclang-linker", "-static-libgcc",
                        "-L\(Context.packageDirectory)/Sources/rtmedia/Linking",
                    ],
                    .when(platforms: [.linux], configuration: .release))
            ]
        ),
        .executableTarget(
            name: "rtmedia-full",
            dependencies: [
                "AudioConversion", "CallFlows", "CallSimulation", "CommandArguments", "Files", "FlowFiles",
                "LevelMeasurement", "ParallelWork", "Presentation", "QuickCommands", "RealTimeAPI",
                "RecordingDetection", "Reports", "SpeechSynthesis", "Studio", "TalkDetection", "TelephonyAudio",
                "ThresholdTuning", "WebhookServer", "YAMLFiles",
                "rtmedia-speech",  // not linked: built, so that it is there when calls are spoken
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            // What rtmedia init writes: links to samples.
            resources: [.embedInCode("Init/Templates")],
            // The libraries at the end are what Foundation, which Yams uses, leaves unresolved.
            linkerSettings: [
                .unsafeFlags(
                    [
                        "-use-ld=lld", "-static-stdlib", "-Xclang-linker", "-no-pie", "-l_FoundationCShims",
                        "-l_FoundationCollections", "-lCoreFoundation", "-l_FoundationICU", "-lstdc++",
                        "-lswiftSynchronization",
                    ],
                    .when(platforms: [.linux], configuration: .release)
                )
            ]
        ),
        // What tests share: programs, handlers, connections and folders of theirs, and threads on which they may wait.
        .target(
            name: "TestSupport",
            dependencies: ["CTelephonyKernels", .product(name: "SystemPackage", package: "swift-system")],
            path: "Tests/Support", exclude: ["Handlers"]),
        .testTarget(
            name: "RealTimeAPITests", dependencies: ["RealTimeAPI", "TelephonyAudio", "TestSupport"],
            exclude: ["schema.py"]),
        .testTarget(
            name: "FilesTests",
            dependencies: ["Files", "TestSupport", .product(name: "SystemPackage", package: "swift-system")]),
        .testTarget(name: "TelephonyAudioTests", dependencies: ["TelephonyAudio"]),
        .testTarget(
            name: "LayerIIITests", dependencies: ["AudioConversion", "LayerIII", "TelephonyAudio", "TestSupport"]),
        .testTarget(
            name: "AudioConversionTests",
            dependencies: ["AudioConversion", "CTelephonyKernels", "Files", "TelephonyAudio", "TestSupport"]),
        .testTarget(
            name: "CallFlowsTests",
            dependencies: [
                "CallFlows", "RealTimeAPI", "TelephonyAudio", "TestSupport",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .testTarget(
            name: "WebhookServerTests",
            dependencies: [
                "RealTimeAPI", "TestSupport", "WebhookServer", .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        .testTarget(
            name: "YAMLFilesTests",
            dependencies: ["RealTimeAPI", "TestSupport", "YAMLFiles", .product(name: "Yams", package: "Yams")]
        ),
        .testTarget(
            name: "FlowFilesTests",
            dependencies: [
                "CallFlows", "FlowFiles", "RealTimeAPI", .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "CallSimulationTests",
            dependencies: [
                "CallSimulation", "RealTimeAPI", "TalkDetection", "TelephonyAudio", "TestSupport", "YAMLFiles",
            ],
            exclude: ["Scenarios"]
        ),
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        .testTarget(
            name: "TalkDetectionTests",
            dependencies: ["CAllocationCounter", "RealTimeAPI", "TalkDetection", "TelephonyAudio", "TestSupport"]
        ),
        .testTarget(name: "SpeechMarkupTests", dependencies: ["SpeechMarkup"]),
        .testTarget(
            name: "SpeechSynthesisTests",
            dependencies: [
                "AudioConversion", "Files", "RealTimeAPI", "SpeechMarkup", "SpeechSynthesis", "TelephonyAudio",
                "TestSupport",
            ]
        ),
        .testTarget(
            name: "ThresholdTuningTests",
            dependencies: ["AudioConversion", "TalkDetection", "TelephonyAudio", "ThresholdTuning"]
        ),
        .testTarget(name: "ParallelWorkTests", dependencies: ["ParallelWork"]),
        .testTarget(name: "PresentationTests", dependencies: ["Presentation"]),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "CallSimulation", "Presentation", "RealTimeAPI", "Reports", "StudioPage", "TalkDetection",
                "TelephonyAudio", "ThresholdTuning",
            ]
        ),
        .testTarget(
            name: "RecordingDetectionTests",
            dependencies: ["AudioConversion", "RealTimeAPI", "RecordingDetection", "TalkDetection", "TelephonyAudio"]),
        .testTarget(
            name: "LevelMeasurementTests",
            dependencies: ["AudioConversion", "LevelMeasurement", "TestSupport", "ThresholdTuning"]),
        .testTarget(
            name: "StudioTests",
            dependencies: [
                "AudioConversion", "CallSimulation", "LevelMeasurement", "Presentation", "RealTimeAPI",
                "RecordingDetection", "Studio", "StudioPage", "TalkDetection", "TelephonyAudio", "TestSupport",
                "ThresholdTuning",
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .testTarget(name: "CommandArgumentsTests", dependencies: ["CommandArguments"]),
        // Tests that run the executables do not depend on them: whoever builds tests builds all targets, and the test bundle
        // would be linked with the executables' flags, by which the Swift runtime is static and has no Testing.
        .testTarget(
            name: "rtmediaTests", dependencies: ["TestSupport"],
            exclude: ["Golden", "attack.py", "judge.py", "pbx.py", "pbx_commands.py", "peak.py", "tls.py"]),
    ]
)

let warningsAreErrors = Context.environment["WARNINGS_AS_ERRORS"] != nil
// For `swift test -c release`.
let enablesTesting = Context.environment["ENABLE_TESTING"] != nil

for target in package.targets where target.type == .regular || target.type == .executable || target.type == .test {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),  // SE-0335
        .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
        .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    ]
    if enablesTesting {
        target.swiftSettings?.append(.unsafeFlags(["-enable-testing"], .when(configuration: .release)))
    }
    if warningsAreErrors { target.swiftSettings?.append(.treatAllWarnings(as: .error)) }  // SE-0480
}
