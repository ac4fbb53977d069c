// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
import Delivery
package import GatewayCore
package import GatewayShell
import Ports
import Wire

// Every write is a deed; what it changes is held until it is done.
extension SQLShelves {
    // MARK: projects

    package func add(
        _ project: Project, by subject: String, on trail: Trail, as deed: Deed
    ) async throws -> Once<Project> {
        var said: [String: JSONValue] = ["project_id": .string(project.projectID.rawValue)]
        (said["name"], said["created_by"]) = (.string(project.name), .string(subject))
        let letter = try OutgoingLetter(
            EventEnvelope(
                eventID: mint.name(), type: .ainer(.projectCreated), at: project.createdAt, from: .gateway,
                trail: trail, payload: JSON.payload(.object(said)), under: deed.key))
        let view = try JSON.text(project)
        return try await desk.once(deed, at: project.createdAt) { tx in
            guard try await tx.row(ShelfQueries.slugTaken(deed.tenant, project.slug)) == nil else { throw SlugTaken() }
            try await tx.run(ShelfQueries.openProject(project.projectID, deed.tenant, project.slug, view))
            return (project, [letter])
        }
    }

    package func change(
        _ id: ProjectID, as deed: Deed, at now: Timestamp, _ edit: @escaping Edit<Project>
    ) async throws -> Once<Project> {
        try await desk.once(deed, at: now) { tx in
            var project: Project = try await Self.held(ShelfQueries.holdProject(id, deed.tenant), in: tx)
            try edit(&project)
            project.updatedAt = now
            try await tx.run(ShelfQueries.keepProject(id, try JSON.text(project), nil))
            return (project, [])
        }
    }

    package func remove(_ id: ProjectID, as deed: Deed, at now: Timestamp) async throws -> Once<Project> {
        try await desk.once(deed, at: now) { tx in
            let project: Project = try await Self.held(ShelfQueries.holdProject(id, deed.tenant), in: tx)
            if let run = try await tx.row(ShelfQueries.openRuns(deed.tenant, id)) {
                var failure = FailureReport(
                    .illegalTransition, "the project has runs that are not over", owner: .gateway,
                    nextStep: "cancel them, or wait: GET /api/v1/runs?project_id=\(id)")
                failure.details = ["run_id": .string(run.rawValue)]
                throw failure
            }
            try await tx.run(ShelfQueries.keepProject(id, try JSON.text(project), now))
            return (project, [])
        }
    }

    // MARK: novels

    package func add(_ novel: Novel, as deed: Deed) async throws -> Once<Novel> {
        let view = try JSON.text(novel)
        return try await desk.once(deed, at: novel.createdAt) { tx in
            try await tx.run(ShelfQueries.openNovel(novel.novelID, deed.tenant, novel.projectID, view))
            return (novel, [])
        }
    }

    package func change(
        _ id: NovelID, as deed: Deed, at now: Timestamp, _ edit: @escaping Edit<Novel>
    ) async throws -> Once<Novel> {
        try await desk.once(deed, at: now) { tx in
            var novel: Novel = try await Self.held(ShelfQueries.holdNovel(id, deed.tenant), in: tx)
            try edit(&novel)
            novel.updatedAt = now
            try await tx.run(ShelfQueries.keepNovel(id, try JSON.text(novel), nil))
            return (novel, [])
        }
    }

    package func remove(_ id: NovelID, as deed: Deed, at now: Timestamp) async throws -> Once<Novel> {
        try await desk.once(deed, at: now) { tx in
            let novel: Novel = try await Self.held(ShelfQueries.holdNovel(id, deed.tenant), in: tx)
            try await tx.run(ShelfQueries.keepNovel(id, try JSON.text(novel), now))
            return (novel, [])
        }
    }

    // MARK: chapters

    package func add(_ chapter: Chapter, as deed: Deed) async throws -> Once<Chapter> {
        let (view, meta) = (try JSON.text(chapter), try JSON.text(chapter.text))
        return try await desk.once(deed, at: chapter.createdAt) { tx in
            try await tx.send([
                Order(
                    TextQueries.openChapter(
                        chapter.chapterID, deed.tenant, chapter.projectID, chapter.novelID, view)),
                Order(
                    TextQueries.keepText(
                        chapter.chapterID, chapter.version, chapter.checksum, meta, chapter.createdAt)),
            ])
            return (chapter, [])
        }
    }

    package func change(
        _ id: ChapterID, as deed: Deed, at now: Timestamp, _ edit: @escaping Edit<Chapter>
    ) async throws -> Once<Chapter> {
        try await desk.once(deed, at: now) { tx in
            var chapter: Chapter = try await Self.held(TextQueries.holdChapter(id, deed.tenant), in: tx)
            try edit(&chapter)
            chapter.updatedAt = now
            let meta = try JSON.text(chapter.text)
            try await tx.send([
                Order(TextQueries.keepChapter(id, try JSON.text(chapter), nil)),
                Order(TextQueries.keepText(id, chapter.version, chapter.checksum, meta, now)),
            ])
            return (chapter, [])
        }
    }

    package func remove(_ id: ChapterID, as deed: Deed, at now: Timestamp) async throws -> Once<Chapter> {
        try await desk.once(deed, at: now) { tx in
            let chapter: Chapter = try await Self.held(TextQueries.holdChapter(id, deed.tenant), in: tx)
            try await tx.run(TextQueries.keepChapter(id, try JSON.text(chapter), now))
            return (chapter, [])
        }
    }

    // MARK: uploads

    package func add(_ upload: Upload, as deed: Deed) async throws -> Once<Upload> {
        let view = try JSON.text(upload)
        return try await desk.once(deed, at: upload.createdAt) { tx in
            try await tx.run(TextQueries.openUpload(upload.uploadID, deed.tenant, upload.projectID, view))
            return (upload, [])
        }
    }

    package func change(
        _ id: UploadID, as deed: Deed, at now: Timestamp, _ edit: @escaping Edit<Upload>
    ) async throws -> Once<Upload> {
        try await desk.once(deed, at: now) { tx in
            var upload: Upload = try await Self.held(TextQueries.holdUpload(id, deed.tenant), in: tx)
            try edit(&upload)
            try await tx.run(TextQueries.keepUpload(id, try JSON.text(upload)))
            return (upload, [])
        }
    }

    /// It was there a moment ago, when the caller's rights were looked at.
    private static func held<Thing: Decodable>(_ call: Call<String>, in tx: any Transaction) async throws -> Thing {
        guard let view = try await tx.row(call) else {
            throw FailureReport(.notFound, "it was removed meanwhile", owner: .gateway)
        }
        return try JSON.decode(from: view)
    }
}
