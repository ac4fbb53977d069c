// swift-tools-version: 6.2
// The floor plan: every room, and every arrow a room may follow. Tests/Architecture holds it to docs/architecture.md.
import PackageDescription

// MARK: manners

let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
/// Optimized in debug builds too: for rooms that work on millions of bytes or samples.
let fast: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]
/// Near C every unsafe act must say so.
let nearC: [SwiftSetting] = house + [.strictMemorySafety()]

// MARK: kinds of room

/// A room of `Shared`: `Shared/<path>`.
func shared(_ name: String, at path: String? = nil, sees rooms: [String], _ manners: [SwiftSetting] = house) -> Target {
    .target(
        name: name, dependencies: rooms.map { .byName(name: $0) }, path: "Shared/\(path ?? name)",
        swiftSettings: manners)
}

/// A driver: one library behind one door.
func driver(_ name: String, sees rooms: [String], opens library: String? = nil) -> Target {
    shared(name, at: "Drivers/\(name)", sees: rooms + (library.map { [$0] } ?? []), nearC)
}

/// One system library, one staircase into it.
func basement(_ name: String, pkgConfig: String, apt: [String]) -> Target {
    .systemLibrary(name: name, path: "Shared/C/\(name)", pkgConfig: pkgConfig, providers: [.apt(apt)])
}

/// One room of a service: `Services/<Service>/<Room>`.
func room(_ service: String, _ room: String, sees rooms: [String]) -> Target {
    .target(
        name: service + room, dependencies: rooms.map { .byName(name: $0) }, path: "Services/\(service)/\(room)",
        swiftSettings: house)
}

/// A service is three rooms here; its Main, the fourth, comes with the distributed profile.
func service(_ name: String, adapters rooms: [String]) -> [Target] {
    [
        room(name, "Core", sees: ["Contracts", "Policies"]),
        room(name, "Shell", sees: ["Contracts", "Policies", "Ports", "Telemetry", name + "Core"]),
        room(
            name, "Adapters",
            sees: ["Contracts", "Policies", "Ports", "Telemetry", "Wire", "Delivery", name + "Core", name + "Shell"]
                + rooms),
    ]
}

/// A worker is an engine in the hands of WorkerKit.
func worker(_ name: String, engine rooms: [String], main doors: [String] = []) -> [Target] {
    [
        room(name, "Engine", sees: ["Contracts", "Policies", "Ports", "Telemetry", "Wire", "WorkerKitShell"] + rooms),
        main(name, sees: [name + "Engine", "WorkerKitHouse"] + doors),
    ]
}

/// A service's program: reads its settings, opens its doors, seats its house.
func main(_ service: String, sees rooms: [String]) -> Target {
    .executableTarget(
        name: service + "Main", dependencies: rooms.map { .byName(name: $0) }, path: "Services/\(service)/Main",
        swiftSettings: house)
}

func tests(_ name: String, at path: String, sees rooms: [String], beside files: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: rooms.map { .byName(name: $0) }, path: "Tests/\(path)", exclude: files,
        swiftSettings: house)
}

// MARK: the house

let foundations: [Target] = [
    .target(name: "Contracts", path: "Contracts", swiftSettings: house + fast),
    shared("Policies", sees: ["Contracts"]),
    shared("Ports", sees: ["Contracts"]),
    shared("Wire", sees: ["Contracts"]),
    shared("HTTP", sees: ["Contracts"]),
    shared("Web", sees: ["Contracts", "HTTP", "Policies", "Ports", "Telemetry", "Wire"]),
    shared("Telemetry", sees: []),
    shared("Settings", sees: []),
    shared("Lanes", sees: []),
    shared(
        "ServiceHost",
        sees: [
            "Contracts", "HTTP", "Policies", "Ports", "Settings", "Telemetry", "Wire", "HTTPClientDriver",
            "HTTPServerDriver",
        ]),
    shared("Delivery", sees: ["Contracts", "Ports", "Telemetry", "Wire"]),
    shared("Embedded", sees: ["Contracts", "Ports", "Policies", "Telemetry", "Wire", "Lanes", "SQLiteDriver"]),
]

