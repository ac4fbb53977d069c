// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Web

/// A webhook that somebody asks for.
struct HookWish: Codable, Sendable {
    let url: String
    let events: [String]?
    let projectID: ProjectID?

    enum CodingKeys: String, CodingKey {
        case url
        case events
        case projectID = "project_id"
    }

    static let url = FieldType.text(atMost: 2048)
    static let events = FieldType.list(of: .text(atMost: 64), atMost: 50)

    static let shape = Shape(
        "WebhookRequest",
        [
            .must("url", url, "https, or http where private networks are allowed"),
            .may("events", events, "names of events, `run.*` for all that begin so, `*` for all; all when absent"),
            .may("project_id", .opaque, "only of this project; of the whole tenant when absent"),
        ])

    static let example: JSONValue = .object([
        "url": .string("https://client.example/hook"),
        "events": .array([.string("run.finished"), .string("run.waiting_approval")]),
    ])
}

/// What somebody wants changed of a webhook.
struct HookChange: Codable, Sendable {
    let url: String?
    let events: [String]?
    let active: Bool?

    static let shape = Shape(
        "WebhookChange",
        [
            .may("url", HookWish.url), .may("events", HookWish.events),
            .may("active", .bool, "false: told nothing until it is true again"),
        ])
}

/// Reads what a client says about a webhook, or says where it is wrong.
enum HookReading {
    static func url(_ text: String, at pointer: String = "/url", _ hooks: HookDesk) throws -> String {
        guard let url = WebURL(text), ["http", "https"].contains(url.scheme) else {
            throw fault(pointer, "it is no http or https URL")
        }
        guard url.user == nil, url.password == nil else {
            throw fault(pointer, "it holds a user's name: the signature says who we are")
        }
        guard url.scheme == "https" || hooks.allowsPrivate else {
            throw fault(pointer, "it has to be https")
        }
        return text
    }

    static func filter(_ words: [String]?, at pointer: String = "/events") throws -> EventFilter {
        do { return try EventFilter(words ?? []) } catch {
            throw fault("\(pointer)/\(error.place)", "there is no event of this name: \(error.word)")
        }
    }

    private static func fault(_ pointer: String, _ detail: String) -> Problem {
        Problem(
            .requestValidation, "the webhook cannot be used", faults: [.init(.body(pointer: pointer), detail)])
    }
}

/// How webhooks and what they were told are answered.
enum HookAnswer {
    static let hook = Shape(
        "Webhook",
        [
            .must("webhook_id", .id(WebhookID.prefix)), .must("tenant_id", .opaque),
            .may("project_id", .opaque, "only of this project"), .may("run_id", .id(RunID.prefix), "only of this run"),
            .must("url", HookWish.url), .must("events", HookWish.events), .must("active", .bool),
            .may("stopped_because", .text, "why it is told nothing any more"),
            .must("created_by", .opaque), .must("created_at", .time),
        ])

    static let receipt = Shape(
        "WebhookSecret",
        [
            .must("webhook", .object(hook)),
            .must("secret", .text(atMost: 128), "what every notice is signed with; it is never shown again"),
            .may("previous_secret_until", .time, "until then notices are signed with the old one too"),
        ])

    static let notice = Shape(
        "WebhookDelivery",
        [
            .must("delivery_id", .id(NoticeID.prefix), "`webhook-id` of every try"),
            .must("webhook_id", .id(WebhookID.prefix)), .may("run_id", .id(RunID.prefix)),
            .must("event_id", .id(EventID.prefix)), .must("event_type", .text(atMost: 128)),
            .must("state", .word(of: Notice.State.self)), .must("attempts", .count),
            .must("failures", .count, "in a row"), .must("began_at", .time, "when its day of tries began"),
            .may("due_at", .time, "when it is tried next"), .may("last_status", .integer(100...999)),
            .may("last_error", .text), .must("created_at", .time), .may("delivered_at", .time),
        ])
}
