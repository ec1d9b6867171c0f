// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "voicemail",
    dependencies: [
        // Where rtmedia's source is: a folder, or url: and a version.
        .package(name: "rtmedia", path: "../../..")
    ],
    targets: [
        .executableTarget(
            name: "voicemail", dependencies: [.product(name: "RTMediaServer", package: "rtmedia")])
    ]
)
