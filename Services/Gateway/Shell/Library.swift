// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts

/// The projects and stored texts of a tenant, as a submission needs them.
package protocol Library: Sendable {
    func hasProject(_ id: ProjectID, of tenant: TenantID) async throws -> Bool
    func text(of chapter: ChapterID, in tenant: TenantID) async throws -> StoredText?
    /// Nil also when the upload is not complete.
    func text(of upload: UploadID, in tenant: TenantID) async throws -> StoredText?
}

package struct StoredText: Sendable, Hashable {
    package let project: ProjectID
    package let source: ArtifactMeta

    package init(project: ProjectID, source: ArtifactMeta) {
        self.project = project
        self.source = source
    }
}
