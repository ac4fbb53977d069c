// Internal · doors · sees Contracts, HTTP, HTTPClientDriver, Ports, Telemetry, Web, Wire
import Contracts
import HTTP
package import Ports
package import Web
import Wire

/// The internal door of a service: what other services of the house ask it. It has a port of its own, and opens to whoever
/// shows the house's service token.
package enum InternalSite {
    package static func orchestrator(
        _ runs: any RunOperations, token: String, version: String, on ground: Ground
    ) throws -> Site {
        try site("AINER orchestrator, internal", version, RunDoor(runs: runs).all, token, ground)
    }

    package static func hub(
        _ farm: any FarmOperations, token: String, version: String, on ground: Ground
    ) throws -> Site {
        try site("AINER worker-hub, internal", version, FarmDoor(farm: farm).all, token, ground)
    }

    private static func site(
        _ title: String, _ version: String, _ routes: [Route], _ token: String, _ ground: Ground
    ) throws -> Site {
        let hash = Self.hash(token)
        var manners = Manners()
        manners.authenticate = { head in
            guard case .bearer(let shown)? = head.fields["Authorization"].flatMap(Credentials.init),
                HMAC.isEqual(Self.hash(shown), hash)
            else { throw Problem(.tokenRefused, "this door is for services of the house") }
            return Principal("service", tenant: "", scopes: [])
        }
        return try Site(SiteTitle(title, version: version, "For services of the house."), routes, manners, on: ground)
    }

    private static func hash(_ token: String) -> [UInt8] {
        var hash = SHA256()
        hash.update(Array(token.utf8))
        return hash.digest()
    }

    static let anything = Shape("Document", [])
}

/// What the orchestrator is asked.
struct RunDoor: Sendable {
    let runs: any RunOperations

    private static let run = Parameter.path("run_id", RunID.self, "the run")
    private static let event = Parameter.path("event_id", EventID.self, "the event")
    private static let search = JSONBody(DeadAsk.self, InternalSite.anything)
    private static let decision = JSONBody(DeadWish.self, InternalSite.anything)
    private static let rebuild = JSONBody(RebuildWish.self, InternalSite.anything)

    var all: [Route] {
        [
            Route.get("/internal/runs/{run_id}/graph", "graph", "The jobs of a run").takes(Self.run).tells()
                .handles { input, _ in try Self.known(try await runs.graph(of: try input[Self.run])) },
            Route.get("/internal/runs/{run_id}/why", "why", "Why a run is where it is").takes(Self.run).tells()
                .handles { input, _ in try Self.known(try await runs.why(try input[Self.run])) },
            Route.post("/internal/dead-letters/search", "searchDead", "Dead letters").takes(Self.search).tells()
                .handles { input, _ in
                    let ask = try input[Self.search]
                    return try await runs.deadLetters(ask.filter, limit: ask.limit)
                },
            Route.get("/internal/dead-letters/{event_id}", "showDead", "One of them").takes(Self.event).tells()
                .handles { input, _ in
                    InternalList(items: try await runs.deadLetters(of: try input[Self.event]))
                },
            Route.post("/internal/dead-letters/decide", "decideDead", "Sends some back, or drops them")
                .takes(Self.decision).tells()
                .handles { input, _ in try await runs.decide(try input[Self.decision]) },
            Route.post("/internal/rebuild", "rebuild", "Says again what the broker lost").takes(Self.rebuild).tells()
                .handles { input, _ in try await runs.rebuild(try input[Self.rebuild]) },
        ]
    }

    private static func known<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Problem(.notFound, "the orchestrator has not heard of this run") }
        return value
    }
}

/// What the hub is asked.
struct FarmDoor: Sendable {
    let farm: any FarmOperations

    private static let node = Parameter.path("node_id", NodeID.self, "the node")
    private static let jobs = JSONBody(JobsAsk.self, InternalSite.anything)
    private static let wish = JSONBody(NodeWish.self, InternalSite.anything)
    private static let rebuild = JSONBody(RebuildWish.self, InternalSite.anything)

    var all: [Route] {
        [
            Route.get("/internal/nodes", "nodes", "Every node that is known").tells()
                .handles { _, _ in InternalList(items: try await farm.nodes()) },
            Route.get("/internal/pools", "pools", "Every pool").tells()
                .handles { _, _ in InternalList(items: try await farm.pools()) },
            Route.post("/internal/jobs/why", "whyJobs", "Where jobs are").takes(Self.jobs).tells()
                .handles { input, _ in InternalList(items: try await farm.why(jobs: try input[Self.jobs].jobs)) },
            Route.post("/internal/nodes/{node_id}/wish", "wishOfNode", "What an operator wants of a node")
                .takes(Self.node, Self.wish).tells()
                .handles { input, _ in
                    let wish = try input[Self.wish]
                    guard try await farm.wish(wish, of: try input[Self.node]) else {
                        throw Problem(.notFound, "nobody knows this node")
                    }
                    return wish
                },
            Route.post("/internal/rebuild", "rebuild", "Says again what the broker lost").takes(Self.rebuild).tells()
                .handles { input, _ in try await farm.rebuild(try input[Self.rebuild]) },
        ]
    }
}

extension Route {
    /// For whoever is in the house, and no document of anybody's.
    fileprivate func tells() -> Route {
        needs().answers(.json(200, InternalSite.anything, "the answer"), .problem(.notFound))
    }
}
