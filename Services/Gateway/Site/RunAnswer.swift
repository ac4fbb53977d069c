// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import Web

/// Where everything about a run is, so that no client builds an address by himself.
struct RunLinks: Codable, Sendable {
    let `self`: String
    let events: String
    let graph: String
    let artifacts: String
    let cancel: String

    init(_ run: RunID) {
        let place = "/api/v1/runs/\(run)"
        self.`self` = place
        events = place + "/events"
        graph = place + "/graph"
        artifacts = place + "/artifacts"
        cancel = place + "/cancel"
    }

    static let shape = Shape(
        "RunLinks",
        ["self", "events", "graph", "artifacts", "cancel"].map { .must($0, .text(atMost: 1024)) })
}

/// A run as it is answered.
struct RunAnswer: Codable, Sendable {
    let view: RunView
    let links: RunLinks

    private enum Keys: String, CodingKey {
        case links
        case runStatus = "run_status"
        case isTerminal = "terminal"
        case schemaVersion = "schema_version"
    }

    init(_ view: RunView) {
        self.view = view
        links = RunLinks(view.runID)
    }

    init(from decoder: any Decoder) throws {
        view = try RunView(from: decoder)
        links = try decoder.container(keyedBy: Keys.self).decode(RunLinks.self, forKey: .links)
    }

    func encode(to encoder: any Encoder) throws {
        try view.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(links, forKey: .links)
        // The specification's other name of the same.
        try container.encode(view.status, forKey: .runStatus)
        try container.encode(view.status.isFinal, forKey: .isTerminal)
        try container.encode("1.0", forKey: .schemaVersion)
    }

    static let shape = Shape(
        "Run",
        [
            .must("run_id", .id(RunID.prefix)), .must("task_id", .id(TaskID.prefix)), .must("project_id", .opaque),
            .must("chapter_id", .text(atMost: 255), "what the client calls the text"),
            .must("requested_quality", .word(of: Quality.self)), .must("seed", .count),
            .must("priority", .integer(0...9), "higher runs first"),
            .must("tags", .list(of: .text(atMost: 64), atMost: 20)),
            .must("status", .word(of: RunStatus.self)), .must("run_status", .word(of: RunStatus.self), "the same"),
            .must("terminal", .bool, "true when nothing more will happen by itself"),
            .must("stage", .word(of: Stage.self), "the lowest unfinished one"),
            .must("progress", .number(0...100), "percent of the work that is known"),
            .may("outcome", .word(of: Outcome.self)), .may("latest_error", .object(.error)),
            .may("final_artifact_id", .id(ArtifactID.prefix)), .may("final_artifact_uri", .text(atMost: 1024)),
            .must("absent_skills", .list(of: .word(of: JobType.self)), "what this version cannot do"),
            .must("created_at", .time), .must("updated_at", .time), .may("started_at", .time),
            .may("finished_at", .time), .must("links", .object(RunLinks.shape)),
            .must("schema_version", .text(atMost: 16)),
        ])
}

/// A submission as it is answered.
struct TaskAnswer: Codable, Sendable {
    let runID: RunID
    let taskID: TaskID
    let status: RunStatus
    let quote: Quote
    let links: RunLinks
    let webhook: HookReceipt?

    enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case taskID = "task_id"
        case status
        case quote
        case links
        case webhook
    }

    init(_ receipt: TaskReceipt) {
        runID = receipt.runID
        taskID = receipt.taskID
        status = receipt.status
        quote = Quote()
        links = RunLinks(receipt.runID)
        webhook = receipt.hook
    }

    /// What the film will cost: the built-in engines cost nothing.
    struct Quote: Codable, Sendable {
        var low = 0.0
        var high = 0.0
        var currency = "USD"
        var basis = "built-in engines"
    }

    static let shape = Shape(
        "Task",
        [
            .must("run_id", .id(RunID.prefix)), .must("task_id", .id(TaskID.prefix)),
            .must("status", .word(of: RunStatus.self)),
            .must(
                "quote",
                .object(
                    Shape(
                        "Quote",
                        [
                            .must("low", .number(0...1e12)), .must("high", .number(0...1e12)),
                            .must("currency", .text(atMost: 3)), .must("basis", .text, "what the figures rest on"),
                        ])), "what the film will cost"),
            .must("links", .object(RunLinks.shape)),
            .may("webhook", .object(HookAnswer.receipt), "the one that was asked for, and its secret"),
        ])
}
