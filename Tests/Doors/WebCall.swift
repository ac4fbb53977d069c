// DoorTests · tests · sees Contracts, HTTP, Web, Wire
import Contracts
import Foundation
import HTTP
import Synchronization
import Web
import Wire

/// Asks a site without a server in between, as the demo's one user.
struct WebCall {
    let site: Site
    var fields: HTTPFields = ["Host": "localhost", "Authorization": "Bearer \(WebDemo.token)"]

    init(_ site: Site) { self.site = site }

    struct Answered {
        let response: HTTPResponse
        let bytes: [UInt8]
        var status: Int { response.status.code }
        var text: String { String(decoding: bytes, as: UTF8.self) }
        var json: JSONValue { get throws { try JSON.value(of: bytes) } }

        subscript(field: String) -> String? { response.fields[field] }
    }

    func get(_ target: String, _ more: HTTPFields = [:]) async throws -> Answered { try await send(.get, target, more) }

    func post(_ target: String, _ body: String, _ more: HTTPFields = [:]) async throws -> Answered {
        try await send(.post, target, more, Array(body.utf8))
    }

    /// A body goes out as JSON unless something else is said.
    func send(
        _ method: HTTPMethod, _ target: String, _ more: HTTPFields = [:], _ body: [UInt8] = []
    ) async throws -> Answered {
        var fields = fields
        if !body.isEmpty { fields["Content-Type"] = "application/json" }
        for field in more.all { fields[field.name] = field.value }
        let head = RequestHead(method, target, fields, peer: "127.0.0.1")
        switch site.admit(head) {
        case .answer(let response): return Answered(response: response, bytes: try await bytes(of: response))
        case .handle(let handling):
            let response = await handling.reply(HTTPRequest(head, body: Self.stream(body)))
            return Answered(response: response, bytes: try await bytes(of: response))
        }
    }

    private static func stream(_ body: [UInt8]) -> ByteStream {
        let rest = Mutex(body[...])
        return ByteStream {
            return rest.withLock { rest in
                let piece = Array(rest.prefix(1000))
                rest = rest.dropFirst(1000)
                return piece.isEmpty ? nil : piece
            }
        }
    }

    private func bytes(of response: HTTPResponse) async throws -> [UInt8] {
        switch response.body {
        case .bytes(let bytes): return bytes
        case .file(let path, let offset, let count):
            return Array(
                (FileManager.default.contents(atPath: path) ?? Data()).dropFirst(Int(offset)).prefix(Int(count)))
        case .stream(_, let write):
            let writer = GatheredBody()
            try await write(writer)
            return writer.bytes
        case .socket: return []
        }
    }
}

/// A streamed answer, all of it.
final class GatheredBody: BodyWriter {
    private let gathered = Mutex<[UInt8]>([])

    var bytes: [UInt8] { gathered.withLock { $0 } }

    func write(_ bytes: [UInt8]) async throws { gathered.withLock { $0 += bytes } }
    /// Nobody reads on behind what was gathered.
    func untilOver() async {}
}
