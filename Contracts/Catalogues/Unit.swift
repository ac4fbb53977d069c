// Contracts · pure · sees nothing

/// A management action of one host: `model.pull`. A command changes something, a query does not.
package struct Unit: Hashable, Sendable {
    package enum Domain: String, CaseIterable, Hashable, Sendable {
        case model, engine, device, inference, resource, service, app, pipeline, alert, remote
    }

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case command, query
    }

    package let domain: Domain
    package let kind: Kind
    /// The full dotted name.
    package let name: String
}

extension Unit {
    /// All 76, by domain: 44 commands and 32 queries.
    package static let all: [Unit] = Domain.allCases.flatMap { domain in
        let verbs = verbs(of: domain)
        return verbs.commands.map { Unit(domain: domain, kind: .command, name: "\(domain.rawValue).\($0)") }
            + verbs.queries.map { Unit(domain: domain, kind: .query, name: "\(domain.rawValue).\($0)") }
    }

    package static func named(_ name: String) -> Unit? { index[name] }
    private static let index = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    private static func verbs(of domain: Domain) -> (commands: [String], queries: [String]) {
        switch domain {
        case .model:
            (
                commands: ["create", "delete", "pull", "import", "verify"],
                queries: ["get", "list", "search", "estimate_resources"]
            )
        case .engine:
            (
                commands: ["start", "stop", "restart", "install"],
                queries: ["get", "list", "features"]
            )
        case .device:
            (
                commands: ["detect", "set_power_limit"],
                queries: ["info", "metrics", "health"]
            )
        case .inference:
            (
                commands: [
                    "chat", "complete", "embed", "transcribe", "synthesize", "generate_image", "generate_video",
                    "rerank", "detect",
                ],
                queries: ["models", "voices"]
            )
        case .resource:
            (
                commands: ["allocate", "release", "update_slot"],
                queries: ["status", "budget", "allocations", "can_allocate"]
            )
        case .service:
            (
                commands: ["create", "delete", "scale", "start", "stop"],
                queries: ["get", "list", "recommend"]
            )
        case .app:
            (
                commands: ["install", "uninstall", "start", "stop"],
                queries: ["get", "list", "logs", "templates"]
            )
        case .pipeline:
            (
                commands: ["create", "delete", "run", "cancel"],
                queries: ["get", "list", "status", "validate"]
            )
        case .alert:
            (
                commands: ["create_rule", "update_rule", "delete_rule", "acknowledge", "resolve"],
                queries: ["list_rules", "history", "active"]
            )
        case .remote:
            (
                commands: ["enable", "disable", "exec"],
                queries: ["status", "audit"]
            )
        }
    }
}
