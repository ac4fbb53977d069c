// ProcessDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Ports
import Synchronization

/// What a child has said and nobody has heard yet: put in by the thread that talks with it, taken out by a task.
final class Hearsay: Sendable {
    /// With so much waiting the child is not listened to any more.
    private static let most = 1 << 18

    private struct State {
        var news: [ProgramNews] = []
        var size = 0
        var isOver = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let bell: Bell

    init(ringing bell: Bell) { self.bell = bell }

    var isFull: Bool { state.withLock { $0.size >= Self.most } }

    func put(_ news: ProgramNews) {
        wake { state in
            state.news.append(news)
            state.size += Self.size(of: news)
        }
    }

    /// Nothing more comes.
    func finish() { wake { $0.isOver = true } }

    /// The next, or `nil` when there will be none. One task takes.
    func next() async -> ProgramNews? {
        while true {
            let (news, isOver, isRoomAgain) = state.withLock { state in
                guard !state.news.isEmpty else { return (ProgramNews?.none, state.isOver, false) }
                let news = state.news.removeFirst()
                let wasFull = state.size >= Self.most
                state.size -= Self.size(of: news)
                return (news, false, wasFull && state.size < Self.most)
            }
            if isRoomAgain { bell.ring() }
            if news != nil || isOver { return news }
            await withCheckedContinuation { wake in
                let isOver = state.withLock { state in
                    if !state.news.isEmpty || state.isOver { return true }
                    state.waiter = wake
                    return false
                }
                if isOver { wake.resume() }
            }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// A short line costs more than its letters.
    private static func size(of news: ProgramNews) -> Int {
        switch news {
        case .output(let bytes): bytes.count
        case .line(let text): text.utf8.count + 64
        }
    }
}

/// Cuts standard error into lines.
struct LineCutter {
    /// A line that never ends is cut here.
    private static let longest = 1 << 14

    private var rest: [UInt8] = []

    /// Answers the lines that are whole now.
    mutating func cut(_ bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            let isEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            if !isEnd { rest.append(byte) }
            if isEnd || rest.count == Self.longest, let line = last() { lines.append(line) }
        }
        return lines
    }

    /// What stands behind the last end of a line.
    mutating func last() -> String? {
        guard !rest.isEmpty else { return nil }
        defer { rest.removeAll(keepingCapacity: true) }
        return String(decoding: rest, as: UTF8.self)
    }
}
