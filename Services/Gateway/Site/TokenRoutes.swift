// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Web

/// Tokens for programs and scripts: each with its own rights and its own end.
struct TokenRoutes: Sendable {
    let staff: StaffDesk

    struct Wish: Codable, Sendable {
        let name: String
        let scopes: [Scope]
        let expiresAt: Timestamp?
        let userID: UserID?

        enum CodingKeys: String, CodingKey {
            case name
            case scopes
            case expiresAt = "expires_at"
            case userID = "user_id"
        }
    }

    private static let wish = JSONBody(
        Wish.self,
        Shape(
            "TokenWish",
            [
                .must("name", .text(atMost: 255), "what it is for"), PeopleShapes.scopes,
                .may("expires_at", .time, "missing: until it is revoked"),
                .may("user_id", .id(UserID.prefix), "a program of the tenant; missing: for oneself"),
            ]),
        example: .object(["name": .string("render farm"), "scopes": PeopleShapes.words]), limit: 16_384)
    private static let token = Parameter.path("token_id", AccessTokenID.self, "the token")

    var all: [Route] {
        [
            Route.get("/api/v1/auth/tokens", "listTokens", "The tokens that are good, without their secrets")
                .described("One's own; those of everybody for whoever may see people.").tagged("people")
                .answers(.json(200, PeopleShapes.tokens, "the tokens"))
                .handles { _, context in ItemsAnswer(items: try await staff.tokens(for: try context.caller())) },
            Route.post("/api/v1/auth/tokens", "makeToken", "A new token with some of one's own rights").tagged("people")
                .takes(Words.key, Self.wish)
                .answers(.json(201, PeopleShapes.newToken, "the token, this once"), .keyUsed, .problem(.forbidden))
                .replies { input, context in try await make(input, context) },
            Route.delete("/api/v1/auth/tokens/{token_id}", "revokeToken", "Ends a token").tagged("people")
                .takes(Self.token, Words.key).answers(.empty(204, "it is good no more"), .keyUsed, .notThere)
                .replies { input, context in
                    let made = try await staff.revoke(
                        try input[Self.token], by: try context.caller(), as: try input.deed(context),
                        from: context.visitor)
                    return HTTPResponse.none.again(made.isAgain)
                },
        ]
    }

    private func make(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let body = try input[Self.wish]
        let wish = TokenWish(
            name: body.name, scopes: Set(body.scopes), expiresAt: body.expiresAt, user: body.userID)
        let (made, secret) = try await staff.makeToken(
            wish, by: try context.caller(), as: try input.deed(context), from: context.visitor)
        let answer = NewTokenAnswer(token: made.value, secret: made.isAgain ? nil : secret)
        var response = HTTPResponse.created(answer, at: "/api/v1/auth/tokens/\(made.value.tokenID)").again(made.isAgain)
        response.fields["Cache-Control"] = "no-store"
        return response
    }
}
