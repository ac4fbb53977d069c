// Contracts · pure · sees nothing

/// Which queues there are and which topics flow into each.
package struct Topology: Hashable, Sendable {
    package var queues: [QueueName: Set<Topic>]

    package init(_ queues: [QueueName: Set<Topic>]) { self.queues = queues }

    /// Both together: what two services declare, each for itself.
    package func joined(with other: Topology) -> Topology {
        Topology(queues.merging(other.queues) { $0.union($1) })
    }

    package func without(_ queue: QueueName) -> Topology { Topology(queues.filter { $0.key != queue }) }

    /// Every consumer group that is built, bound to exactly the topics it needs, and one row of tickets a pool. A group
    /// whose service is not built would be a queue that nobody empties.
    package static let built: Topology = {
        var queues: [QueueName: Set<Topic>] = [
            .group(.taskSubmitted, .orchestrator): [.taskSubmitted],
            .group(.jobStatus, .orchestrator): [.jobStatus],
            .group(.jobDispatch, .workerHub): [.jobDispatch],
            .group(.workerResult, .workerHub): [.workerResult],
            // One queue, so that what is said of a run stays nearly in order.
            .group(.runStatus, .gateway): [.runStatus, .jobDispatch, .jobStatus, .composeStatus, .skillEvents],
        ]
        for pool in Pool.allCases { queues[.tickets(pool)] = [] }
        return Topology(queues)
    }()
}
