// DoorTests · tests · sees HTTP, HTTPServerDriver, Lanes, Telemetry
import Foundation
import HTTP
import HTTPServerDriver
import Lanes
import Synchronization
import Telemetry

/// A server with a responder of the test's own, for as long as the test's body runs.
struct ServerSite: Responder {
    let decide: @Sendable (RequestHead) -> Admission

    func admit(_ head: RequestHead) -> Admission { decide(head) }

    static func open<Value>(
        _ decide: @escaping @Sendable (RequestHead) -> Admission, _ options: HTTPServerOptions = HTTPServerOptions(),
        log: Log = .silent,
        visit: (HTTPServer) async throws -> Value
    ) async throws -> Value {
        let server = try HTTPServer.open(options, responder: ServerSite(decide: decide), log: log)
        do {
            let value = try await visit(server)
            await server.close()
            return value
        } catch {
            await server.close()
            throw error
        }
    }

    static func text(_ words: String, _ status: HTTPStatus = 200) -> HTTPResponse {
        HTTPResponse(status, body: .bytes(Array(words.utf8)))
    }

    /// GET says its target at once; everything else gets its body back from a task.
    @Sendable static func echo(_ head: RequestHead) -> Admission {
        if head.method == .get || head.method == .head { return .answer(text(head.target)) }
        return .handle(
            Handling { request in
                do { return HTTPResponse(200, body: .bytes(try await request.body.collect(upTo: 1 << 20))) } catch {
                    return HTTPResponse(400)
                }
            })
    }
}

/// Opens once; everybody who waits goes on.
final class Latch: Sendable {
    private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

    func open() {
        let waiting = state.withLock { state in
            defer { state = (true, []) }
            return state.waiting
        }
        for one in waiting { one.resume() }
    }

    func wait() async {
        await withCheckedContinuation { reply in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(reply) }
                return state.isOpen
            }
            if isOpen { reply.resume() }
        }
    }

    /// Waits until it opens or the task is cancelled; true when it was cancelled.
    func waitOrCancel() async -> Bool {
        await withTaskCancellationHandler {
            await wait()
        } onCancel: {
            open()
        }
        return Task.isCancelled
    }
}
