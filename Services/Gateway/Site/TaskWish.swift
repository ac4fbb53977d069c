// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayShell
import Web

/// The body of a submission.
struct TaskWish: Codable, Sendable {
    var tenantID: TenantID?
    var projectID: ProjectID?
    var traceID: TraceID?
    var correlationID: CorrelationID?
    var idempotencyKey: IdempotencyKey?
    var chapterID: String?
    var story: StoryWish?
    var quality: Quality?
    var language: String?
    var seed: UInt64?
    var style: String?
    var aspect: String?
    var gates: [GateWish]?
    var budget: Budget?
    var budgetProfile: BudgetProfile?
    var tags: [String]?
    var priority: Int?
    var deadlineMS: Int?
    var startAfter: Timestamp?
    var webhook: WebhookWish?
    var payload: [String: JSONValue]?
    var mode: Mode?

    /// How much in earnest it is.
    enum Mode: String, CaseIterable, Codable, Sendable {
        case live
        /// Lines of the story that begin with `#fail` are orders.
        case sandbox
    }

    enum CodingKeys: String, CodingKey {
        case tenantID = "tenant_id"
        case projectID = "project_id"
        case traceID = "trace_id"
        case correlationID = "correlation_id"
        case idempotencyKey = "idempotency_key"
        case chapterID = "chapter_id"
        case story
        case quality = "requested_quality"
        case language = "language_context"
        case seed
        case style
        case aspect
        case gates
        case budget
        case budgetProfile = "budget_profile"
        case tags
        case priority
        case deadlineMS = "deadline_ms"
        case startAfter = "start_after"
        case webhook
        case payload
        case mode
    }

    struct StoryWish: Codable, Sendable {
        var text: String?
        var uploadID: UploadID?

        enum CodingKeys: String, CodingKey {
            case text
            case uploadID = "upload_id"
        }
    }

    struct WebhookWish: Codable, Sendable {
        var url: String
        var events: [String]?
    }

    /// In a sandbox the orders are taken out of the story; throws the number of a line that is none of them.
    mutating func takeOrders() throws(BadOrder) -> [Mishap]? {
        guard mode == .sandbox, let text = story?.text else { return nil }
        var orders: [Mishap] = []
        var rest: [Substring] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard Mishap.isOrder(line) else {
                rest.append(line)
                continue
            }
            guard let order = Mishap(line) else { throw BadOrder(line: number + 1) }
            orders.append(order)
        }
        story?.text = rest.joined(separator: "\n")
        return orders.isEmpty ? nil : orders
    }

    struct BadOrder: Error { let line: Int }

    static let longestStory = 1 << 20

    static let shape = Shape(
        "TaskRequest",
        [
            .may("tenant_id", .opaque, "the token's own; another one is refused"),
            .may("project_id", .opaque, "where the film belongs; the token's first project when absent"),
            .may("trace_id", .opaque, "rides in everything that follows; `traceparent` says the same"),
            .may("correlation_id", .opaque), .may("idempotency_key", .text(atMost: 256), "or the header"),
            .may("chapter_id", .text(atMost: 255), "a stored chapter, or what to call the story"),
            .may(
                "story",
                .object(
                    Shape(
                        "StoryWish",
                        [
                            .may("text", .text(atMost: longestStory), "plain text or Markdown"),
                            .may("upload_id", .id(UploadID.prefix), "an upload that is complete"),
                        ])), "a story that is no stored chapter"),
            .may("requested_quality", .word(of: Quality.self), "standard when absent"),
            .may("language_context", .text(atMost: 64), "BCP 47; found out when absent"),
            .may("seed", .integer(0...9_007_199_254_740_991), "same seed, same film; 1 when absent"),
            .may("style", .text(atMost: 128), "how it should look, for engines that can be told"),
            .may("aspect", .word(["16:9"]), "width to height"),
            .may("gates", .list(of: .object(.gateWish), atMost: 11), "where the run stops until somebody has looked"),
            .may("budget", .object(.budget), "what the film may cost at most"),
            .may("budget_profile", .word(of: BudgetProfile.self)),
            .may("tags", .list(of: .text(atMost: 64), atMost: 20), "your own marks, to find the run again"),
            .may("priority", .integer(0...9), "higher runs first; 0 when absent"),
            .may("deadline_ms", .milliseconds, "from now on; a run that is late fails"),
            .may("start_after", .time, "no job begins before"),
            .may(
                "webhook",
                .object(
                    Shape(
                        "WebhookWish",
                        [
                            .must("url", .text(atMost: 2048), "https, or http where it is allowed"),
                            .may("events", .list(of: .text(atMost: 64), atMost: 50), "all of them when absent"),
                        ])), "whom to tell of this run"),
            .may("payload", .anyObject, "wishes for single skills"),
            .may(
                "mode", .word(of: Mode.self),
                "sandbox: lines of the story's text are orders to fail: \(Mishap.grammar)"),
        ])

    static let example: JSONValue = .object([
        "chapter_id": .string("lighthouse"), "requested_quality": .string("draft"), "tags": .array([.string("ep12")]),
        "story": .object(["text": .string("# The Lighthouse\n\nThe keeper climbed the stairs.")]),
    ])
}
