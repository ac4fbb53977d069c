// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
package import Ports

/// Where the gates of runs are kept, as they were heard of.
package protocol Gates: Sendable {
    /// Those of a tenant, of his projects when they are named, oldest first behind the place.
    func gates(_ ask: GateAsk, of tenant: TenantID) async throws -> [PlacedGate]
    func gates(of run: RunID) async throws -> [GateView]
    /// Decides, and says so unless it was decided so before.
    func decide(_ verdict: GateVerdict, as deed: Deed, at now: Timestamp) async throws -> Once<GateView>
}

/// Which gates are wanted.
package struct GateAsk: Sendable {
    package var status: GateView.Status?
    package var project: ProjectID?
    /// Nil: of every project.
    package var projects: [ProjectID]?
    package var after: String?
    package var now: Timestamp
    package var limit: Int

    package init(at now: Timestamp, limit: Int) {
        self.now = now
        self.limit = limit
    }
}

/// A gate and its place among all.
package struct PlacedGate: Sendable {
    package let view: GateView
    package let place: String

    package init(_ view: GateView, at place: String) {
        self.view = view
        self.place = place
    }
}

/// What somebody has decided.
package struct GateVerdict: Sendable {
    package let runID: RunID
    package let gate: String
    package let decision: GateWish.Decision
    package let comment: String?
    package let subject: String
    package let trail: Trail

    package init(
        _ decision: GateWish.Decision, _ comment: String?, on gate: String, of run: RunID, for errand: Errand
    ) {
        runID = run
        self.gate = gate
        self.decision = decision
        self.comment = comment
        subject = errand.caller.subject
        trail = errand.trail
    }
}

/// Shows people what waits for them, and takes what they decide.
package struct GateDesk: Sendable {
    private let gates: any Gates
    private let clock: any WallClock

    package init(gates: any Gates, clock: any WallClock) {
        self.gates = gates
        self.clock = clock
    }

    package func gates(
        _ status: GateView.Status?, in project: ProjectID?, for caller: Caller, after: String?, limit: Int
    ) async throws -> [PlacedGate] {
        if let project { try caller.must("runs:read", in: project) }
        var ask = GateAsk(at: clock.now(), limit: limit)
        (ask.status, ask.project, ask.after) = (status, project, after)
        if let projects = caller.projects {
            ask.projects = projects.filter { $0.value.contains("runs:read") }.keys.sorted { $0.rawValue < $1.rawValue }
        }
        return try await gates.gates(ask, of: caller.tenant).map { PlacedGate($0.view.seen(at: ask.now), at: $0.place) }
    }

    package func gates(of run: RunID) async throws -> [GateView] {
        let now = clock.now()
        return try await gates.gates(of: run).map { $0.seen(at: now) }
    }

    package func decide(_ verdict: GateVerdict, as deed: Deed) async throws -> Once<GateView> {
        try await gates.decide(verdict, as: deed, at: clock.now())
    }
}
