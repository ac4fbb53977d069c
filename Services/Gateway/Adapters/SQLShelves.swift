// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
import Delivery
package import GatewayCore
package import GatewayShell
package import Ports
import Wire

/// The library in a database.
package struct SQLShelves: Shelves {
    let desk: GatewayDesk
    let mint: Mint
    private let known = KnownProjects()

    package init(desk: GatewayDesk, mint: Mint) {
        self.desk = desk
        self.mint = mint
    }

    // MARK: what a submission asks

    package func hasProject(_ id: ProjectID, of tenant: TenantID) async throws -> Bool {
        if known.has(id, of: tenant) { return true }
        guard try await project(id, of: tenant) != nil else { return false }
        known.keep(id, of: tenant)
        return true
    }

    package func text(of chapter: ChapterID, in tenant: TenantID) async throws -> StoredText? {
        try await self.chapter(chapter, of: tenant).map { StoredText(project: $0.projectID, source: $0.text) }
    }

    package func text(of upload: UploadID, in tenant: TenantID) async throws -> StoredText? {
        guard let upload = try await self.upload(upload, of: tenant), upload.isStory else { return nil }
        return upload.source.map { StoredText(project: upload.projectID, source: $0) }
    }

    // MARK: what is there

    package func project(_ id: ProjectID, of tenant: TenantID) async throws -> Project? {
        try await one(ShelfQueries.project(id, tenant))
    }

    package func projects(
        of tenant: TenantID, among: [ProjectID]?, after: ProjectID?, limit: Int
    ) async throws -> [Project] {
        try await many(ShelfQueries.projects(tenant, try among.map { try JSON.text($0) }, after, limit))
    }

    package func novel(_ id: NovelID, of tenant: TenantID) async throws -> Novel? {
        try await one(ShelfQueries.novel(id, tenant))
    }

    package func novels(
        in project: ProjectID, of tenant: TenantID, after: NovelID?, limit: Int
    ) async throws -> [Novel] {
        try await many(ShelfQueries.novels(project, tenant, after, limit))
    }

    package func chapter(_ id: ChapterID, of tenant: TenantID) async throws -> Chapter? {
        try await one(TextQueries.chapter(id, tenant))
    }

    package func chapters(
        of novel: NovelID, of tenant: TenantID, after: ChapterID?, limit: Int
    ) async throws -> [Chapter] {
        try await many(TextQueries.chapters(novel, tenant, after, limit))
    }

    package func upload(_ id: UploadID, of tenant: TenantID) async throws -> Upload? {
        try await one(TextQueries.upload(id, tenant))
    }

    package func artifact(_ id: ArtifactID, of tenant: TenantID) async throws -> KeptArtifact? {
        let found = try await desk.transaction { tx in try await tx.row(TextQueries.artifact(id, tenant))
        }
        return try found.map { KeptArtifact(meta: try JSON.decode(from: $0.0), project: $0.1, chapter: $0.2) }
    }

    private func one<Thing: Decodable>(_ call: Call<String>) async throws -> Thing? {
        try await desk.transaction { tx in try await tx.row(call) }.map { try JSON.decode(from: $0) }
    }

    private func many<Thing: Decodable>(_ call: Call<String>) async throws -> [Thing] {
        try await desk.transaction { tx in try await tx.rows(call) }.map { try JSON.decode(from: $0) }
    }
}
