// GatewayCore · pure · sees Contracts, Policies
import Contracts

/// What a webhook's owner and we know: every notice is signed with it (Standard Webhooks, symmetric).
package struct HookSecret: Hashable, Sendable {
    private static let prefix = "whsec_"

    /// `whsec_` and Base64: shown once, when it is made.
    package let text: String
    private let key: [UInt8]

    /// Of 32 bytes of chance.
    package init(_ chance: [UInt8]) {
        key = chance
        text = Self.prefix + Base64.padded.text(of: chance)
    }

    package init?(text: String) {
        guard text.hasPrefix(Self.prefix),
            let key = Base64.padded.bytes(of: String(text.dropFirst(Self.prefix.count))), (24...64).contains(key.count)
        else { return nil }
        self.key = key
        self.text = text
    }

    /// One of the words of `webhook-signature`.
    package func signature(of id: String, at seconds: Int64, _ body: String) -> String {
        "v1," + Base64.padded.text(of: HMAC.sign(Array("\(id).\(seconds).\(body)".utf8), key: key))
    }
}
