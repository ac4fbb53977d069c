// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
package import GatewayCore
import GatewayShell
import Wire

/// The token of a session: a JWT (RFC 7519) under HS256. Only what we write ourselves is read: one header, one writing.
///
/// Two secrets may be good at once, so that one can be exchanged for another while people are signed in: the first signs.
package struct JWTSeal: SessionSeal {
    package static let longest = 2048
    private static let header = Base64.url.text(of: Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))

    private let secrets: [[UInt8]]

    package init(secrets: [[UInt8]]) { self.secrets = secrets }

    package func token(of claims: Claims) throws -> String {
        guard let secret = secrets.first else {
            throw FailureReport(.settingsWrong, "there is no secret to sign tokens with", owner: .gateway)
        }
        let signed = Self.header + "." + Base64.url.text(of: try JSON.encode(claims))
        return signed + "." + Base64.url.text(of: Self.signature(of: signed, by: secret))
    }

    package func claims(in token: String, at now: Timestamp) -> Claims? {
        guard token.utf8.count <= Self.longest else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == Self.header, let signature = Base64.url.bytes(of: parts[2]),
            isOurs(signature, under: parts[0] + "." + parts[1]),
            let bytes = Base64.url.bytes(of: parts[1]),
            let claims = try? JSON.decode(Claims.self, from: bytes),  // signed by us, but for something else
            claims.isGood(at: now)
        else { return nil }
        return claims
    }

    /// RFC 7515: over the two parts and the dot between them, as they stand there.
    package static func signature(of text: String, by secret: [UInt8]) -> [UInt8] {
        HMAC.sign(Array(text.utf8), key: secret)
    }

    /// All secrets are tried, so the time does not tell which it was.
    private func isOurs(_ signature: [UInt8], under text: String) -> Bool {
        secrets.reduce(false) { HMAC.isEqual(Self.signature(of: text, by: $1), signature) || $0 }
    }
}
