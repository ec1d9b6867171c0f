// swift-tools-version: 6.2
import PackageDescription

// Not linked: built, so that it lies beside. Optimized, its flags would link the Swift runtime into the tests, which has no
// Testing: there it is built before.
let speechWorker: [Target.Dependency] =
    Context.environment["ENABLE_TESTING"] == nil ? [.product(name: "rtmedia-speech", package: "rtmedia")] : []

// A package of its own, so that nobody who builds rtmedia builds the samples. Beside Swift there are flows in YAML and in
// Python, calls to test them by, audio in many formats, and a job for archives on Spark.
let package = Package(
    name: "rtmedia-samples",
    dependencies: [
        // Without TLS, which is the load balancer's here, and takes minutes to compile.
        .package(name: "rtmedia", path: "..", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Flows to copy from, a file each.
        .target(
            name: "SampleFlows",
            dependencies: [
                .product(name: "RTMedia", package: "rtmedia"), .product(name: "RTMediaServer", package: "rtmedia"),
            ],
            path: "flows",
            exclude: ["age-check.yaml", "callback.yaml", "sample-flows", "voicemail.yaml"]
        ),
        // Where steps that must not run twice keep what they did.
        .systemLibrary(name: "CPostgreSQL", path: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "SampleStores",
            dependencies: [
                "CPostgreSQL", .product(name: "RTMediaServer", package: "rtmedia"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "stores", exclude: ["orders"]),
        // A flow that places orders: a database, its pool, and the server, in one service group.
        .executableTarget(
            name: "orders",
            dependencies: [
                "SampleStores", .product(name: "Logging", package: "swift-log"),
                .product(name: "RTMediaServer", package: "rtmedia"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "stores/orders"
        ),
        // A flow as a route of a Hummingbird application.
        .executableTarget(
            name: "hummingbird-flow",
            dependencies: [
                "SampleFlows", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "RTMediaServer", package: "rtmedia"),
            ],
            path: "hummingbird"
        ),
        // The program that serves them.
        .executableTarget(
            name: "sample-flows",
            dependencies: [
                "SampleFlows",
                .product(name: "RTMedia", package: "rtmedia"), .product(name: "RTMediaServer", package: "rtmedia"),
            ],
            path: "flows/sample-flows"
        ),
        // What rtmedia init swift writes, beside a link to its flow.
        .executableTarget(
            name: "voicemail", dependencies: [.product(name: "RTMediaServer", package: "rtmedia")],
            path: "handlers/swift/Sources/voicemail"
        ),
        // The project's own, by a link; not a product of it, because it is for nobody else.
        .target(
            name: "TestSupport", dependencies: [.product(name: "SystemPackage", package: "swift-system")],
            path: "Tests/Support", exclude: ["Handlers", "KernelPath.swift"]),
        .testTarget(
            name: "SampleFlowsTests",
            dependencies: [
                "SampleFlows", "SampleStores", "TestSupport", "hummingbird-flow", "orders", "sample-flows",
                .product(name: "RTMedia", package: "rtmedia"), .product(name: "RTMediaServer", package: "rtmedia"),
                .product(name: "RTMediaSimulation", package: "rtmedia"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ] + speechWorker
        ),
    ]
)

let warningsAreErrors = Context.environment["WARNINGS_AS_ERRORS"] != nil

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),  // SE-0335
        .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
        .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    ]
    if warningsAreErrors { target.swiftSettings?.append(.treatAllWarnings(as: .error)) }  // SE-0480
}
