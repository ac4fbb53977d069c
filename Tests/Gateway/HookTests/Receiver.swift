// GatewayTests · tests · sees Contracts, HTTP, HTTPServerDriver, Telemetry
import Contracts
import HTTP
import HTTPServerDriver
import Synchronization
import Telemetry

/// Somebody else's server, which wants to hear of events.
final class Receiver: Responder {
    struct Heard: Sendable {
        let path: String
        let fields: HTTPFields
        let body: String
    }

    private let calls = Mutex<[Heard]>([])
    private let answer: @Sendable (Heard) async -> HTTPResponse

    private init(_ answer: @escaping @Sendable (Heard) async -> HTTPResponse) { self.answer = answer }

    static func open(
        _ answer: @escaping @Sendable (Heard) async -> HTTPResponse = { _ in HTTPResponse(204) },
        _ visit: (Receiver, String) async throws -> Void
    ) async throws {
        let receiver = Receiver(answer)
        let server = try HTTPServer.open(HTTPServerOptions(), responder: receiver, log: .silent)
        do { try await visit(receiver, "http://127.0.0.1:\(server.port)") } catch {
            await server.close()
            throw error
        }
        await server.close()
    }

    var heard: [Heard] { calls.withLock { $0 } }

    func admit(_ head: RequestHead) -> Admission {
        .handle(
            Handling { request in
                guard let body = try? await request.body.collect(upTo: 1 << 20)  // a caller that hangs up is not heard
                else { return HTTPResponse(400) }
                let heard = Heard(
                    path: String(head.target), fields: head.fields, body: String(decoding: body, as: UTF8.self))
                self.calls.withLock { $0.append(heard) }
                return await self.answer(heard)
            })
    }
}
