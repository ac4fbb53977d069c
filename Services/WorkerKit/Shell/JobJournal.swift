// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
import Synchronization

/// What is noted at one attempt. Of a talkative one the beginning is kept, and the end.
package final class JobJournal: Sendable {
    private static let mostLines = (first: 500, last: 1500)
    /// As JSON writes it: a heartbeat carries it.
    private static let mostBytes = 400

    private struct State {
        var first: [String] = []
        var last: [String] = []
        var dropped = 0
    }

    private let state = Mutex(State())
    /// Rings when there is something new to tell.
    let news: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    package init() { (news, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    package func write(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map(Self.fitting)
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

    /// Without what would move a terminal's cursor, and no longer than a heartbeat may carry.
    private static func fitting(_ line: Substring) -> String {
        var fitting = String.UnicodeScalarView()
        var bytes = 0
        for scalar in line.unicodeScalars where scalar.properties.generalCategory != .control {
            bytes += scalar.utf8.count + (scalar == "\"" || scalar == "\\" ? 1 : 0)
            if bytes > mostBytes { break }
            fitting.append(scalar)
        }
        return String(fitting)
    }

    package var newest: String? { state.withLock { $0.last.last ?? $0.first.last } }

    /// All of it; nil when nothing was noted.
    package var text: String? {
        state.withLock { state in
            guard !state.first.isEmpty else { return nil }
            let gap = state.dropped > 0 ? ["… \(state.dropped) lines are not kept"] : []
            return (state.first + gap + state.last).joined(separator: "\n") + "\n"
        }
    }
}
