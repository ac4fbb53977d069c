// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// A refresh token that was shown, as its session knows it.
package struct ShownRefresh: Hashable, Sendable {
    /// Nil while nobody has used it.
    package var spentAt: Timestamp?
    /// When the session's newest token was made.
    package var newestAt: Timestamp
    /// When the session was used last, and when it ends whatever happens.
    package var usedAt: Timestamp
    package var endsAt: Timestamp
    package var revokedAt: Timestamp?

    package init(
        spentAt: Timestamp?, newestAt: Timestamp, usedAt: Timestamp, endsAt: Timestamp, revokedAt: Timestamp?
    ) {
        self.spentAt = spentAt
        self.newestAt = newestAt
        self.usedAt = usedAt
        self.endsAt = endsAt
        self.revokedAt = revokedAt
    }
}

/// Each use of a refresh token gives a new one, so a token that comes twice is in two hands.
package enum RefreshVerdict: Hashable, Sendable {
    /// A new token, and this one is spent.
    case renewed
    /// The session is over: nothing to do.
    case over
    /// Somebody has a token he should not have: the session ends for everybody.
    case stolen

    package static let lasting = Duration.seconds(30 * 86_400)
    package static let idle = Duration.seconds(14 * 86_400)
    /// A client whose answer was lost may ask again that long, once: only for the token before the newest.
    package static let grace = Duration.seconds(10)

    package init(_ shown: ShownRefresh, at now: Timestamp) {
        if shown.revokedAt != nil || now >= shown.endsAt || now >= shown.usedAt + Self.idle {
            self = .over
        } else if let spentAt = shown.spentAt {
            self = spentAt == shown.newestAt && now < spentAt + Self.grace ? .renewed : .stolen
        } else {
            self = .renewed
        }
    }
}
