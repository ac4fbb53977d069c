// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
package import Ports

/// Keeps the library: who may see and change what, and the bytes behind it.
package struct Librarian: Sendable {
    package let shelves: any Shelves
    package let objects: any ObjectStore
    let clock: any WallClock
    let mint: Mint

    package init(shelves: any Shelves, objects: any ObjectStore, clock: any WallClock, mint: Mint) {
        self.shelves = shelves
        self.objects = objects
        self.clock = clock
        self.mint = mint
    }

    // MARK: projects

    /// A project of somebody else's is not there; one that the caller may not see is refused.
    package func project(
        _ id: ProjectID, for caller: Caller, to scope: String = "projects:read"
    ) async throws -> Project {
        guard let project = try await shelves.project(id, of: caller.tenant) else {
            throw Self.absent("project \(id)", "list them: GET /api/v1/projects")
        }
        try caller.must(scope, in: id)
        return project
    }

    package func projects(for caller: Caller, after: ProjectID?, limit: Int) async throws -> [Project] {
        let seen = caller.projects?.filter { $0.value.contains("projects:read") }.keys.sorted {
            $0.rawValue < $1.rawValue
        }
        return try await shelves.projects(of: caller.tenant, among: seen, after: after, limit: limit)
    }

    package func addProject(
        _ wish: ProjectWish, by caller: Caller, as deed: Deed, in trace: TraceID
    ) async throws -> Once<Project> {
        let id = ProjectID(trusted: "prj_" + mint.name(NovelID.self).rawValue.dropFirst(NovelID.prefix.count))
        let project = Project(
            id, slug: wish.slug, name: wish.name, description: wish.description, at: clock.now())
        let trail = Trail(
            tenantID: caller.tenant, projectID: id, runID: nil, traceID: trace,
            correlationID: CorrelationID(trusted: id.rawValue), idempotencyKey: deed.key)
        return try await shelves.add(project, by: caller.subject, on: trail, as: deed)
    }

    package func change(
        _ id: ProjectID, as deed: Deed, _ edit: @escaping Edit<Project>
    ) async throws -> Once<Project> {
        try await shelves.change(id, as: deed, at: clock.now(), edit)
    }

    package func remove(_ id: ProjectID, as deed: Deed) async throws -> Once<Project> {
        try await shelves.remove(id, as: deed, at: clock.now())
    }

    // MARK: novels

    package func novel(_ id: NovelID, for caller: Caller, to scope: String = "projects:read") async throws -> Novel {
        guard let novel = try await shelves.novel(id, of: caller.tenant) else {
            throw Self.absent("novel \(id)", "list them: GET /api/v1/projects/{project_id}/novels")
        }
        try caller.must(scope, in: novel.projectID)
        return novel
    }

    package func addNovel(
        to project: ProjectID, _ title: String, _ summary: String?, language: String, as deed: Deed
    ) async throws -> Once<Novel> {
        var novel = Novel(mint.name(), in: project, title: title, language: language, at: clock.now())
        novel.summary = summary
        return try await shelves.add(novel, as: deed)
    }

    package func change(
        _ id: NovelID, as deed: Deed, _ edit: @escaping Edit<Novel>
    ) async throws -> Once<Novel> {
        try await shelves.change(id, as: deed, at: clock.now(), edit)
    }

    package func remove(_ id: NovelID, as deed: Deed) async throws -> Once<Novel> {
        try await shelves.remove(id, as: deed, at: clock.now())
    }

    static func absent(_ thing: String, _ nextStep: String) -> FailureReport {
        FailureReport(.notFound, "there is no \(thing)", owner: .gateway, nextStep: nextStep)
    }
}

/// What a client says of a new project.
package struct ProjectWish: Codable, Sendable {
    package let slug: String
    package let name: String
    package let description: String?
}

/// What a client may say of a chapter; what it does not say stays.
package struct ChapterWish: Sendable {
    package var number: Int?
    package var title: String?
    package var language: String?
    package var text: String?

    package init() {}

    func apply(to chapter: inout Chapter, _ text: ArtifactMeta?) {
        chapter.number = number ?? chapter.number
        chapter.title = title ?? chapter.title
        chapter.language = language ?? chapter.language
        if let text { chapter.take(text) }
    }
}

// MARK: chapters

extension Librarian {
    package func chapter(
        _ id: ChapterID, for caller: Caller, to scope: String = "projects:read"
    ) async throws -> Chapter {
        guard let chapter = try await shelves.chapter(id, of: caller.tenant) else {
            throw Self.absent("chapter \(id)", "list them: GET /api/v1/novels/{novel_id}/chapters")
        }
        try caller.must(scope, in: chapter.projectID)
        return chapter
    }

    package func addChapter(
        to novel: Novel, _ wish: ChapterWish, _ text: String, as deed: Deed
    ) async throws -> Once<Chapter> {
        let now = clock.now()
        let stored = try await stored(text, at: now)
        var chapter = Chapter(mint.name(), of: novel, number: wish.number ?? 1, text: stored, at: now)
        wish.apply(to: &chapter, nil)
        return try await shelves.add(chapter, as: deed)
    }

    /// `mayChange` throws when the chapter is not what the client thinks it is.
    package func change(
        _ id: ChapterID, _ wish: ChapterWish, as deed: Deed, if mayChange: @escaping @Sendable (Chapter) throws -> Void
    ) async throws -> Once<Chapter> {
        let now = clock.now()
        var text: ArtifactMeta?
        if let words = wish.text { text = try await stored(words, at: now) }
        return try await shelves.change(id, as: deed, at: now) { [text] chapter in
            try mayChange(chapter)
            wish.apply(to: &chapter, text)
        }
    }

    package func remove(_ id: ChapterID, as deed: Deed) async throws -> Once<Chapter> {
        try await shelves.remove(id, as: deed, at: clock.now())
    }

    private func stored(_ text: String, at now: Timestamp) async throws -> ArtifactMeta {
        let stored = try await objects.put(Array(text.utf8))
        return ArtifactMeta(
            artifactID: mint.name(), type: .sourceText, key: stored.key, sizeBytes: stored.sizeBytes, createdAt: now,
            mimeType: "text/markdown")
    }
}
