// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import Ports

/// What is asked of chapters, uploads and what runs have made.
enum TextQueries {
    static let cards = [
        StatementCard(openChapter), StatementCard(chapter), StatementCard(holdChapter), StatementCard(chapters),
        StatementCard(keepChapter), StatementCard(keepText), StatementCard(openUpload), StatementCard(upload),
        StatementCard(holdUpload), StatementCard(keepUpload), StatementCard(artifact),
    ]

    static let openChapter = statement(
        "chapter.open", takes: ChapterID.self, TenantID.self, ProjectID.self, NovelID.self, String.self,
        gives: Void.self,
        """
        INSERT INTO gateway.chapters (id, tenant_id, project_id, novel_id, view)
        VALUES ($1, $2, $3, $4, $5)
        """)

    static let chapter = statement(
        "chapter.view", takes: ChapterID.self, TenantID.self, gives: (String).self,
        """
        SELECT chapters.view
        FROM gateway.chapters AS chapters
        JOIN gateway.novels AS novels ON novels.id = chapters.novel_id
        JOIN gateway.projects AS projects ON projects.id = chapters.project_id
        WHERE chapters.id = $1
          AND chapters.tenant_id = $2
          AND chapters.removed_at IS NULL
          AND novels.removed_at IS NULL
          AND projects.removed_at IS NULL
        """)

    static let holdChapter = statement(
        "chapter.hold", takes: ChapterID.self, TenantID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.chapters
        WHERE id = $1
          AND tenant_id = $2
          AND removed_at IS NULL
        FOR UPDATE      -- only postgres
        """)

    static let chapters = statement(
        "chapter.list", takes: NovelID.self, TenantID.self, ChapterID?.self, Int.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.chapters
        WHERE novel_id = $1
          AND tenant_id = $2
          AND ($3 IS NULL OR id > $3)
          AND removed_at IS NULL
        ORDER BY id
        LIMIT $4
        """)

    static let keepChapter = statement(
        "chapter.keep", takes: ChapterID.self, String.self, Timestamp?.self, gives: Void.self,
        """
        UPDATE gateway.chapters
        SET view = $2,
            removed_at = $3
        WHERE id = $1
        """)

    static let keepText = statement(
        "chapter.keep_text", takes: ChapterID.self, Int.self, String.self, String.self, Timestamp.self,
        gives: Void.self,
        """
        INSERT INTO gateway.chapter_texts (chapter_id, version, checksum, meta, written_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (chapter_id, version) DO NOTHING
        """)

    static let openUpload = statement(
        "upload.open", takes: UploadID.self, TenantID.self, ProjectID.self, String.self, gives: Void.self,
        """
        INSERT INTO gateway.uploads (id, tenant_id, project_id, view)
        VALUES ($1, $2, $3, $4)
        """)

    static let upload = statement(
        "upload.view", takes: UploadID.self, TenantID.self, gives: (String).self,
        """
        SELECT uploads.view
        FROM gateway.uploads AS uploads
        JOIN gateway.projects AS projects ON projects.id = uploads.project_id
        WHERE uploads.id = $1
          AND uploads.tenant_id = $2
          AND projects.removed_at IS NULL
        """)

    static let holdUpload = statement(
        "upload.hold", takes: UploadID.self, TenantID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.uploads
        WHERE id = $1
          AND tenant_id = $2
        FOR UPDATE      -- only postgres
        """)

    static let keepUpload = statement(
        "upload.keep", takes: UploadID.self, String.self, gives: Void.self,
        """
        UPDATE gateway.uploads
        SET view = $2
        WHERE id = $1
        """)

    static let artifact = statement(
        "artifact.view", takes: ArtifactID.self, TenantID.self, gives: (String, ProjectID, String).self,
        """
        SELECT artifacts.meta, artifacts.project_id, runs.chapter_id
        FROM gateway.artifacts AS artifacts
        JOIN gateway.runs AS runs ON runs.id = artifacts.run_id
        WHERE artifacts.id = $1
          AND artifacts.tenant_id = $2
        """)
}
