// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
import Synchronization

/// What is noted at one attempt. Of a talkative one the beginning is kept, and the end.
final class JobJournal: Sendable {
    private static let mostLines = (first: 500, last: 1500)
    private static let longestLine = 400

    private struct State {
        var first: [String] = []
        var last: [String] = []
        var dropped = 0
    }

    private let state = Mutex(State())
    /// Rings when there is something new to tell.
    let news: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    init() { (news, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func write(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map { String($0.prefix(Self.longestLine / 4)) }
        state.withLock { state in
            for line in lines {
                if state.first.count < Self.mostLines.first {
                    state.first.append(line)
                } else {
                    state.last.append(line)
                    guard state.last.count > Self.mostLines.last else { continue }
                    state.last.removeFirst()
                    state.dropped += 1
                }
            }
        }
        bell.yield()
    }

    var newest: String? { state.withLock { $0.last.last ?? $0.first.last } }

    /// All of it; nil when nothing was noted.
    var text: String? {
        state.withLock { state in
            guard !state.first.isEmpty else { return nil }
            let gap = state.dropped > 0 ? ["… \(state.dropped) lines are not kept"] : []
            return (state.first + gap + state.last).joined(separator: "\n") + "\n"
        }
    }
}
