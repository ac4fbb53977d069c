// Telemetry · logs · sees nothing
import Synchronization

/// Notes spans and hands them on in batches. Without anybody to take them they cost a look at a flag.
package final class Tracer: Sendable {
    /// Where the caller is: set inside of `span`, inherited by its child tasks.
    @TaskLocal package static var here: TraceContext?

    private struct State {
        var done: [Span] = []
        var lost = 0
    }

    private let state = Mutex(State())
    private let mostWaiting: Int
    private let now: @Sendable () -> Int64
    private let bits: @Sendable () -> UInt64
    package let isHeard: Bool

    /// `now` in microseconds since 1970. `isHeard` says whether somebody will take the spans.
    package init(
        isHeard: Bool, mostWaiting: Int = 8192, now: @escaping @Sendable () -> Int64,
        bits: @escaping @Sendable () -> UInt64
    ) {
        self.isHeard = isHeard
        self.mostWaiting = mostWaiting
        self.now = now
        self.bits = bits
    }

    package static let silent = Tracer(isHeard: false, now: { 0 }, bits: { 1 })

    /// Runs the work as a span of the given trace, of the caller's, or of a new one. A failure is noted and thrown on.
    package func span<Value>(
        _ name: String, kind: Span.Kind = .inside, in given: TraceContext? = nil,
        attributes: [String: Span.Attribute] = [:], _ work: (TraceContext) async throws -> Value
    ) async rethrows -> Value {
        let outer = given ?? Self.here
        let context = outer?.inner(from: bits) ?? begin()
        var span = Span(
            name, kind: kind, context: context, parent: outer?.span, began: now(), ended: 0, attributes: attributes)
        do {
            let value = try await Self.$here.withValue(context) { try await work(context) }
            span.outcome = .succeeded
            finish(&span)
            return value
        } catch {
            span.outcome = .failed(error is CancellationError ? "canceled" : "\(error)")
            finish(&span)
            throw error
        }
    }

    /// A new trace.
    package func begin() -> TraceContext { TraceContext(from: bits) }

    /// For whoever measured it himself: what happened in another process, or between two.
    package func note(_ span: Span) {
        guard isHeard, span.context.isSampled else { return }
        state.withLock { state in
            if state.done.count < mostWaiting { state.done.append(span) } else { state.lost += 1 }
        }
    }

    /// What is done since the last time, and how many were lost because nobody took them.
    package func take(upTo most: Int = 512) -> (spans: [Span], lost: Int) {
        state.withLock { state in
            let spans = Array(state.done.prefix(most))
            state.done.removeFirst(spans.count)
            defer { state.lost = 0 }
            return (spans, state.lost)
        }
    }

    private func finish(_ span: inout Span) {
        span.ended = max(span.began, now())
        note(span)
    }
}
