// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore

/// A change of something that is held meanwhile; it throws when it will not be made.
package typealias Edit<Thing> = @Sendable (inout Thing) throws -> Void

/// Where the gateway keeps projects, novels, chapters and uploads. What was removed, or belongs to what was removed, is
/// not there.
package protocol Shelves: Library {
    /// Throws `SlugTaken`. The project and `project.created` commit together.
    func add(_ project: Project, by subject: String, on trail: Trail, as deed: Deed) async throws -> Once<Project>
    func project(_ id: ProjectID, of tenant: TenantID) async throws -> Project?
    /// Of those among `among`, or of all, in the order of their names.
    func projects(
        of tenant: TenantID, among: [ProjectID]?, after: ProjectID?, limit: Int
    ) async throws -> [Project]
    func change(
        _ id: ProjectID, as deed: Deed, at now: Timestamp, _ edit: @escaping Edit<Project>
    ) async throws -> Once<Project>
    /// Refused while runs of it are open.
    func remove(_ id: ProjectID, as deed: Deed, at now: Timestamp) async throws -> Once<Project>

    func add(_ novel: Novel, as deed: Deed) async throws -> Once<Novel>
    func novel(_ id: NovelID, of tenant: TenantID) async throws -> Novel?
    func novels(in project: ProjectID, of tenant: TenantID, after: NovelID?, limit: Int) async throws -> [Novel]
    func change(
        _ id: NovelID, as deed: Deed, at now: Timestamp, _ edit: @escaping Edit<Novel>
    ) async throws -> Once<Novel>
    func remove(_ id: NovelID, as deed: Deed, at now: Timestamp) async throws -> Once<Novel>

    func add(_ chapter: Chapter, as deed: Deed) async throws -> Once<Chapter>
    func chapter(_ id: ChapterID, of tenant: TenantID) async throws -> Chapter?
    func chapters(of novel: NovelID, of tenant: TenantID, after: ChapterID?, limit: Int) async throws -> [Chapter]
    /// A new text is a new version; every version is kept.
    func change(
        _ id: ChapterID, as deed: Deed, at now: Timestamp, _ edit: @escaping Edit<Chapter>
    ) async throws -> Once<Chapter>
    func remove(_ id: ChapterID, as deed: Deed, at now: Timestamp) async throws -> Once<Chapter>

    func add(_ upload: Upload, as deed: Deed) async throws -> Once<Upload>
    func upload(_ id: UploadID, of tenant: TenantID) async throws -> Upload?
    func change(
        _ id: UploadID, as deed: Deed, at now: Timestamp, _ edit: @escaping Edit<Upload>
    ) async throws -> Once<Upload>

    func artifact(_ id: ArtifactID, of tenant: TenantID) async throws -> KeptArtifact?
}

/// Another project of the tenant has this name already.
package struct SlugTaken: Error {
    package init() {}
}

/// Something a run has made, and where it belongs.
package struct KeptArtifact: Sendable, Hashable {
    package let meta: ArtifactMeta
    package let project: ProjectID
    /// What the client calls the text it was made of.
    package let chapter: String

    package init(meta: ArtifactMeta, project: ProjectID, chapter: String) {
        self.meta = meta
        self.project = project
        self.chapter = chapter
    }
}
