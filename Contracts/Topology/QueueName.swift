// Contracts · pure · sees nothing

/// A queue by its full name: `ainer.job.dispatch.worker-hub`, `ainer.job.exec.video`, `ainer.node.node_01…`.
package struct QueueName: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }

    package static func group(_ topic: Topic, _ consumer: Module) -> QueueName {
        QueueName("ainer.\(topic.rawValue).\(consumer.rawValue)")
    }
    package static func tickets(_ pool: Pool) -> QueueName { QueueName("ainer.job.exec.\(pool.rawValue)") }
    package static func node(_ node: NodeID) -> QueueName { QueueName(nodePrefix + node.rawValue) }

    /// Where whatever can never be handled is kept, with the reason.
    package static let dead = QueueName("ainer.dead")
    /// Where whatever was said under a name that is no topic ends: it is empty as long as we make no mistake.
    package static let unrouted = QueueName("ainer.unrouted")

    /// True for the control queue of one node, which goes when the node has been gone for long.
    package var isOfNode: Bool { text.hasPrefix(Self.nodePrefix) }
    private static let nodePrefix = "ainer.node."

    package var description: String { text }
}
