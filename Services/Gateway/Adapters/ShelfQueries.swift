// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import Ports

/// What is asked of projects and novels.
enum ShelfQueries {
    static let cards = [
        StatementCard(openProject), StatementCard(slugTaken), StatementCard(project), StatementCard(holdProject),
        StatementCard(projects), StatementCard(keepProject), StatementCard(openRuns), StatementCard(openNovel),
        StatementCard(novel), StatementCard(holdNovel), StatementCard(novels), StatementCard(keepNovel),
    ]

    static let openProject = statement(
        "project.open", takes: ProjectID.self, TenantID.self, String.self, String.self, gives: Void.self,
        """
        INSERT INTO gateway.projects (id, tenant_id, slug, view)
        VALUES ($1, $2, $3, $4)
        """)

    static let slugTaken = statement(
        "project.slug_taken", takes: TenantID.self, String.self, gives: (ProjectID).self,
        """
        SELECT id
        FROM gateway.projects
        WHERE tenant_id = $1
          AND slug = $2
          AND removed_at IS NULL
        """)

    static let project = statement(
        "project.view", takes: ProjectID.self, TenantID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.projects
        WHERE id = $1
          AND tenant_id = $2
          AND removed_at IS NULL
        """)

    static let holdProject = statement(
        "project.hold", takes: ProjectID.self, TenantID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.projects
        WHERE id = $1
          AND tenant_id = $2
          AND removed_at IS NULL
        FOR UPDATE      -- only postgres
        """)

    /// `$2` is a list of projects as JSON, or nothing for all of them.
    static let projects = statement(
        "project.list", takes: TenantID.self, String?.self, ProjectID?.self, Int.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.projects
        WHERE tenant_id = $1
          AND ($2 IS NULL OR id IN (SELECT value FROM json_each($2)))                      -- only sqlite
          AND ($2 IS NULL OR id IN (SELECT json_array_elements_text(CAST($2 AS json))))    -- only postgres
          AND ($3 IS NULL OR id > $3)
          AND removed_at IS NULL
        ORDER BY id
        LIMIT $4
        """)

    static let keepProject = statement(
        "project.keep", takes: ProjectID.self, String.self, Timestamp?.self, gives: Void.self,
        """
        UPDATE gateway.projects
        SET view = $2,
            removed_at = $3
        WHERE id = $1
        """)

    static let openRuns = statement(
        "project.open_runs", takes: TenantID.self, ProjectID.self, gives: (RunID).self,
        """
        SELECT id
        FROM gateway.runs
        WHERE tenant_id = $1
          AND project_id = $2
          AND status NOT IN ('succeeded', 'failed', 'canceled')
        ORDER BY id
        LIMIT 1
        """)

    static let openNovel = statement(
        "novel.open", takes: NovelID.self, TenantID.self, ProjectID.self, String.self, gives: Void.self,
        """
        INSERT INTO gateway.novels (id, tenant_id, project_id, view)
        VALUES ($1, $2, $3, $4)
        """)

    static let novel = statement(
        "novel.view", takes: NovelID.self, TenantID.self, gives: (String).self,
        """
        SELECT novels.view
        FROM gateway.novels AS novels
        JOIN gateway.projects AS projects ON projects.id = novels.project_id
        WHERE novels.id = $1
          AND novels.tenant_id = $2
          AND novels.removed_at IS NULL
          AND projects.removed_at IS NULL
        """)

    static let holdNovel = statement(
        "novel.hold", takes: NovelID.self, TenantID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.novels
        WHERE id = $1
          AND tenant_id = $2
          AND removed_at IS NULL
        FOR UPDATE      -- only postgres
        """)

    static let novels = statement(
        "novel.list", takes: ProjectID.self, TenantID.self, NovelID?.self, Int.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.novels
        WHERE project_id = $1
          AND tenant_id = $2
          AND ($3 IS NULL OR id > $3)
          AND removed_at IS NULL
        ORDER BY id
        LIMIT $4
        """)

    static let keepNovel = statement(
        "novel.keep", takes: NovelID.self, String.self, Timestamp?.self, gives: Void.self,
        """
        UPDATE gateway.novels
        SET view = $2,
            removed_at = $3
        WHERE id = $1
        """)
}
