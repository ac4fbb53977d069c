// WorkerHubCore · pure · sees Contracts, Policies
package import Contracts

/// Keeps the ticket queues short, so that order is decided here and not by what was queued an hour ago.
package enum DispatchQueue {
    /// Tickets a pool may have out at once, waiting in its queue or in the hands of workers.
    package static let outstanding = 6

    /// Which waiting jobs get a ticket now: oldest first, as many as there is room for.
    package static func admit(waiting: [JobID], outstanding count: Int, room: Int = outstanding) -> [JobID] {
        Array(waiting.sorted().prefix(max(0, room - count)))
    }
}
