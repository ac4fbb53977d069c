// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Web
import Wire

/// How people come in and leave.
struct PeopleRoutes: Sendable {
    let rooms: PeopleRooms

    private var signIn: SignIn { rooms.signIn }
    private var staff: StaffDesk { rooms.staff }

    struct LoginWish: Codable, Sendable {
        let email: String
        let password: String
    }

    struct RefreshWish: Codable, Sendable {
        let token: String

        enum CodingKeys: String, CodingKey { case token = "refresh_token" }
    }

    struct SetupWish: Codable, Sendable {
        let code: String
        let email: String
        let password: String
    }

    private static let email = Field.must("email", .text(atMost: EmailName.longest))
    private static let password = Field.must("password", .text(atMost: PasswordRule.longest))
    private static let named: [String: JSONValue] = [
        "email": .string("ada@example.org"), "password": .string("correct horse battery"),
    ]
    private static let login = JSONBody(
        LoginWish.self, Shape("Login", [email, password]), example: .object(named), limit: 4096)
    private static let registration = JSONBody(
        LoginWish.self, Shape("Registration", [email, password]), example: .object(named), limit: 4096)
    private static let refresh = JSONBody(
        RefreshWish.self, Shape("Refresh", [.must("refresh_token", .text(atMost: 200))]),
        example: .object(["refresh_token": .string("rt_")]), limit: 4096)
    private static let setup = JSONBody(
        SetupWish.self,
        Shape("Setup", [.must("code", .text(atMost: 200), "printed at the first start"), email, password]),
        example: .object(named.merging(["code": .string("in_")]) { $1 }), limit: 4096)
    private static let code = Parameter.query("code", String.self, as: .text(atMost: 200), "as the link has it")

    var all: [Route] {
        [loginRoute, refreshRoute, logoutRoute, meRoute, setupRoute, registerRoute, linkRoute, enterRoute]
    }

    private var loginRoute: Route {
        Route.post("/api/v1/auth/login", "login", "Signs in with a name and a password")
            .tagged("people").open().takes(Self.login)
            .answers(
                .json(200, PeopleShapes.session, "signed in"),
                .problem(.signInRefused, "the name or the password is wrong; nobody is told which"), Self.tooOften
            )
            .replies { input, context in
                let wish = try input[Self.login]
                return try await told {
                    try await signIn.signIn(wish.email, wish.password, from: context.visitor)
                }
            }
    }

    private var refreshRoute: Route {
        Route.post("/api/v1/auth/refresh", "refreshSession", "Goes on with a session")
            .described("Each refresh token is good once. One that comes twice ends its session for everybody.")
            .tagged("people").open().takes(Self.refresh)
            .answers(
                .json(200, PeopleShapes.session, "goes on, with a new refresh token"), .problem(.tokenRefused)
            )
            .replies { input, context in
                let wish = try input[Self.refresh]
                return try await told { try await signIn.refresh(wish.token, from: context.visitor) }
            }
    }

    private var logoutRoute: Route {
        Route.post("/api/v1/auth/logout", "logout", "Ends the session").tagged("people")
            .answers(.empty(204, "it is over"))
            .replies { input, context in
                guard let token = Entrance.token(in: input.head) else { return .none }
                try await signIn.signOut(token, try context.caller(), from: context.visitor)
                var response = HTTPResponse.none
                response.fields["Set-Cookie"] = Entrance.cookie("", lasting: .zero, isSecure: rooms.isSecure)
                return response
            }
    }

    private var meRoute: Route {
        Route.get("/api/v1/auth/me", "me", "Who asks, and what he may do").tagged("people")
            .answers(.json(200, MeAnswer.shape, "the caller"))
            .handles { _, context in
                let caller = try context.caller()
                var me = MeAnswer(caller)
                if let user = UserID(rawValue: caller.subject) {
                    me.email = try await known(user, caller)?.email
                }
                return me
            }
    }

    /// The key of a house may stand for somebody no table knows.
    private func known(_ user: UserID, _ caller: Caller) async throws -> User? {
        do { return try await staff.person(user, for: caller) } catch let failure as FailureReport {
            guard failure.errorCode == .notFound else { throw failure }
            return nil
        }
    }

    private var setupRoute: Route {
        Route.post("/api/v1/auth/setup", "setUp", "The first owner of a gateway that knows nobody")
            .tagged("people").open().takes(Self.setup)
            .answers(
                .json(200, PeopleShapes.session, "signed in as the owner"),
                .problem(.signInRefused, "the code is not good, or somebody was quicker"), Self.tooOften
            )
            .replies { input, context in
                let wish = try input[Self.setup]
                return try await told {
                    try await signIn.setUp(wish.code, wish.email, wish.password, from: context.visitor)
                }
            }
    }

