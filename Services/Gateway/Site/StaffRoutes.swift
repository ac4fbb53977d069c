// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Web
import Wire

/// Users, programs and what they are in projects.
struct StaffRoutes: Sendable {
    let staff: StaffDesk
    let library: any Library

    struct UserBody: Codable, Sendable {
        let email: String
        let name: String?
        let role: String
        let password: String
    }

    struct ChangeWish: Codable, Sendable {
        let name: String?
        let role: String?
        let isActive: Bool?

        enum CodingKeys: String, CodingKey {
            case name
            case role
            case isActive = "is_active"
        }
    }

    struct ProgramWish: Codable, Sendable {
        let name: String
        let scopes: [Scope]
    }

    struct PasswordBody: Codable, Sendable {
        let password: String
        let current: String?

        enum CodingKeys: String, CodingKey {
            case password
            case current = "current_password"
        }
    }

    struct SeatWish: Codable, Sendable { let role: String }

    private static let user = Parameter.path("user_id", UserID.self, "the user")
    private static let project = Parameter.path("project_id", String.self, as: .opaque, "the project")
    private static let password = FieldType.text(atMost: PasswordRule.longest)
    private static let newUser = JSONBody(
        UserBody.self,
        Shape(
            "NewUser",
            [
                .must("email", .text(atMost: EmailName.longest)), .may("name", .text(atMost: 255)),
                .must("role", .word(Role.words)), .must("password", password, "he changes it himself later"),
            ]),
        example: .object([
            "email": .string("ada@example.org"), "role": .string("editor"),
            "password": .string("correct horse battery"),
        ]), limit: 4096)
    private static let change = JSONBody(
        ChangeWish.self,
        Shape(
            "UserChange",
            [.may("name", .text(atMost: 255)), .may("role", .word(Role.words)), .may("is_active", .bool)]),
        example: .object(["role": .string("viewer")]), limit: 4096)
    private static let program = JSONBody(
        ProgramWish.self, Shape("NewServiceAccount", [.must("name", .text(atMost: 255)), PeopleShapes.scopes]),
        example: .object(["name": .string("nightly"), "scopes": PeopleShapes.words]), limit: 16_384)
    private static let newPassword = JSONBody(
        PasswordBody.self,
        Shape("NewPassword", [.must("password", password), .may("current_password", password, "for one's own")]),
        example: .object(["password": .string("correct horse battery")]), limit: 4096)
    private static let seat = JSONBody(
        SeatWish.self, Shape("Seat", [.must("role", .word(Role.projectWords))]),
        example: .object(["role": .string("editor")]), limit: 4096)

    var all: [Route] {
        [listRoute, addRoute, programRoute, showRoute, changeRoute, removeRoute, passwordRoute] + members + [auditRoute]
    }

    // MARK: users

    private var listRoute: Route {
        Route.get("/api/v1/auth/users", "listUsers", "The people and programs of the tenant").tagged("people")
            .needs("people:read").takes(Words.limit, Words.cursor)
            .answers(.json(200, Page<UserAnswer>.shape(of: PeopleShapes.person), "a page of them"), .notThere)
            .replies { input, context in
                let limit = try input[Words.limit]
                let after: UserID? = try input[Words.cursor].map { try Cursor.place(in: $0) }
                let people = try await staff.people(after: after, limit: limit, for: try context.caller())
                let next = people.count == limit ? try people.last.map { try Cursor.text(of: $0.userID) } : nil
                return Page(people.map(UserAnswer.init), next: next).response(to: input)
            }
    }

    private var addRoute: Route {
        writing(.post("/api/v1/auth/users", "addUser", "Somebody new"))
            .takes(Words.key, Self.newUser)
            .answers(.json(201, PeopleShapes.person, "he can sign in"), .keyUsed)
            .replies { input, context in
                let body = try input[Self.newUser]
                let wish = UserWish(
                    email: body.email, name: body.name ?? body.email, role: try role(body.role),
                    password: body.password)
                return try await added(wish, input, context)
            }
    }

    private var programRoute: Route {
        writing(.post("/api/v1/auth/service-accounts", "addServiceAccount", "A program that may do what is listed"))
            .takes(Words.key, Self.program)
            .answers(.json(201, PeopleShapes.person, "give it a token: POST /api/v1/auth/tokens"), .keyUsed)
            .replies { input, context in
                let body = try input[Self.program]
                let wish = UserWish(
                    email: nil, name: body.name, role: .service, scopes: Set(body.scopes), password: nil)
                return try await added(wish, input, context)
            }
    }

    private func added(_ wish: UserWish, _ input: Input, _ context: Context) async throws -> HTTPResponse {
        let made = try await staff.add(
            wish, by: try context.caller(), as: try input.secretDeed(context), from: context.visitor)
        return .created(UserAnswer(made.value), at: "/api/v1/auth/users/\(made.value.userID)").again(made.isAgain)
    }

    private var showRoute: Route {
        Route.get("/api/v1/auth/users/{user_id}", "showUser", "Somebody").tagged("people").needs("people:read")
            .takes(Self.user).answers(.json(200, PeopleShapes.person, "who he is"), .notThere)
            .handles { input, context in
                UserAnswer(try await staff.person(input[Self.user], for: try context.caller()))
            }
    }

