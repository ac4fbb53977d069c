// WorkerHubCore · pure · sees Contracts, Policies
package import Contracts

/// Results, and how many of them were failures that may be the fault of whoever worked.
package struct Tally: Equatable, Sendable {
    package var results: Int
    package var failures: Int

    package init(results: Int = 0, failures: Int = 0) {
        self.results = results
        self.failures = failures
    }

    package static func + (one: Tally, other: Tally) -> Tally {
        Tally(results: one.results + other.results, failures: one.failures + other.failures)
    }

    var share: Double { results == 0 ? 0 : Double(failures) / Double(results) }
}

/// Decides whether a node's error rate stands out. Where everybody fails, the work is to blame; where nobody else works
/// there is nobody to compare with, and nobody to take the work over.
package enum NodeHealth {
    package static let window = Duration.seconds(600)
    private static let fewestResults = 5
    private static let leastShare = 0.5
    private static let timesOthers = 3.0

    /// Why the node should rest; nil when it is like the others.
    package static func fault(of node: NodeID, among tallies: [NodeID: Tally], in pool: Pool) -> String? {
        let own = tallies[node] ?? Tally()
        let others = tallies.filter { $0.key != node }.values.reduce(Tally(), +)
        guard own.results >= fewestResults, others.results >= fewestResults, own.share >= leastShare,
            own.share >= timesOthers * others.share
        else { return nil }
        return "\(own.failures) of its \(own.results) results in pool \(pool.rawValue) were failures, "
            + "and \(others.failures) of \(others.results) on other nodes, in \(window.components.seconds / 60) minutes"
    }

    /// True when the failure says something about where it happened: what would fail anywhere does not.
    package static func counts(_ failure: FailureReport) -> Bool { failure.retryable }
}
