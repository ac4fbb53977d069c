// Policies · pure · sees Contracts

/// A bucket that fills evenly and holds `burst` tokens, kept as one number: the moment when it will be full again.
///
/// All in whole microseconds, so a script in another language comes to the same answer.
package struct TokenBucket: Hashable, Sendable {
    /// How long one token takes to come.
    package let interval: Int64
    package let burst: Int64

    /// Above this a number with a fraction, which is all that Lua has, is no longer exact.
    package static let most: Int64 = 1 << 52

    /// `nil` when the rule cannot be kept: nothing ever comes, or it comes faster than time is counted.
    package init?(tokens: Int, every period: Int64, burst: Int) {
        guard tokens > 0, period > 0, burst > 0 else { return nil }
        // Rounded up: the rate is never above what was promised to the other side.
        let interval = period / Int64(tokens) + (period % Int64(tokens) == 0 ? 0 : 1)
        let (size, isTooLarge) = interval.multipliedReportingOverflow(by: Int64(burst))
        guard !isTooLarge, size < Self.most / 4 else { return nil }
        self.interval = interval
        self.burst = Int64(burst)
    }

    package enum Verdict: Hashable, Sendable {
        /// The bucket is full at `full`; `left` tokens could be taken now.
        case allowed(full: Int64, left: Int64)
        /// Nothing was taken; try again after so many microseconds.
        case wait(Int64)
    }

    /// Takes `tokens`, at most `burst`, at the moment `now` from a bucket that is full at `full`.
    package func spend(_ tokens: Int64, full: Int64?, at now: Int64) -> Verdict {
        let next = max(full ?? now, now) + tokens * interval
        let room = now + burst * interval - next
        return room < 0 ? .wait(-room) : .allowed(full: next, left: room / interval)
    }
}
