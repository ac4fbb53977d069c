// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
package import Ports

// Files of clients: a link to send them by, and what becomes of them.
extension Librarian {
    /// How long a link to send a file is good.
    private static let sending = Duration.seconds(3600)
    /// How long a link to read a file is good.
    private static let reading = Duration.seconds(900)

    package func upload(
        _ id: UploadID, for caller: Caller, to scope: String = "projects:read"
    ) async throws -> Upload {
        guard let upload = try await shelves.upload(id, of: caller.tenant) else {
            throw Self.absent("upload \(id)", "announce it: POST /api/v1/uploads")
        }
        try caller.must(scope, in: upload.projectID)
        return upload
    }

    package func announce(_ file: AnnouncedFile, as deed: Deed) async throws -> Once<Upload> {
        try await shelves.add(Upload(mint.name(), file, at: clock.now()), as: deed)
    }

    /// With which its bytes are sent; only while it waits for them.
    package func link(to upload: Upload) async throws -> TimedLink? {
        guard upload.status == .waiting, let key = ObjectKey(hex: upload.sha256) else { return nil }
        let file = StagedFile(key: key, sizeBytes: upload.sizeBytes)
        return try await link(.put(upload.stagingName, announced: file), for: Self.sending)
    }

    package func link(to artifact: ObjectKey) async throws -> TimedLink {
        try await link(.get(artifact), for: Self.reading)
    }

    private func link(_ act: ObjectAct, for time: Duration) async throws -> TimedLink {
        let end = clock.now() + time
        return TimedLink(link: try await objects.link(act, until: end), until: end)
    }

    /// Holds what has come against what was announced, and keeps it. Safe to repeat.
    package func complete(_ upload: Upload, as deed: Deed) async throws -> Once<Upload> {
        guard let key = ObjectKey(hex: upload.sha256) else {
            throw FailureReport(.programFault, "an upload without a checksum was kept", owner: .gateway)
        }
        if upload.status == .waiting {
            try await mustHaveCome(upload)
            try await promote(upload, key)
        }
        let now = clock.now()
        let isStory = try await isStory(upload, key)
        let source = source(of: upload, key, at: now)
        return try await shelves.change(upload.uploadID, as: deed, at: now) { upload in
            upload.complete(as: source, isStory: isStory, at: now)
        }
    }

    /// A file that came with its form. Its bytes are in staging under the upload's name already.
    package func keep(_ file: AnnouncedFile, _ id: UploadID, as deed: Deed) async throws -> Once<Upload> {
        let now = clock.now()
        var upload = Upload(id, file, at: now)
        try await promote(upload, file.key)
        upload.complete(
            as: source(of: upload, file.key, at: now), isStory: try await isStory(upload, file.key), at: now)
        return try await shelves.add(upload, as: deed)
    }

    /// Leaves the bytes in staging for a new upload.
    package func stage(_ pieces: Pieces) async throws -> (UploadID, StagedFile) {
        let id: UploadID = mint.name()
        return (id, try await objects.stage(pieces, as: "uploads/\(id)", announced: nil))
    }

    package func discard(_ id: UploadID) async throws { try await objects.discard(prefix: "uploads/\(id)") }

    /// Somebody else's object of the same bytes does not count: whoever knows a checksum does not own what it is of.
    private func mustHaveCome(_ upload: Upload) async throws {
        let found = try await objects.list(.staging, ListAsk(prefix: upload.stagingName, most: 1))
        guard found.entries.isEmpty else { return }
        throw FailureReport(
            .dependencyMissing, "the bytes of \(upload.uploadID) have not come yet", owner: .gateway,
            nextStep: "send them to its link first")
    }

    private func promote(_ upload: Upload, _ key: ObjectKey) async throws {
        do throws(StoreFailure) { try await objects.promote(upload.stagingName, as: key) } catch {
            switch error.code {
            case .missing:
                throw FailureReport(
                    .dependencyMissing, "the bytes of \(upload.uploadID) have not come yet", owner: .gateway,
                    nextStep: "send them to its link first")
            case .corrupt:
                throw FailureReport(
                    .requestValidation, "what has come is not what was announced", owner: .gateway,
                    nextStep: "send the file again")
            default: throw error
            }
        }
        guard try await objects.size(of: key) == upload.sizeBytes else {
            throw FailureReport(
                .requestValidation, "the file is not as long as was announced", owner: .gateway,
                nextStep: "announce it with its own length")
        }
    }

    private func isStory(_ upload: Upload, _ key: ObjectKey) async throws -> Bool {
        guard upload.mayBeStory else { return false }
        let bytes = try await objects.read(key)
        return !bytes.contains(0) && String(validating: bytes, as: UTF8.self)?.contains { !$0.isWhitespace } == true
    }

    private func source(of upload: Upload, _ key: ObjectKey, at now: Timestamp) -> ArtifactMeta {
        ArtifactMeta(
            artifactID: mint.name(), type: .sourceText, key: key, sizeBytes: upload.sizeBytes, createdAt: now,
            mimeType: upload.contentType)
    }
}

/// A link and when its time is over.
package struct TimedLink: Sendable, Hashable {
    package let link: ObjectLink
    package let until: Timestamp
}

// MARK: what runs have made

extension Librarian {
    package func artifact(_ id: ArtifactID, for caller: Caller) async throws -> KeptArtifact {
        guard let artifact = try await shelves.artifact(id, of: caller.tenant) else {
            throw Self.absent("artifact \(id)", "list those of a run: GET /api/v1/runs/{run_id}/artifacts")
        }
        try caller.must("artifacts:read", in: artifact.project)
        return artifact
    }
}
