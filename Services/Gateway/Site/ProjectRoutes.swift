// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Telemetry
import Web

/// Projects of a tenant.
struct ProjectRoutes: Sendable {
    let librarian: Librarian

    static let id = Parameter.path("project_id", String.self, as: .opaque, "the project").example(.string("local"))
    private static let wish = JSONBody(
        ProjectWish.self,
        Shape(
            "NewProject",
            [
                .must("slug", .id(""), "its name in addresses; no two of a tenant have the same"),
                .must("name", .opaque, "what people call it"), .may("description", .text),
            ]), example: .object(["slug": .string("lighthouses"), "name": .string("Lighthouses")]))
    private static let patch = JSONBody(
        Patch.self,
        Shape("ProjectChange", [.may("name", .opaque, "what people call it"), .may("description", .text)]),
        example: .object(["name": .string("All lighthouses")]))

    struct Patch: Codable, Sendable {
        let name: String?
        let description: String?
    }

    var all: [Route] {
        [
            Route.get("/api/v1/projects", "listProjects", "Lists the projects you may see").tagged("projects")
                .needs("projects:read").takes(Words.limit, Words.cursor)
                .answers(.json(200, Page<Project>.shape(of: Project.shape), "a page of projects"), .notThere)
                .replies { input, context in
                    let limit = try input[Words.limit]
                    let after = try input[Words.cursor].map { try Cursor.place(ProjectID.self, in: $0) }
                    let found = try await librarian.projects(for: context.caller(), after: after, limit: limit + 1)
                    return try Page.of(found, limit) { try Cursor.text(of: $0.projectID) }.response(to: input)
                },
            Route.post("/api/v1/projects", "createProject", "Begins a project").tagged("projects")
                .needs("projects:write").takes(Words.key, Self.wish)
                .answers(
                    .json(201, Project.shape, "the project", fields: ["Location": "where it is"]), .keyUsed,
                    .problem(.requestValidation, status: 409, "another project has this slug")
                )
                .replies(create),
            Route.get("/api/v1/projects/{project_id}", "getProject", "Shows a project").tagged("projects")
                .needs("projects:read").takes(Self.id).answers(.json(200, Project.shape, "the project"), .notThere)
                .handles { input, context in try await project(input, context, to: "projects:read") },
            Route.patch("/api/v1/projects/{project_id}", "changeProject", "Changes what people call a project")
                .tagged("projects").needs("projects:edit").takes(Self.id, Words.key, Self.patch)
                .answers(.json(200, Project.shape, "the project"), .keyUsed, .notThere)
                .replies(change),
            Route.delete("/api/v1/projects/{project_id}", "removeProject", "Takes a project away")
                .tagged("projects").needs("tenant:own").takes(Self.id, Words.key)
                .answers(
                    .empty(204, "it is gone"), .keyUsed, .notThere,
                    .problem(.illegalTransition, "it has runs that are not over")
                )
                .replies { input, context in
                    let project = try await project(input, context, to: "tenant:own")
                    let done = try await librarian.remove(project.projectID, as: input.deed(context))
                    return HTTPResponse.none.again(done.isAgain)
                },
        ]
    }

    private func create(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        do {
            let done = try await librarian.addProject(
                input[Self.wish], by: context.caller(), as: input.deed(context),
                in: TraceID(trusted: "\(context.trace.trace)"))
            return .created(done.value, at: "/api/v1/projects/\(done.value.projectID)").again(done.isAgain)
        } catch is SlugTaken {
            throw Problem(
                .requestValidation, "another project has this slug", status: 409,
                faults: [.init(.body(pointer: "/slug"), "take another one")])
        }
    }

    private func change(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let project = try await project(input, context, to: "projects:edit")
        let patch = try input[Self.patch]
        let done = try await librarian.change(project.projectID, as: input.deed(context)) { (project: inout Project) in
            project.name = patch.name ?? project.name
            project.description = patch.description ?? project.description
        }
        return HTTPResponse.json(200, done.value).again(done.isAgain)
    }

    private func project(_ input: Input, _ context: Context, to scope: String) async throws -> Project {
        guard let id = ProjectID(rawValue: try input[Self.id]) else {
            throw Problem(.notFound, "no project is called so")
        }
        return try await librarian.project(id, for: context.caller(), to: scope)
    }
}

extension Project {
    static let shape = Shape(
        "Project",
        [
            .must("project_id", .opaque), .must("slug", .text(atMost: 64)), .must("name", .opaque),
            .may("description", .text), .must("created_at", .time), .must("updated_at", .time),
        ])
}

extension Page {
    /// Of one more than is shown, so that it is known whether anything follows.
    static func of(_ found: [Item], _ limit: Int, _ place: (Item) throws -> String) rethrows -> Page {
        let shown = Array(found.prefix(limit))
        return Page(shown, next: found.count > limit ? try shown.last.map(place) : nil)
    }
}
