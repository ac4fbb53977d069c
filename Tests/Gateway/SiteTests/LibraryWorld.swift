// GatewayTests · tests · sees Contracts, FileDriver, GatewayHouse, HTTP, HTTPClientDriver, Kit, Ports, Wire
import Contracts
import FileDriver
import GatewayHouse
import HTTP
import HTTPClientDriver
import Kit
import Ports
import Testing
import Wire

/// What the tests of the library do again and again.
extension GatewayWorld {
    /// Links begin with this; the test puts the port in its place.
    static let linkBase = "http://gateway"

    static func links() throws -> FileLinks {
        try #require(FileLinks(secret: [UInt8](repeating: 7, count: 32), base: linkBase))
    }

    func write(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil, key: String, with fields: HTTPFields = [:]
    ) async throws -> Said {
        var fields = fields
        fields["Idempotency-Key"] = key
        return try await ask(method, path, body, with: fields)
    }

    func begin(_ path: String, _ members: [String: JSONValue], _ name: String, key: String) async throws -> String {
        let said = try await write(.post, path, .object(members), key: key)
        guard said.status == 201, let id = said.body[name]?.text else { throw Refused(said: said) }
        #expect(said.fields["Location"]?.hasSuffix(id) == true)
        return id
    }

    /// A chapter of a new novel.
    func chapter(_ text: String, key: String = "c1") async throws -> String {
        let novel = try await begin(
            "/api/v1/projects/local/novels", ["title": .string("The Lighthouse")], "novel_id", key: key + "-novel")
        return try await begin(
            "/api/v1/novels/\(novel)/chapters", ["chapter_no": .integer(1), "markdown_text": .string(text)],
            "chapter_id", key: key)
    }

    /// Bytes to wherever a link says.
    func send(
        _ method: HTTPMethod, _ url: String, _ bytes: [UInt8] = [], _ fields: HTTPFields = [:]
    ) async throws -> (status: Int, fields: HTTPFields, bytes: [UInt8]) {
        let there = url.hasPrefix("http") ? place + url.dropFirst(Self.linkBase.count) : place + url
        let call = HTTPCall(method, there, fields, body: bytes.isEmpty ? .none : .bytes(bytes))
        let (answer, body) = try await client.fetch(call)
        return (answer.status.code, answer.fields, body)
    }

    func announce(_ bytes: [UInt8], _ name: String = "story.md", type: String = "text/markdown", key: String = "u1")
        async throws -> Said
    {
        try await write(
            .post, "/api/v1/uploads",
            .object([
                "project_id": .string("local"), "name": .string(name), "content_type": .string(type),
                "size_bytes": .integer(Int64(bytes.count)), "sha256": .string(SHA256.hex(of: bytes)),
            ]), key: key)
    }
}
