// JourneyTests · tests · sees AinerCLI, AinerCLICore, AinerVoice, Contracts, Wire, Ports, SQLiteDriver, HTTP, HTTPServerDriver, Telemetry
import Contracts
import Foundation
import HTTP
import HTTPServerDriver
import Synchronization
import Telemetry
import Wire

/// A server that answers by a script and remembers what it was asked.
final class ScriptedAPI: Responder {
    struct Asked: Sendable, Equatable {
        let what: String
        let body: JSONValue?
        let token: String?
        let range: String?
        let hasKey: Bool
    }

    private let heard = Mutex<[Asked]>([])
    private let script: @Sendable (Asked) -> HTTPResponse

    init(_ script: @escaping @Sendable (Asked) -> HTTPResponse) { self.script = script }

    var asked: [Asked] { heard.withLock { $0 } }

    func admit(_ head: RequestHead) -> Admission {
        .handle(
            Handling { [self] request in
                let bytes = (try? await request.body.collect(upTo: 1 << 20)) ?? []  // a cut body is none
                let asked = Asked(
                    what: "\(head.method.rawValue) \(head.target)",
                    body: try? JSON.value(of: bytes),  // none is fine
                    token: head.fields["Authorization"], range: head.fields["Range"],
                    hasKey: head.fields["Idempotency-Key"] != nil)
                heard.withLock { $0.append(asked) }
                return script(asked)
            })
    }

    static func json(_ text: String, _ status: HTTPStatus = 200) -> HTTPResponse {
        HTTPResponse(status, ["Content-Type": "application/json"], body: .bytes(Array(text.utf8)))
    }

    static func problem(_ status: Int, _ code: ErrorCode) -> HTTPResponse {
        json("{\"status\":\(status),\"detail\":\"no\",\"error_code\":\"\(code.rawValue)\"}", HTTPStatus(status))
    }

    /// Serves as long as the body runs.
    static func open(
        _ script: @escaping @Sendable (Asked) -> HTTPResponse,
        _ visit: (ScriptedAPI, String) async throws -> Void
    ) async throws {
        let api = ScriptedAPI(script)
        let server = try HTTPServer.open(HTTPServerOptions(), responder: api, log: .silent)
        do { try await visit(api, "http://127.0.0.1:\(server.port)") } catch {
            await server.close()
            throw error
        }
        await server.close()
    }
}