let cLibraries: [Target] = [
    basement("CSQLite", pkgConfig: "sqlite3", apt: ["libsqlite3-dev"]),
    basement("CPostgres", pkgConfig: "libpq", apt: ["libpq-dev"]),
    basement("CRabbit", pkgConfig: "librabbitmq", apt: ["librabbitmq-dev"]),
    basement("COpenSSL", pkgConfig: "openssl", apt: ["libssl-dev"]),
    basement("CCurl", pkgConfig: "libcurl", apt: ["libcurl4-openssl-dev"]),
    basement("CRedis", pkgConfig: "hiredis", apt: ["libhiredis-dev"]),
    basement("CLibevent", pkgConfig: "libevent_openssl", apt: ["libevent-dev"]),
    // Debian 13 has it; on Debian 12 the launcher builds it (infra/scripts/llhttp.sh).
    basement("CLlhttp", pkgConfig: "libllhttp", apt: []),
    .target(
        name: "CHTTPServer", dependencies: ["CLibevent", "CLlhttp", "COpenSSL"], path: "Shared/C/CHTTPServer",
        cSettings: [.unsafeFlags(["-O2", "-Wall", "-Wextra", "-Werror"])],
        linkerSettings: [.linkedLibrary("wslay"), .linkedLibrary("event")]),
    basement("CCairo", pkgConfig: "pangocairo", apt: ["libcairo2-dev", "libpango1.0-dev"]),
    basement("CEspeak", pkgConfig: "espeak-ng", apt: ["libespeak-ng-dev"]),
    .target(name: "CPixels", path: "Shared/C/CPixels", cSettings: [.unsafeFlags(["-O3"])]),
]

let drivers: [Target] = [
    driver("SQLiteDriver", sees: ["Contracts", "Ports", "Policies", "Telemetry", "Lanes"], opens: "CSQLite"),
    driver("CryptoDriver", sees: ["Contracts", "Lanes", "Ports"], opens: "COpenSSL"),
    driver("PostgresDriver", sees: ["Contracts", "Ports", "Policies", "Telemetry", "Lanes"], opens: "CPostgres"),
    driver(
        "RabbitDriver", sees: ["Contracts", "Ports", "Policies", "Telemetry", "Lanes", "CryptoDriver"], opens: "CRabbit"
    ),
    driver("HTTPServerDriver", sees: ["Contracts", "HTTP", "Ports", "Telemetry", "Lanes"], opens: "CHTTPServer"),
    driver("HTTPClientDriver", sees: ["Contracts", "HTTP", "Policies", "Ports", "Telemetry", "Lanes"], opens: "CCurl"),
    driver(
        "S3Driver", sees: ["Contracts", "HTTP", "Policies", "Ports", "Telemetry", "FileDriver", "HTTPClientDriver"]),
    driver(
        "LinkDriver", sees: ["Contracts", "FileDriver", "HTTP", "HTTPClientDriver", "Ports", "Telemetry"]),
    driver("ChatDriver", sees: ["Contracts", "HTTP", "HTTPClientDriver", "Policies", "Ports", "Wire"]),
    driver("FileDriver", sees: ["Contracts", "Ports", "Telemetry", "Lanes"]),
    driver("RedisDriver", sees: ["Contracts", "Policies", "Ports", "Telemetry", "Lanes"], opens: "CRedis"),
    driver("ProcessDriver", sees: ["Contracts", "Ports", "Telemetry", "Lanes"]),
]

let doors: [Target] = [
    shared(
        "Internal", sees: ["Contracts", "HTTP", "HTTPClientDriver", "Ports", "Telemetry", "Web", "Wire"]),
    shared(
        "Opening",
        sees: [
            "Advice", "ChatDriver", "Contracts", "CryptoDriver", "Delivery", "Embedded", "FileDriver", "HTTP",
            "HTTPClientDriver", "HTTPServerDriver", "Policies", "Ports", "PostgresDriver", "RabbitDriver",
            "RedisDriver", "S3Driver", "SQLiteDriver", "ServiceHost", "Settings", "Telemetry",
        ]),
]

