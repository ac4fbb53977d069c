// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
package import HTTP
package import Policies

/// What is asked again, how often, and after how long. Never a call whose answer somebody has begun to read.
package struct RetryRule: Sendable, Equatable {
    /// How often a call is said at most, the first time included.
    package var tries: Int
    package var backoff: Backoff
    /// Answers that mean: not now.
    package var statuses: Set<HTTPStatus>
    /// A server that wants us to wait longer is not waited for: its answer is the answer.
    package var longestWait: Duration

    package init(
        tries: Int = 3, backoff: Backoff = Backoff(first: .milliseconds(200), longest: .seconds(5)),
        statuses: Set<HTTPStatus> = [408, 429, 502, 503, 504], longestWait: Duration = .seconds(30)
    ) {
        self.tries = tries
        self.backoff = backoff
        self.statuses = statuses
        self.longestWait = longestWait
    }

    package static let never = RetryRule(tries: 1)

    /// How long to wait before the next try; `nil` when there is none. `wish` is what the server asked for.
    func pause(after tries: Int, wish: Duration? = nil) -> Duration? {
        guard tries < self.tries else { return nil }
        let pause = max(backoff.delay(after: tries), wish ?? .zero)
        return (wish ?? .zero) > longestWait ? nil : pause
    }
}
