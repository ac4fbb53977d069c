// HTTP · bytes · sees Contracts

/// What a client shows to be let in.
package enum Credentials: Sendable, Hashable {
    case bearer(String)
    /// A scheme we do not take.
    case other(scheme: String)

    /// Nil for a field that says nothing.
    package init?(_ field: String) {
        var reader = FieldReader(field)
        reader.skipSpace()
        guard let scheme = reader.token() else { return nil }
        guard ASCII.isSame(scheme, "Bearer") else {
            self = .other(scheme: ASCII.lowered(scheme))
            return
        }
        guard reader.take(" " as Unicode.Scalar) else { return nil }
        reader.skipSpace()
        guard let token = reader.run(Self.belongs) else { return nil }
        reader.skipSpace()
        guard reader.isAtEnd, token.utf8.count <= 4096 else { return nil }
        self = .bearer(token)
    }

    private static func belongs(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || ASCII.isLetter(byte) || "-._~+/=".utf8.contains(byte)
    }
}

/// Where a caller stands with one of our limits (the `RateLimit` fields of the IETF draft).
package struct RateLimit: Sendable, Hashable {
    package let policy: String
    package let quota: Int
    package let window: Duration
    package let remaining: Int
    package let reset: Duration

    package init(_ policy: String, quota: Int, window: Duration, remaining: Int, reset: Duration) {
        self.policy = policy
        self.quota = quota
        self.window = window
        self.remaining = remaining
        self.reset = reset
    }

    /// Says it in an answer; seconds are rounded up, so that nobody comes too early.
    package func write(to fields: inout HTTPFields) {
        let name = QuotedText.of(policy)
        fields.add("RateLimit-Policy", "\(name);q=\(quota);w=\(window.wholeSeconds)")
        fields.add("RateLimit", "\(name);r=\(max(0, remaining));t=\(reset.wholeSeconds)")
    }
}

extension Duration {
    /// Rounded up, and never negative.
    package var wholeSeconds: Int64 {
        max(0, components.seconds + (components.attoseconds > 0 ? 1 : 0))
    }
}

/// Who asks, behind proxies of ours.
package enum Forwarded {
    /// The nearest address that is not one of our own proxies. What a client wrote itself is never believed: the list
    /// is read from its end, and only as far as whoever added to it is trusted.
    package static func client(of head: RequestHead, trusted: Set<IPAddress>) -> String {
        var nearest = head.peer
        let path = head.fields.values(of: "X-Forwarded-For").flatMap { $0.split(separator: ",") }
        for hop in path.reversed() {
            guard let address = IPAddress(nearest), trusted.contains(address) else { return nearest }
            let text = String(hop.filter { $0 != " " && $0 != "\t" })
            guard IPAddress(text) != nil else { return nearest }
            nearest = text
        }
        return nearest
    }
}