let skills: [Target] = [
    shared("Ingest", at: "Skills/Ingest", sees: ["Contracts", "Policies"]),
    shared("Entities", at: "Skills/Entities", sees: ["Contracts", "Policies", "Ingest"]),
    shared("Planning", at: "Skills/Planning", sees: ["Contracts", "Policies", "Ingest", "Entities"]),
    shared("Advice", at: "Skills/Advice", sees: ["Contracts", "Ports", "Wire", "Entities"]),
]

let media: [Target] = [
    shared("Picture", at: "Media/Picture", sees: ["Contracts", "Policies"]),
    .target(
        name: "Raster", dependencies: ["Contracts", "Policies", "Picture", "CCairo", "CPixels"],
        path: "Shared/Media/Raster",
        swiftSettings: nearC),
    shared("Sound", at: "Media/Sound", sees: ["Contracts", "Policies"], house + fast),
    shared("Cutting", at: "Media/Cutting", sees: ["Contracts", "Policies"]),
]

let services: [Target] =
    service("Gateway", adapters: [])
    + [
        room(
            "Gateway", "Site",
            sees: ["Contracts", "HTTP", "Policies", "Ports", "Telemetry", "Web", "Wire", "GatewayCore", "GatewayShell"]),
        room(
            "Gateway", "House",
            sees: [
                "Contracts", "Delivery", "HTTP", "HTTPClientDriver", "Policies", "Ports", "ServiceHost", "Settings",
                "Telemetry", "Web",
                "GatewayAdapters", "GatewayCore", "GatewayShell", "GatewaySite",
            ]),
    ] + service("Orchestrator", adapters: []) + service("WorkerHub", adapters: [])
    + [
        room(
            "Orchestrator", "House",
            sees: [
                "Contracts", "Delivery", "Policies", "Ports", "ServiceHost", "Telemetry", "OrchestratorAdapters",
                "OrchestratorShell",
            ]),
        room(
            "WorkerHub", "House",
            sees: [
                "Contracts", "Delivery", "Policies", "Ports", "ServiceHost", "Telemetry", "WorkerHubAdapters",
                "WorkerHubCore", "WorkerHubShell",
            ]),
        room(
            "WorkerKit", "House",
            sees: [
                "Contracts", "Embedded", "FileDriver", "HTTPClientDriver", "LinkDriver", "Opening", "Policies",
                "Ports", "ProcessDriver", "ServiceHost", "Settings", "Telemetry", "WorkerKitShell",
            ]),
        room("WorkerKit", "Core", sees: ["Contracts", "Policies"]),
        room("WorkerKit", "Shell", sees: ["Contracts", "Policies", "Ports", "Telemetry", "Wire", "WorkerKitCore"]),
    ]
    + worker(
        "WorkerLLM", engine: ["Ingest", "Entities", "Planning", "Advice", "Sound"], main: ["Embedded", "Opening"])
    + worker("WorkerAudio", engine: ["Sound", "ProcessDriver"])
    + worker("WorkerVideo", engine: ["Picture", "Raster", "Cutting"])
    + worker("WorkerLipsync", engine: ["Sound"])
    + worker("Composer", engine: ["Planning", "Picture", "Raster", "Sound", "Cutting"])
    + [
        main(
            "Gateway",
            sees: [
                "Contracts", "CryptoDriver", "Delivery", "Embedded", "GatewayCore", "GatewayHouse", "GatewayShell",
                "HTTP", "Internal", "Opening", "Ports", "ServiceHost", "Settings", "Telemetry", "Web",
            ]),
        main(
            "Orchestrator",
            sees: [
                "Contracts", "Delivery", "Embedded", "Internal", "Opening", "OrchestratorHouse", "Ports",
                "ServiceHost", "Settings", "Web",
            ]),
        main(
            "WorkerHub",
            sees: [
                "Contracts", "Delivery", "Embedded", "Internal", "Opening", "Ports", "ServiceHost", "Settings", "Web",
                "WorkerHubCore", "WorkerHubHouse", "WorkerHubShell",
            ]),
        main(
            "Observer",
            sees: [
                "Contracts", "Embedded", "Opening", "Ports", "ServiceHost", "Settings", "Telemetry", "Wire",
            ]),
    ]