    private var registerRoute: Route {
        Route.post("/api/v1/auth/register", "register", "A tenant of one's own")
            .described("Only where AINER_REGISTRATION is open.")
            .tagged("people").open().takes(Words.key, Self.registration)
            .answers(
                .json(201, PeopleShapes.person, "its owner; sign in now"), .keyUsed,
                .problem(.forbidden, "nobody registers by himself here"), Self.tooOften
            )
            .replies { input, context in
                guard rooms.isRegistrationOpen else {
                    throw Problem(.forbidden, "nobody registers by himself here; ask an administrator for a user")
                }
                let wish = try input[Self.registration]
                let deed = try deed(input, context, of: wish)
                let made = try await unhurried {
                    try await signIn.register(wish.email, wish.password, as: deed, from: context.visitor)
                }
                return .created(UserAnswer(made.value), at: "/api/v1/auth/users/\(made.value.userID)")
                    .again(made.isAgain)
            }
    }

    /// Nobody is signed in, so the key counts together with the name; the password is never part of what is kept.
    private func deed(_ input: Input, _ context: Context, of wish: LoginWish) throws -> Deed {
        let email = EmailName.folded(wish.email)
        let key = IdempotencyKey.derive(email, try input[Words.key])
        return Deed(
            tenant: TenantID(trusted: "registration"), key: key, operation: context.operation,
            digest: SHA256.hex(of: Array(email.utf8)))
    }

    private var linkRoute: Route {
        Route.post("/api/v1/auth/links", "makeLink", "A link that brings a browser in, once").tagged("people")
            .described("Good for five minutes. It takes no key: a second one harms nobody.")
            .answers(.json(201, PeopleShapes.link, "the link"), .problem(.forbidden))
            .replies { _, context in
                let code = try await signIn.link(for: try context.caller(), from: context.visitor)
                return .json(201, LinkAnswer(url: "/enter?code=\(code)", expiresIn: 300))
            }
    }

    private var enterRoute: Route {
        Route.get("/enter", "enter", "Comes in with a link").tagged("people").open().takes(Self.code)
            .answers(
                .empty(302, "in: see /", fields: ["Location": "/", "Set-Cookie": "the session"]),
                .problem(.signInRefused, "the link is not good, or not any more")
            )
            .replies { input, context in
                guard let code = try input[Self.code],
                    let session = try await signIn.enter(code, from: context.visitor)
                else { throw Problem(.signInRefused, "the link is not good, or not any more; ask for a new one") }
                var response = HTTPResponse.found("/")
                response.fields["Set-Cookie"] = Entrance.cookie(
                    session.token, lasting: session.lasting, isSecure: rooms.isSecure)
                response.fields["Cache-Control"] = "no-store"
                return response
            }
    }

    /// Nothing with a token in it stays in anybody's cache.
    private func told(_ work: () async throws -> SignedIn) async throws -> HTTPResponse {
        .json(200, SessionAnswer(try await unhurried(work)), ["Cache-Control": "no-store"])
    }

    private static let tooOften = Answer.problem(.resourceExhausted, status: 429, "too many tries")
}

struct LinkAnswer: Codable, Sendable {
    let url: String
    let expiresIn: Int

    enum CodingKeys: String, CodingKey {
        case url
        case expiresIn = "expires_in"
    }
}

struct MeAnswer: Codable, Sendable {
    let userID: String
    var email: String?
    let role: String
    let tenantID: TenantID
    let scopes: [String]
    /// Nil: all of the tenant.
    let projects: [String: [String]]?

    enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case email
        case role
        case tenantID = "tenant_id"
        case scopes
        case projects
    }

    init(_ caller: Caller) {
        userID = caller.subject
        role = caller.role
        tenantID = caller.tenant
        scopes = caller.scopes.sorted()
        projects = caller.projects.map { all in
            Dictionary(all.map { ($0.key.rawValue, $0.value.sorted()) }) { first, _ in first }
        }
    }

    static let shape = Shape(
        "Me",
        [
            .must("user_id", .opaque), .may("email", .text(atMost: EmailName.longest)),
            .must("role", .text(atMost: 64)),
            .must("tenant_id", .opaque), .must("scopes", .list(of: .text(atMost: 64))),
            .may("projects", .map(of: .list(of: .text(atMost: 64)), atMost: 10_000), "missing: all of the tenant"),
        ])
}
