// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
import Delivery
package import GatewayCore
package import GatewayShell
package import Ports
import Wire

/// Runs in a database.
package struct SQLRunViews: RunViews {
    package static let consumer = "gateway"

    let desk: GatewayDesk
    let mint: Mint

    package init(desk: GatewayDesk, mint: Mint) {
        self.desk = desk
        self.mint = mint
    }

    // MARK: what clients do

    package func submit(_ task: NewTask, as deed: Deed, at now: Timestamp) async throws -> Once<TaskReceipt> {
        let (spec, trail) = (task.spec, task.trail)
        guard let runID = trail.runID else {
            throw FailureReport(.programFault, "a task was submitted without a run", owner: .gateway)
        }
        let (stored, view) = (try JSON.text(spec), try JSON.text(RunView(runID: runID, spec: spec, at: now)))
        let letter = try OutgoingLetter(
            EventEnvelope(
                eventID: mint.name(), type: .ainer(.taskSubmitted), at: now, from: .gateway, trail: trail,
                payload: Payload(trusted: Array(stored.utf8)), under: deed.key))
        return try await desk.once(deed, at: now) { tx in
            var orders = [
                Order(
                    ViewQueries.open(
                        runID, deed.tenant, spec.projectID, spec.chapterID, deed.key, stored, view, now))
            ]
            if let new = task.hook { orders.append(try SQLWebhooks.opening(new.hook, new.secret)) }
            orders += Set(spec.tags ?? []).sorted().map { Order(ViewQueries.tag(deed.tenant, $0, runID)) }
            try await tx.send(orders)
            var receipt = TaskReceipt(runID: runID, taskID: spec.taskID)
            receipt.hook = task.hook.map { HookReceipt($0.hook, $0.secret) }
            return (receipt, [letter])
        }
    }

    package func command(_ order: RunOrder, as deed: Deed, at now: Timestamp) async throws -> Once<RunView> {
        let letter = try OutgoingLetter(
            EventEnvelope(
                eventID: mint.name(), type: .ainer(order.type), at: now, from: .gateway, trail: order.trail,
                payload: order.payload, under: deed.key))
        return try await desk.once(deed, at: now) { tx in
            guard let view = try await tx.row(ViewQueries.run(order.runID, deed.tenant)) else {
                throw FailureReport(.notFound, "there is no run \(order.runID)", owner: .gateway)
            }
            let run = try JSON.decode(RunView.self, from: view)
            // Here, behind the look for the deed: what was stored once is answered again, whatever the run is by now.
            try run.obeys(order.type)
            return (run, [letter])
        }
    }

    // MARK: what clients see

    package func run(_ id: RunID, of tenant: TenantID) async throws -> RunView? {
        try await desk.transaction { tx in try await tx.row(ViewQueries.run(id, tenant)) }.map {
            try JSON.decode(from: $0)
        }
    }

    package func runs(_ ask: RunAsk, of tenant: TenantID) async throws -> [RunView] {
        let projects = try ask.projects.map { try JSON.text($0) }
        return try await desk.transaction { tx in
            try await tx.rows(
                ViewQueries.list(
                    tenant, ask.after, ask.project, projects, ask.chapter, ask.status, ask.tag, ask.createdAfter,
                    ask.createdBefore, ask.limit))
        }.map { try JSON.decode(from: $0) }
    }

    package func run(under key: IdempotencyKey, of tenant: TenantID) async throws -> RunID? {
        try await desk.transaction { tx in try await tx.row(ViewQueries.underKey(tenant, key)) }
    }

    package func changed(since moment: Timestamp) async throws -> [RunID] {
        try await desk.transaction { tx in try await tx.rows(ViewQueries.changed(moment)) }
    }

    package func oldestUnfinished() async throws -> Timestamp? {
        try await desk.transaction { tx in try await tx.row(ViewQueries.oldestUnfinished()) ?? nil }
    }

    package func jobs(of run: RunID) async throws -> [JobView] {
        try await desk.transaction { tx in try await tx.rows(ViewQueries.jobs(run)) }.map { try JSON.decode(from: $0) }
    }

    package func artifacts(of run: RunID) async throws -> [ArtifactMeta] {
        try await desk.transaction { tx in try await tx.rows(ViewQueries.artifacts(run)) }.map {
            try JSON.decode(from: $0)
        }
    }

    package func events(of run: RunID, after number: Int, limit: Int) async throws -> [HeardEvent] {
        try await desk.transaction { tx in try await tx.rows(ViewQueries.events(run, number, limit)) }
            .map { HeardEvent(number: $0.0, eventID: $0.1, type: $0.2, body: $0.3) }
    }

    package func page(of run: RunID, after number: Int, limit: Int) async throws -> EventPage {
        let rows = try await desk.transaction { tx in try await tx.rows(ViewQueries.page(run, number, limit)) }
        let events = rows.compactMap { _, number, id, type, body -> HeardEvent? in
            guard let number, let id, let type, let body else { return nil }
            return HeardEvent(number: number, eventID: id, type: type, body: body)
        }
        return EventPage(isOver: rows.first?.0.isFinal ?? true, events: events)
    }
}