let programs: [Target] = [
    .executableTarget(
        name: "AinerVoice", dependencies: ["Contracts", "Wire", "CEspeak"], path: "Services/Voice",
        exclude: ["LICENSE", "README.md"],
        swiftSettings: nearC),
    .target(
        name: "AinerCLICore", dependencies: ["Contracts", "Policies"], path: "Services/AinerCLI/Core",
        swiftSettings: house),
    .executableTarget(
        name: "AinerCLI",
        dependencies: [
            "Contracts", "Policies", "Ports", "Wire", "Telemetry", "Settings", "ServiceHost", "Embedded", "Delivery",
            "AinerCLICore", "CryptoDriver", "FileDriver", "GatewayCore", "GatewayHouse", "GatewayShell", "HTTP",
            "HTTPClientDriver", "HTTPServerDriver", "Opening", "OrchestratorCore", "OrchestratorHouse",
            "OrchestratorShell", "ProcessDriver", "Web", "WorkerHubHouse", "WorkerKitHouse", "WorkerKitShell",
            "WorkerLLMEngine", "WorkerAudioEngine", "WorkerVideoEngine", "WorkerLipsyncEngine", "ComposerEngine",
            "Advice", "Ingest", "Entities", "Planning",
        ],
        path: "Services/AinerCLI/Main", swiftSettings: house),
    .executableTarget(
        name: "AinerBench",
        dependencies: [
            "Contracts", "Ports", "Wire", "Telemetry", "Delivery", "Embedded", "SQLiteDriver", "PostgresDriver",
            "RabbitDriver", "RedisDriver", "CryptoDriver", "FileDriver", "HTTP", "HTTPServerDriver", "ProcessDriver",
            "ServiceHost", "Web", "GatewayCore", "GatewayShell", "GatewayHouse", "Opening", "OrchestratorHouse",
            "WorkerHubHouse", "WorkerKitHouse", "WorkerKitShell", "Picture", "Raster", "Sound", "Cutting", "Gold",
        ],
        path: "Services/AinerBench", exclude: ["Peers"], swiftSettings: house),
]

