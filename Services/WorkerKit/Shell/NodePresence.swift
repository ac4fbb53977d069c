// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
import Contracts
import Ports
import Synchronization

/// What a node has and does at this moment, and what the hub wants of it.
final class NodePresence: Sendable {
    enum Mood: Sendable {
        case working
        case resting
        /// It was told to leave, and its last attempt is over.
        case dismissed
    }

    private struct Seats {
        var slots = 0
        var busy = 0
        var jobTypes: Set<JobType> = []
    }

    private struct State {
        var startedAt: Timestamp?
        var duty = NodeDuty.work
        var seats: [Pool: Seats] = [:]

        func isIn(_ mood: Mood) -> Bool {
            switch mood {
            case .working: duty == .work
            case .resting: duty != .work
            case .dismissed: duty == .leave && seats.values.allSatisfy { $0.busy == 0 }
            }
        }
    }

    private let state = Mutex(State())
    /// Ring when there is something to tell.
    let changes = Bells()

    var duty: NodeDuty { state.withLock { $0.duty } }

    /// The moment it was first asked at.
    func startedAt(_ now: Timestamp) -> Timestamp {
        state.withLock { state in
            state.startedAt = state.startedAt ?? now
            return state.startedAt ?? now
        }
    }

    func pools(holding models: [Pool: [String]]) -> [NodePool] {
        state.withLock { $0.seats }.filter { $0.value.slots > 0 }.map { pool, seats in
            NodePool(
                pool: pool, slots: seats.slots, busy: min(seats.busy, seats.slots),
                jobTypes: seats.jobTypes.sorted { $0.rawValue < $1.rawValue }, models: models[pool] ?? [])
        }.sorted { $0.pool.rawValue < $1.pool.rawValue }
    }

    /// One more slot of a pool.
    func sit(_ pool: Pool, knowing jobTypes: Set<JobType>) {
        state.withLock { state in
            state.seats[pool, default: Seats()].slots += 1
            state.seats[pool]?.jobTypes.formUnion(jobTypes)
        }
        changes.ring()
    }

    func rise(_ pool: Pool) {
        state.withLock { $0.seats[pool]?.slots -= 1 }
        changes.ring()
    }

    func begin(_ pool: Pool) { state.withLock { $0.seats[pool, default: Seats()].busy += 1 } }

    /// Rings only when somebody may wait for the last attempt to end: heartbeats tell how busy the node is.
    func end(_ pool: Pool) {
        let isLeaving = state.withLock { state in
            state.seats[pool]?.busy -= 1
            return state.duty == .leave
        }
        if isLeaving { changes.ring() }
    }

    /// False when it is at that already.
    func heed(_ duty: NodeDuty) -> Bool {
        let isNew = state.withLock { state in
            defer { state.duty = duty }
            return state.duty != duty
        }
        if isNew { changes.ring() }
        return isNew
    }

    /// Returns when it is so, or when whoever waits is cancelled.
    func waits(until mood: Mood) async {
        // Listening begins before looking, so no change falls between.
        let rings = changes.listen()
        if state.withLock({ $0.isIn(mood) }) { return }
        for await _ in rings where state.withLock({ $0.isIn(mood) }) { return }
    }
}
