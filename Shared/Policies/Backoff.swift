// Policies · pure · sees Contracts

/// How long to wait before the next try of something that failed.
package struct Backoff: Hashable, Sendable {
    package let first: Duration
    package let longest: Duration

    package init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// The spec's delay between attempts of a job: 5 s doubled, at most 300 s.
    package static let job = Backoff(first: .seconds(5), longest: .seconds(300))

    /// After `failures` failures in a row, counted from 1.
    package func delay(after failures: Int) -> Duration {
        guard failures < 32 else { return longest }
        return min(first * (1 << max(0, failures - 1)), longest)
    }
}