let proofs: [Target] = [
    .target(
        name: "Kit",
        dependencies: [
            "Contracts", "Ports", "Delivery", "Embedded", "Lanes", "FileDriver", "ProcessDriver", "WorkerKitShell",
            "HTTP", "HTTPServerDriver", "Telemetry", "Wire",
        ],
        path: "Tests/Kit", swiftSettings: house),
    .target(
        name: "Conformance", dependencies: ["Contracts", "Ports"], path: "Tests/Conformance", swiftSettings: house),
    .target(
        name: "Gold", dependencies: ["Contracts", "Ingest", "Entities", "Planning", "Wire"], path: "Tests/Gold",
        swiftSettings: house),
    tests("ArchitectureTests", at: "Architecture", sees: ["Contracts"], beside: ["budget.txt"]),
    tests("ContractsTests", at: "Contracts", sees: ["Contracts", "Policies", "Wire"]),
    tests(
        "SharedTests", at: "Shared",
        sees: [
            "Contracts", "Policies", "Ports", "Wire", "Lanes", "Delivery", "Telemetry", "Embedded", "SQLiteDriver",
            "PostgresDriver", "RabbitDriver", "CryptoDriver", "ProcessDriver",
            "Settings", "ServiceHost", "Kit", "Conformance", "GatewayAdapters", "OrchestratorAdapters",
            "WorkerHubAdapters",
        ]),
    tests(
        "DoorTests", at: "Doors",
        sees: [
            "Contracts", "Policies", "Ports", "Wire", "HTTP", "Web", "Lanes", "Telemetry", "Settings", "ServiceHost",
            "Embedded", "HTTPServerDriver", "HTTPClientDriver", "Internal", "S3Driver", "FileDriver", "RedisDriver",
            "ProcessDriver", "ChatDriver", "Kit", "Conformance",
        ]),
    tests(
        "SkillsTests", at: "Skills",
        sees: [
            "Advice", "ChatDriver", "Contracts", "Embedded", "Entities", "Gold", "HTTPClientDriver", "Ingest", "Kit",
            "Planning", "Ports", "Wire",
        ],
        beside: ["Practice", "Stories"]),
    tests(
        "MediaTests", at: "Media",
        sees: ["Contracts", "Picture", "Raster", "Sound", "Cutting", "Wire", "ProcessDriver"]),
    tests(
        "OrchestratorTests", at: "Orchestrator",
        sees: [
            "Contracts", "Policies", "OrchestratorCore", "OrchestratorShell", "OrchestratorAdapters", "Ports",
            "Embedded", "SQLiteDriver", "PostgresDriver", "Delivery", "Telemetry", "Wire", "WorkerHubCore",
            "WorkerHubShell", "WorkerHubAdapters", "WorkerKitShell", "Kit",
        ]),
    tests(
        "WorkerHubTests", at: "WorkerHub",
        sees: [
            "Contracts", "Policies", "WorkerHubCore", "WorkerHubShell", "WorkerHubAdapters", "Ports", "Embedded",
            "SQLiteDriver", "Delivery", "Telemetry", "Wire", "Kit", "WorkerKitShell",
        ]),
    tests(
        "SimulationTests", at: "Simulation",
        sees: [
            "Contracts", "Delivery", "OrchestratorAdapters", "OrchestratorCore", "OrchestratorShell", "Policies",
            "Ports", "SQLiteDriver", "Telemetry", "Wire", "WorkerHubAdapters", "WorkerHubShell", "WorkerKitCore",
            "WorkerKitShell",
        ]),
    tests(
        "GatewayTests", at: "Gateway",
        sees: [
            "Contracts", "GatewayCore", "GatewayShell", "GatewayAdapters", "GatewaySite", "GatewayHouse", "Policies",
            "Ports", "Embedded", "SQLiteDriver", "PostgresDriver", "RabbitDriver", "CryptoDriver", "RedisDriver",
            "ServiceHost",
            "Delivery", "FileDriver", "HTTP",
            "HTTPServerDriver", "HTTPClientDriver", "Telemetry", "Web", "Wire", "Kit",
        ]),
    tests(
        "WorkerTests", at: "Workers",
        sees: [
            "Contracts", "Policies", "Ports", "Embedded", "Kit", "Telemetry", "WorkerKitCore", "WorkerKitShell",
            "WorkerLLMEngine",
            "WorkerAudioEngine", "WorkerVideoEngine", "WorkerLipsyncEngine", "ComposerEngine", "AinerVoice", "Sound",
            "Wire", "ProcessDriver",
        ]),
    tests(
        "JourneyTests", at: "Journeys",
        sees: [
            "AinerCLI", "AinerCLICore", "AinerVoice", "Contracts", "Wire", "Ports", "SQLiteDriver", "PostgresDriver",
            "Kit", "HTTP", "HTTPClientDriver", "HTTPServerDriver", "ProcessDriver", "Telemetry", "Opening", "Embedded",
            "Policies", "Settings",
        ]),
]

let package = Package(
    name: "ainer",
    products: [
        .executable(name: "ainer", targets: ["AinerCLI"]),
        .executable(name: "ainer-voice", targets: ["AinerVoice"]),
        .executable(name: "ainer-bench", targets: ["AinerBench"]),
        .executable(name: "gateway", targets: ["GatewayMain"]),
        .executable(name: "orchestrator", targets: ["OrchestratorMain"]),
        .executable(name: "worker-hub", targets: ["WorkerHubMain"]),
        .executable(name: "worker-video", targets: ["WorkerVideoMain"]),
        .executable(name: "worker-audio", targets: ["WorkerAudioMain"]),
        .executable(name: "worker-llm", targets: ["WorkerLLMMain"]),
        .executable(name: "worker-lipsync", targets: ["WorkerLipsyncMain"]),
        .executable(name: "composer", targets: ["ComposerMain"]),
        .executable(name: "observer", targets: ["ObserverMain"]),
    ],
    targets: foundations + cLibraries + drivers + doors + skills + media + services + programs + proofs
)
