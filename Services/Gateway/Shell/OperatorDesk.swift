// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
import Ports
import Telemetry

/// Where operators look at the farm and say what they want of it. Operators are of the house's own tenant: for everybody
/// else there is nothing here. Whatever they do stands in the audit.
package struct OperatorDesk: Sendable {
    package typealias SayAgain = @Sendable (RebuildWish) async throws -> Int

    /// So many dead letters are counted; more are as bad.
    private static let most = 200

    private let operations: Operations
    private let runs: any RunViews
    private let gates: GateDesk
    private let tools: PeopleTools
    private let sayAgain: SayAgain

    package init(
        operations: Operations, runs: any RunViews, gates: GateDesk, tools: PeopleTools, sayAgain: @escaping SayAgain
    ) {
        self.operations = operations
        self.runs = runs
        self.gates = gates
        self.tools = tools
        self.sayAgain = sayAgain
    }

    // MARK: looking

    /// What does not answer is told, and keeps nothing else from being told.
    package func status(for caller: Caller) async throws -> FarmStatus {
        try admit(caller)
        async let nodes = answer { try await operations.farm.nodes() }
        async let pools = answer { try await operations.farm.pools() }
        async let dead = answer {
            try await operations.runs.deadLetters(DeadFilter(state: .dead), limit: Self.most)
        }
        var scene = FarmScene()
        scene.gatesWaiting = try await gates.gates(.waiting, in: nil, for: caller, after: nil, limit: Self.most).count
        (scene.nodes, scene.pools, scene.dead) = await (nodes, pools, dead)
        return scene.status(at: tools.clock.now())
    }

    package func nodes(for caller: Caller) async throws -> [NodeView] {
        try admit(caller)
        return try await operations.farm.nodes()
    }

    package func node(_ node: NodeID, for caller: Caller) async throws -> NodeView {
        guard let view = try await nodes(for: caller).first(where: { $0.nodeID == node }) else {
            throw Self.nobody(node)
        }
        return view
    }

    package func pools(for caller: Caller) async throws -> [PoolView] {
        try admit(caller)
        return try await operations.farm.pools()
    }

    package func deadLetters(_ filter: DeadFilter, limit: Int, for caller: Caller) async throws -> DeadPage {
        try admit(caller)
        return try await operations.runs.deadLetters(filter, limit: limit)
    }

    package func deadLetters(of event: EventID, for caller: Caller) async throws -> [DeadLetter] {
        try admit(caller)
        let letters = try await operations.runs.deadLetters(of: event)
        guard !letters.isEmpty else {
            throw FailureReport(
                .notFound, "no letter \(event) is dead", owner: .gateway,
                nextStep: "list them: GET /api/v1/ops/dead-letters")
        }
        return letters
    }

    // MARK: wishing

    package func wish(
        _ wish: NodeWish, of node: NodeID, by caller: Caller, from visitor: Visitor
    ) async throws -> NodeView {
        try admit(caller)
        guard try await operations.farm.wish(wish, of: node) else { throw Self.nobody(node) }
        try await note("node.\(wish.verb.rawValue)", caller, on: node.rawValue, visitor, wish.reason)
        return try await self.node(node, for: caller)
    }

    package func decide(_ wish: DeadWish, for caller: Caller, from visitor: Visitor) async throws -> DeadDecision {
        try admit(caller)
        let decision = try await operations.runs.decide(wish)
        if !decision.isPlan, decision.count > 0 {
            let names = decision.items.map(\.eventID.rawValue).joined(separator: " ")
            let remark = wish.verb == .drop ? wish.reason : "\(decision.count) letters"
            try await note("dead_letters.\(wish.verb.rawValue)", caller, on: String(names.prefix(128)), visitor, remark)
        }
        return decision
    }

    /// Says again what runs that are not over may be waiting for.
    package func rebuild(isPlan: Bool, for caller: Caller, from visitor: Visitor) async throws -> Rebuild {
        try admit(caller)
        let now = tools.clock.now()
        let wish = RebuildWish(since: try await runs.oldestUnfinished() ?? now, isPlan: isPlan)
        let own = Rebuild(wish, letters: try await sayAgain(wish))
        let all = own.joined(with: try await operations.runs.rebuild(wish)).joined(
            with: try await operations.farm.rebuild(wish))
        if !isPlan {
            try await note("queues.rebuild", caller, on: "queues", visitor, "\(all.letters + all.tickets) letters")
        }
        return all
    }

    private func admit(_ caller: Caller) throws(FailureReport) {
        guard caller.tenant != .local else { return }
        throw FailureReport(
            .notFound, "there is nothing here for your tenant", owner: .gateway,
            nextStep: "operators belong to the tenant of the house")
    }

    private func note(
        _ action: String, _ caller: Caller, on object: String, _ visitor: Visitor, _ remark: String
    ) async throws {
        var note = tools.note(action, by: caller.subject, in: caller.tenant, on: object, from: visitor)
        note.remark = remark
        try await tools.store.note(note)
    }

    private func answer<Value: Sendable>(_ ask: () async throws -> Value) async -> Value? {
        do { return try await ask() } catch {
            tools.log.warning("somebody who should know does not answer", [.cause: "\(error)"])
            return nil
        }
    }

    private static func nobody(_ node: NodeID) -> FailureReport {
        FailureReport(
            .notFound, "nobody knows the node \(node)", owner: .gateway,
            nextStep: "list them: GET /api/v1/ops/workers")
    }
}
