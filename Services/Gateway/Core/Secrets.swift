// GatewayCore · pure · sees Contracts, Policies
import Contracts

/// A secret of ours as it is shown once and stored as a hash: `ak_NAME_SECRET` for a token, `rt_…` to refresh a session,
/// `in_…` to come in once.
package struct Secret: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case access = "ak_"
        case refresh = "rt_"
        case entry = "in_"
    }

    package static let length = 64
    package let text: String
    /// Only this is ever stored.
    package let hash: String

    /// Of four times 64 bits of chance.
    package init(_ kind: Kind, named name: String = "", chance: () -> UInt64) {
        let bits = (0..<4).flatMap { _ in
            let bits = chance()
            return (0..<8).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
        }
        self.init(trusted: kind.rawValue + (name.isEmpty ? "" : name + "_") + bits.hexText)
    }

    /// A text that may be one of ours; nil when it cannot be.
    package init?(_ kind: Kind, _ text: String) {
        guard text.hasPrefix(kind.rawValue), (67...200).contains(text.utf8.count),
            text.utf8.suffix(Self.length).allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.init(trusted: text)
    }

    private init(trusted text: String) {
        self.text = text
        hash = SHA256.hex(of: Array(text.utf8))
    }
}
