// Contracts · pure · sees nothing

/// How long a message waits before it is delivered again, try after try, when its handler cannot work now. Fixed rungs,
/// because a broker delays by queues and not by messages.
package struct Ladder: Hashable, Sendable {
    /// From short to long, at least one.
    package let rungs: [Duration]

    package init(first: Duration, _ others: Duration...) { rungs = ([first] + others).sorted() }

    package static let standard = Ladder(first: .seconds(1), .seconds(5), .seconds(30), .seconds(120))

    /// The wait after the given number of tries, counted from 1; `nil` when there have been enough.
    package func wait(after tries: Int) -> Duration? { rungs.indices.contains(tries - 1) ? rungs[tries - 1] : nil }

    /// The shortest rung that is no shorter than the wish; the longest for longer wishes.
    package func rung(for wish: Duration) -> Duration { rungs.first { $0 >= wish } ?? rungs[rungs.count - 1] }
}