    private var changeRoute: Route {
        writing(.patch("/api/v1/auth/users/{user_id}", "changeUser", "Another name, role, or none at all"))
            .takes(Self.user, Words.key, Self.change)
            .answers(
                .json(200, PeopleShapes.person, "as he is now"), .keyUsed, .notThere,
                .problem(.illegalTransition, "he is the last owner")
            )
            .replies { input, context in
                let body = try input[Self.change]
                let change = UserChange(
                    name: body.name, role: try body.role.map(role), isActive: body.isActive)
                let made = try await staff.change(
                    try input[Self.user], change, by: try context.caller(), as: try input.deed(context),
                    from: context.visitor)
                return .json(200, UserAnswer(made.value)).again(made.isAgain)
            }
    }

    private var removeRoute: Route {
        writing(.delete("/api/v1/auth/users/{user_id}", "removeUser", "Lets somebody go; what he did stays his"))
            .takes(Self.user, Words.key)
            .answers(
                .empty(204, "gone"), .keyUsed, .notThere, .problem(.illegalTransition, "he is the last owner")
            )
            .replies { input, context in
                let made = try await staff.remove(
                    try input[Self.user], by: try context.caller(), as: try input.deed(context), from: context.visitor)
                return HTTPResponse.none.again(made.isAgain)
            }
    }

    private var passwordRoute: Route {
        Route.post("/api/v1/auth/users/{user_id}/reset-password", "resetPassword", "A new password; all sessions end")
            .described("One's own with the current password; somebody else's with the right people:write.")
            .tagged("people").takes(Self.user, Words.key, Self.newPassword)
            .answers(.empty(204, "only the new one is good"), .keyUsed, .notThere, .problem(.signInRefused))
            .replies { input, context in
                let body = try input[Self.newPassword]
                let made = try await staff.setPassword(
                    of: try input[Self.user], PasswordWish(new: body.password, current: body.current),
                    by: try context.caller(), as: try input.secretDeed(context), from: context.visitor)
                return HTTPResponse.none.again(made.isAgain)
            }
    }

    // MARK: projects

    private var members: [Route] {
        let place = "/api/v1/auth/projects/{project_id}/acl"
        return [
            Route.get(place, "listMembers", "Who is what in a project").tagged("people").needs("people:read")
                .takes(Self.project).answers(.json(200, PeopleShapes.members, "its members"))
                .handles { input, context in
                    let project = try self.project(input)
                    try await there(project, context)
                    return ItemsAnswer(items: try await staff.members(of: project, for: try context.caller()))
                },
            writing(.put(place + "/{user_id}", "seatMember", "Makes somebody something in a project"))
                .takes(Self.project, Self.user, Words.key, Self.seat)
                .answers(.json(200, PeopleShapes.member, "what he is now"), .keyUsed, .notThere)
                .replies { input, context in
                    let made = try await seated(try role(try input[Self.seat].role), input, context)
                    return .json(200, made.value).again(made.isAgain)
                },
            writing(.delete(place + "/{user_id}", "unseatMember", "Takes somebody out of a project"))
                .takes(Self.project, Self.user, Words.key)
                .answers(.empty(204, "he is no member any more"), .keyUsed, .notThere)
                .replies { input, context in
                    HTTPResponse.none.again(try await seated(nil, input, context).isAgain)
                },
        ]
    }

    /// A project of another tenant is not there.
    private func there(_ project: ProjectID, _ context: Context) async throws {
        guard try await library.hasProject(project, of: try context.caller().tenant) else {
            throw Problem(.notFound, "there is no project \(project)")
        }
    }

    private func seated(_ role: Role?, _ input: Input, _ context: Context) async throws -> Once<Membership> {
        let project = try project(input)
        try await there(project, context)
        return try await staff.seat(
            try input[Self.user], in: project, as: role, by: try context.caller(),
            Asked(try input.deed(context), from: context.visitor))
    }

    // MARK: the audit

    private var auditRoute: Route {
        Route.get("/api/v1/auth/audit/logs", "listAudit", "What was done to people and their rights, newest first")
            .tagged("people").needs("audit:read").takes(Words.limit, Words.cursor)
            .answers(.json(200, Page<AuditRow>.shape(of: PeopleShapes.audit), "a page of it"), .notThere)
            .replies { input, context in
                let limit = try input[Words.limit]
                let after: AuditID? = try input[Words.cursor].map { try Cursor.place(in: $0) }
                let rows = try await staff.audit(after: after, limit: limit, for: try context.caller())
                let next = rows.count == limit ? try rows.last.map { try Cursor.text(of: $0.auditID) } : nil
                return Page(rows, next: next).response(to: input)
            }
    }

    private func writing(_ route: Route) -> Route { route.tagged("people").needs("people:write") }

    private func role(_ word: String) throws -> Role {
        guard let role = Role(word: word) else { throw Problem(.requestValidation, "there is no role \(word)") }
        return role
    }

    private func project(_ input: Input) throws -> ProjectID {
        guard let project = ProjectID(rawValue: try input[Self.project]) else {
            throw Problem(.notFound, "there is no such project")
        }
        return project
    }
}

extension Input {
    /// The deed of a request whose body has a password in it: what is kept of it must not help anybody guess.
    func secretDeed(_ context: Context) throws -> Deed {
        guard case .object(var members) = try JSON.value(of: text) else { return try deed(context) }
        members["password"] = nil
        members["current_password"] = nil
        return try deed(context, under: self[Words.key], asking: JSON.text(of: .object(members)))
    }
}
