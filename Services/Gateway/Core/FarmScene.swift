// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// What is known of the farm at one moment; nil is what nobody answered.
package struct FarmScene: Sendable {
    package var nodes: [NodeView]?
    package var pools: [PoolView]?
    /// Those that want a decision.
    package var dead: DeadPage?
    package var gatesWaiting = 0

    package init() {}

    /// Services that did not answer.
    var silent: [String] {
        (nodes == nil || pools == nil ? [Module.workerHub.rawValue] : [])
            + (dead == nil ? [Module.orchestrator.rawValue] : [])
    }

    package func status(at now: Timestamp) -> FarmStatus {
        var status = FarmStatus(word, findings(at: now), asOf: now)
        for node in nodes ?? [] { status.nodes[node.status.rawValue, default: 0] += 1 }
        status.pools = pools ?? []
        status.gatesWaiting = gatesWaiting
        status.deadLetters = dead?.items.count ?? 0
        return status
    }

    private var word: FarmStatus.Word {
        guard let nodes, let pools, let dead else { return .troubled }
        if !dead.items.isEmpty { return .troubled }
        if pools.contains(where: { $0.waiting + $0.offered > 0 && $0.readyNodes == 0 }) { return .waiting }
        if pools.contains(where: { $0.held > 0 || $0.waiting + $0.offered > 0 }) { return .active }
        return nodes.contains { $0.status == .ready } ? .idle : .asleep
    }

    private func findings(at now: Timestamp) -> [FarmStatus.Finding] {
        var found = silent.map { FarmStatus.Finding("the \($0) does not answer", remedy: "start the \($0) again") }
        for freeze in dead?.freezes ?? [] {
            found.append(FarmStatus.Finding(freeze.message, remedy: "ainer dlq list --type \(freeze.eventType)"))
        }
        if let dead, !dead.items.isEmpty, dead.freezes.isEmpty {
            let count = dead.items.count == 1 ? "a dead letter wants" : "\(dead.items.count) dead letters want"
            found.append(FarmStatus.Finding("\(count) a decision", remedy: "ainer dlq"))
        }
        for pool in pools ?? [] where pool.waiting + pool.offered > 0 {
            guard pool.readyNodes == 0 else { continue }
            let waits = pool.oldestWaitingSince.map { " since \($0.text)" } ?? ""
            found.append(
                FarmStatus.Finding(
                    "\(pool.waiting + pool.offered) \(pool.pool.rawValue) jobs wait\(waits), and nobody is ready for them",
                    remedy: pool.nodes == 0 ? "start a \(pool.pool.module.rawValue)" : "ainer workers"))
        }
        for node in nodes ?? [] where node.status == .quarantined {
            found.append(
                FarmStatus.Finding(
                    "\(node.nodeID) is quarantined: \(node.reason ?? "its work failed too often")",
                    remedy: "ainer workers uncordon \(node.nodeID)"))
        }
        if gatesWaiting > 0 {
            found.append(FarmStatus.Finding("\(gatesWaiting) gates wait for people", remedy: "ainer approve RUN GATE"))
        }
        return found
    }
}
