// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import CHTTPServer
package import HTTP
import Synchronization
package import Telemetry

/// Answers requests until somebody closes it. Bytes, deadlines and limits are dealt with underneath; a `Responder` sees
/// requests that are whole and legal, or none.
package final class HTTPServer: Sendable {
    package let port: UInt16
    private let loops: [ServerLoop]

    private init(port: UInt16, loops: [ServerLoop]) {
        self.port = port
        self.loops = loops
    }

    /// Listens and serves at once. It lives until `close`.
    package static func open(
        _ options: HTTPServerOptions, responder: any Responder, log: Log
    ) throws(HTTPServerFailure) -> HTTPServer {
        let load = Load(limit: options.requestLimit)
        var port = options.port
        var loops: [ServerLoop] = []
        do {
            for number in 0..<max(1, options.loops) {
                let loop = try ServerLoop(
                    Household(options: options, responder: responder, load: load, log: log), number: number, port: port)
                port = loop.handle.port
                loops.append(loop)
            }
            for loop in loops { try loop.start() }
        } catch {
            for loop in loops { loop.handle.stop() }
            throw error
        }
        return HTTPServer(port: port, loops: loops)
    }

    /// Takes no more connections, lets those that are answered come to their end, and returns when none is left or the
    /// time is over. `close` ends the rest.
    package func drain(within patience: Duration) async {
        for loop in loops { loop.handle.drain() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [loops] in
                for loop in loops { await loop.quiet.heard() }
            }
            group.addTask {
                try? await Task.sleep(for: patience)  // cut short when all is quiet: that is no failure
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// Cuts what is left: handlers are cancelled, streams and sockets fail. Returns when the threads are gone. Safe to
    /// repeat.
    package func close() async {
        for loop in loops { loop.handle.stop() }
        for loop in loops { await loop.over.heard() }
    }

    /// What C was built with.
    package static var parserVersion: String {
        unsafe String(cString: ainer_http_parser_version())
    }
}

/// What all loops of a server share.
struct Household: Sendable {
    let options: HTTPServerOptions
    let responder: any Responder
    let load: Load
    let log: Log
}

/// How many requests are in the hands of handlers.
final class Load: Sendable {
    private let count = Atomic<Int>(0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func enter() -> Bool {
        guard count.add(1, ordering: .relaxed).newValue <= limit else {
            leave()
            return false
        }
        return true
    }

    func leave() { count.subtract(1, ordering: .relaxed) }
}

/// Rings once, for everybody who waits and whoever asks later.
final class Bell: Sendable {
    private struct State {
        var isRung = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func ring() {
        let waiting = state.withLock { state in
            state.isRung = true
            return take(&state)
        }
        for one in waiting { one.resume() }
    }

    /// Returns when it has rung, or the task is cancelled.
    func heard() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { reply in
                let isOver = state.withLock { state in
                    guard !state.isRung, !Task.isCancelled else { return true }
                    state.waiting.append(reply)
                    return false
                }
                if isOver { reply.resume() }
            }
        } onCancel: {
            // Whoever else waits listens again: only one ever does.
            for one in state.withLock({ take(&$0) }) { one.resume() }
        }
    }

    private func take(_ state: inout sending State) -> [CheckedContinuation<Void, Never>] {
        let waiting = state.waiting
        state.waiting = []
        return waiting
    }
}
