// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Ports
import Web

/// How the bytes of artifacts reach a client.
package enum Handout: Sendable {
    /// They are files here, and we send them.
    case files
    /// They are elsewhere, and a link says where.
    case links
}

/// What runs have made.
struct ArtifactRoutes: Sendable {
    let librarian: Librarian
    let handout: Handout

    private static let id = Parameter.path("artifact_id", ArtifactID.self, "the artifact")

    var all: [Route] {
        [
            Route.get("/api/v1/artifacts/{artifact_id}", "getArtifact", "Shows what is known of an artifact")
                .tagged("artifacts").needs("artifacts:read").takes(Self.id)
                .answers(.json(200, .artifact, "the artifact"), .notThere)
                .handles { input, context in try await artifact(input, context).meta },
            Route.get("/api/v1/artifacts/{artifact_id}/content", "getArtifactContent", "Hands out an artifact")
                .tagged("artifacts").needs("artifacts:read").takes(Self.id)
                .answers(
                    .body(200, .bytes, "its bytes; the ETag is their checksum", example: "bytes"),
                    .body(206, .bytes, "a part of them", example: "by"),
                    .empty(302, "they are there", fields: ["Location": "a link that is good for a while"]),
                    .empty(304, "you have them already"), .notThere
                )
                .replies(content),
            downloading(.get("/api/v1/artifacts/{artifact_id}/download-url", "getArtifactURL", "Answers a link to it")),
            downloading(
                .post(
                    "/api/v1/artifacts/{artifact_id}/download-url", "makeArtifactURL",
                    "The same as GET /api/v1/artifacts/{artifact_id}/download-url")),
        ]
    }

    private func downloading(_ route: Route) -> Route {
        route.tagged("artifacts").needs("artifacts:read").takes(Self.id)
            .answers(.json(200, FileLinkAnswer.shape, "good for a quarter of an hour, for anybody"), .notThere)
            .handles { input, context in
                let kept = try await artifact(input, context)
                return FileLinkAnswer(try await librarian.link(to: key(of: kept)))
            }
    }

    private func content(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let kept = try await artifact(input, context)
        let key = try key(of: kept)
        switch handout {
        case .links: return .found(try await librarian.link(to: key).link.url)
        case .files:
            guard let size = try await librarian.objects.size(of: key) else { throw Self.gone }
            var file = StoredFile(
                try await librarian.objects.fetch(key), length: size,
                type: kept.meta.mimeType.flatMap(MediaType.init(field:)) ?? .bytes,
                tag: EntityTag(kept.meta.checksum))
            file.name = kept.fileName
            return .file(file, for: input.head)
        }
    }

    private func artifact(_ input: Input, _ context: Context) async throws -> KeptArtifact {
        try await librarian.artifact(input[Self.id], for: context.caller())
    }

    private func key(of kept: KeptArtifact) throws -> ObjectKey {
        guard let key = kept.meta.key else { throw Self.gone }
        return key
    }

    private static let gone = Problem(.notFound, "its bytes are not kept any more")
}

extension KeptArtifact {
    /// Such as `lighthouse-final_video.mp4`: what the client calls its text, and what this is of it.
    var fileName: String {
        let plain = chapter.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "-" }
        let unit = meta.unit.map { "-" + $0.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) } }
        return String(plain.prefix(80)) + "-" + meta.artifactType.rawValue + (unit ?? "") + Self.ending(meta.mimeType)
    }

    private static func ending(_ type: String?) -> String {
        switch type.flatMap(MediaType.init(field:))?.essence {
        case "video/mp4": ".mp4"
        case "audio/wav", "audio/x-wav": ".wav"
        case "image/png": ".png"
        case "image/jpeg": ".jpg"
        case "application/json": ".json"
        case "text/markdown": ".md"
        case "text/plain": ".txt"
        case "text/vtt": ".vtt"
        case "application/x-subrip": ".srt"
        default: ""
        }
    }
}

/// A link as it is answered.
struct FileLinkAnswer: Codable, Sendable {
    let url: String
    let method: String
    let fields: [String: String]
    let expiresAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case url
        case method
        case fields
        case expiresAt = "expires_at"
    }

    init(_ link: TimedLink) {
        url = link.link.url
        method = link.link.method
        fields = link.link.fields
        expiresAt = link.until
    }

    static let shape = Shape(
        "Link",
        [
            .must("url", .text, "no name and no secret is needed beside it"),
            .must("method", .word(["GET", "PUT"])),
            .must("fields", .map(of: .text, atMost: 20), "to be sent as they are"),
            .must("expires_at", .time),
        ])
}
