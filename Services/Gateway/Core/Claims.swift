// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// What a session's token says; its signature says that it was us.
package struct Claims: Codable, Hashable, Sendable {
    package static let lasting = Duration.seconds(15 * 60)
    /// A browser has nobody who refreshes for it.
    package static let browserLasting = Duration.seconds(12 * 3600)
    /// Clocks may differ by this much.
    package static let leeway: Int64 = 30

    package let sub: UserID
    package let email: String?
    package let role: Role
    package let tenantID: TenantID
    package let sid: SessionID
    package let jti: String
    /// Whole seconds since 1970, as RFC 7519 has it.
    package let iat: Int64
    package let exp: Int64
    package var nbf: Int64?

    package enum CodingKeys: String, CodingKey {
        case sub
        case email
        case role
        case tenantID = "tenant_id"
        case sid
        case jti
        case iat
        case exp
        case nbf
    }

    package init(
        _ person: User, in session: SessionID, as jti: String, at now: Timestamp, lasting: Duration = Self.lasting
    ) {
        sub = person.userID
        email = person.email
        role = person.role
        tenantID = person.tenantID
        sid = session
        self.jti = jti
        iat = now.microseconds / 1_000_000
        exp = (now + lasting).microseconds / 1_000_000
    }

    package func isGood(at now: Timestamp) -> Bool {
        let seconds = now.microseconds / 1_000_000
        let latest = seconds + Self.leeway
        return seconds - Self.leeway < exp && iat <= latest && (nbf ?? iat) <= latest
    }
}

/// How often somebody may try to sign in.
package enum SignInLimits {
    /// Per user name: enough for whoever mistypes, little for whoever guesses.
    package static let perName = (tokens: 5, period: Duration.seconds(60), burst: 10)
    /// Per address: there may be an office behind it.
    package static let perAddress = (tokens: 30, period: Duration.seconds(60), burst: 60)
}

/// What a password must be to be taken.
package enum PasswordRule {
    package static let shortest = 12
    package static let longest = 256
}
