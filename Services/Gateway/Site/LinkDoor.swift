// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
package import Contracts
package import HTTP
package import Ports
import Web
import Wire

/// Serves the links of a store in files: beside the site, because who holds one needs no name.
package struct LinkDoor: Responder {
    package static let path = "/objects/"
    private static let longest = 5 << 30
    /// 5 GB over a slow line.
    private static let patience = Duration.seconds(3600)

    private let objects: any ObjectStore
    private let clock: any WallClock
    private let verify: Verify

    /// What a request with this method and target may do; throws when it is no link of ours.
    package typealias Verify = @Sendable (_ method: String, _ target: String, Timestamp) throws -> ObjectAct

    package init(objects: any ObjectStore, clock: any WallClock, verify: @escaping Verify) {
        self.objects = objects
        self.clock = clock
        self.verify = verify
    }

    package func admit(_ head: RequestHead) -> Admission {
        do {
            switch try verify(head.method.rawValue, head.target, clock.now()) {
            case .get(let key):
                return .handle(Handling { _ in await Self.answer { try await read(key, head) } })
            case .put(let name, let announced):
                let limit = announced.map { Int(clamping: $0.sizeBytes) } ?? Self.longest
                return .handle(
                    Handling(bodyLimit: min(limit, Self.longest), bodyPatience: Self.patience) { request in
                        await Self.answer { try await write(request.body, name, announced) }
                    })
            }
        } catch {
            return .answer(Self.refusal(error))
        }
    }

    private func read(_ key: ObjectKey, _ head: RequestHead) async throws -> HTTPResponse {
        guard let size = try await objects.size(of: key) else { throw Self.missing }
        let file = StoredFile(
            try await objects.fetch(key), length: size, type: .bytes, tag: EntityTag("sha256:" + key.hex))
        return .file(file, for: head)
    }

    private func write(_ body: ByteStream, _ name: String, _ announced: StagedFile?) async throws -> HTTPResponse {
        _ = try await objects.stage(body, as: name, announced: announced)
        return HTTPResponse(201)
    }

    private static let missing = StoreFailure(.missing, during: "link", cause: "there is no such object")

    private static func answer(_ work: () async throws -> HTTPResponse) async -> HTTPResponse {
        do {
            var response = try await work()
            response.fields["X-Content-Type-Options"] = "nosniff"
            response.fields["Cache-Control"] = "private, no-cache"
            return response
        } catch { return refusal(error) }
    }

    private static func refusal(_ error: any Error) -> HTTPResponse {
        let (status, code, detail): (Int, ErrorCode, String) =
            switch (error as? StoreFailure)?.code {
            case .refused: (403, .forbidden, "this is no link of ours, or its time is over")
            case .missing: (404, .notFound, "there is no such object any more")
            case .corrupt: (422, .requestValidation, "these are not the bytes that were announced")
            case .full: (507, .dependencyDown, "there is no room for it")
            case .unreachable, nil: (503, .dependencyDown, "it could not be done now")
            }
        let words: [String: JSONValue] = [
            "type": .string("urn:ainer:problem:\(code.rawValue)"), "title": .string(code.entry.meaning),
            "status": .integer(Int64(status)), "detail": .string(detail), "error_code": .string(code.rawValue),
            "retryable": .bool(status >= 500), "owner_module": .string(Module.gateway.rawValue),
        ]
        return HTTPResponse(
            HTTPStatus(status), ["Content-Type": MediaType.problem.description, "Cache-Control": "no-store"],
            body: .bytes(JSON.text(of: .object(words))))
    }
}
