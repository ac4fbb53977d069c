// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Telemetry
import Web

/// What people are told of themselves and of others.
enum PeopleShapes {
    static let scopes = Field.must("scopes", .list(of: .word(of: Scope.self), atMost: 100), "what he may do at most")

    static let person = Shape(
        "User",
        [
            .must("user_id", .id(UserID.prefix)), .must("tenant_id", .opaque),
            .may("email", .text(atMost: EmailName.longest), "a program has none"),
            .must("name", .text(atMost: 255)), .must("role", .word(of: Role.self)), scopes,
            .must("is_active", .bool), .must("created_at", .time),
        ])

    static let session = Shape(
        "SignedIn",
        [
            .must("access_token", .text, "send it as `Authorization: Bearer …`"),
            .must("token", .text, "the same under its older name"),
            .must("token_type", .word(["Bearer"])), .must("expires_in", .count, "seconds"),
            .may("refresh_token", .text(atMost: 200), "good once: each use gives a new one"),
            .must("user_id", .id(UserID.prefix)), .must("role", .word(of: Role.self)), .must("tenant_id", .opaque),
        ])

    static let token = Shape(
        "AccessToken",
        [
            .must("token_id", .id(AccessTokenID.prefix)), .must("user_id", .id(UserID.prefix)),
            .must("name", .text(atMost: 255)), scopes, .must("created_at", .time), .may("expires_at", .time),
            .may("last_used_at", .time, "to the minute"), .may("revoked_at", .time),
        ])

    static let newToken = Shape(
        "NewAccessToken",
        token.fields + [.may("token", .text(atMost: 200), "shown this once; asked again under its key it is missing")])

    static let tokens = Shape("AccessTokens", [.must("items", .list(of: .object(token), atMost: 1000))])

    static let member = Shape(
        "Membership",
        [
            .must("project_id", .opaque), .must("user_id", .id(UserID.prefix)),
            .must("role", .word(["viewer", "editor"])),
        ])

    static let members = Shape("Memberships", [.must("items", .list(of: .object(member)))])

    static let audit = Shape(
        "AuditRow",
        [
            .must("audit_id", .id(AuditID.prefix)), .must("at", .time), .must("actor", .text(atMost: 255)),
            .must("action", .text(atMost: 128)), .must("object", .text(atMost: 255)),
            .must("address", .text(atMost: 255)), .must("trace_id", .text(atMost: 128)),
            .may("remark", .text), .may("before", .text, "JSON"), .may("after", .text, "JSON"),
        ])

    static let link = Shape(
        "EntryLink",
        [
            .must("url", .text(atMost: 255), "open it in a browser, under the address of this API"),
            .must("expires_in", .count, "seconds"),
        ])

    static let words = JSONValue.array([.string("runs:read")])
}

struct SessionAnswer: Codable, Sendable {
    let accessToken: String
    let token: String
    let tokenType: String
    let expiresIn: Int
    let refreshToken: String?
    let userID: UserID
    let role: Role
    let tenantID: TenantID

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case token
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
        case userID = "user_id"
        case role
        case tenantID = "tenant_id"
    }

    init(_ session: SignedIn) {
        accessToken = session.token
        token = session.token
        tokenType = "Bearer"
        expiresIn = Int(session.lasting.components.seconds)
        refreshToken = session.refresh
        userID = session.person.userID
        role = session.person.role
        tenantID = session.person.tenantID
    }
}

/// Somebody, with what he may do.
struct UserAnswer: Codable, Sendable {
    let person: User
    let scopes: [Scope]

    private enum Keys: String, CodingKey { case scopes }

    init(_ person: User) {
        self.person = person
        scopes = person.ownScopes.sorted()
    }

    init(from decoder: any Decoder) throws {
        person = try User(from: decoder)
        scopes = person.ownScopes.sorted()
    }

    func encode(to encoder: any Encoder) throws {
        try person.encode(to: encoder)
        // In order, so that the same answer is always written the same.
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(scopes, forKey: .scopes)
    }
}

/// A token with its secret, while it is new.
struct NewTokenAnswer: Encodable, Sendable {
    let token: AccessToken
    let secret: String?

    private enum Keys: String, CodingKey { case token }

    func encode(to encoder: any Encoder) throws {
        try token.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encodeIfPresent(secret, forKey: .token)
    }
}

struct ItemsAnswer<Item: Codable & Sendable>: Codable, Sendable {
    let items: [Item]
}

extension Context {
    var visitor: Visitor { Visitor(address: client, trace: TraceID(trusted: "\(trace.trace)")) }
}

/// Tells whoever tries too often when to come back.
func unhurried<Value>(_ work: () async throws -> Value) async throws -> Value {
    do { return try await work() } catch let refusal as TooOften {
        throw Problem(.resourceExhausted, "too many tries; wait a while", status: 429).retry(after: refusal.retryAfter)
    }
}
