// HTTP · bytes · sees Contracts

/// What a body is: `type/subtype` and its parameters.
package struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// Lowered: `application/json`.
    package let essence: String
    package let parameters: [String: String]

    package init(_ essence: String, _ parameters: [String: String] = [:]) {
        self.essence = essence
        self.parameters = parameters
    }

    /// Nil for what is not written as one.
    package init?(field: String) {
        var reader = FieldReader(field)
        reader.skipSpace()
        guard let essence = Self.essence(&reader), !essence.contains("*"), let parameters = reader.parameters(),
            reader.isAtEnd
        else { return nil }
        self.essence = essence
        self.parameters = Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first }
    }

    package static let json = MediaType("application/json")
    package static let problem = MediaType("application/problem+json")
    package static let text = MediaType("text/plain", ["charset": "utf-8"])
    package static let events = MediaType("text/event-stream")
    package static let multipart = MediaType("multipart/form-data")
    package static let bytes = MediaType("application/octet-stream")

    package var description: String {
        let sorted = parameters.sorted { $0.key < $1.key }
        return essence + sorted.map { "; \($0.key)=\(Self.written($0.value))" }.joined()
    }

    private static func written(_ value: String) -> String {
        !value.isEmpty && value.utf8.allSatisfy(ASCII.isToken) ? value : QuotedText.of(value)
    }

    fileprivate static func essence(_ reader: inout FieldReader) -> String? {
        guard let type = reader.token(), reader.take("/" as Unicode.Scalar), let subtype = reader.token() else {
            return nil
        }
        return ASCII.lowered("\(type)/\(subtype)")
    }
}

/// What a client would like to get.
package struct Accept: Sendable, Hashable {
    private struct Wish: Sendable, Hashable {
        let range: String
        let thousandths: Int

        /// The closer a wish describes an offer, the more it counts.
        func closeness(to offer: MediaType) -> Int? {
            if range == offer.essence { return 2 }
            if range == "*/*" { return 0 }
            return range.hasSuffix("/*") && offer.essence.hasPrefix(range.dropLast()) ? 1 : nil
        }
    }

    private let wishes: [Wish]

    /// No field at all: everything is welcome. A member that cannot be read ends its list.
    package init(_ fields: [String]) {
        if fields == ["*/*"] {
            wishes = []  // what almost every client says, and the server's own thread waits for it
            return
        }
        wishes = fields.flatMap { field in
            var reader = FieldReader(field)
            var wishes: [Wish] = []
            while reader.nextMember() {
                guard let range = MediaType.essence(&reader), let parameters = reader.parameters() else { break }
                let quality = parameters.first { $0.name == "q" }.map { Self.thousandths($0.value) } ?? 1000
                wishes.append(Wish(range: range, thousandths: quality))
            }
            return wishes
        }
    }

    /// The best of what can be had, in doubt the first; nil when none of it is welcome.
    package func best(of offers: [MediaType]) -> MediaType? {
        guard !wishes.isEmpty else { return offers.first }
        var best: (offer: MediaType, quality: Int)?
        for offer in offers {
            let quality = quality(of: offer)
            if quality > best?.quality ?? 0 { best = (offer, quality) }
        }
        return best?.offer
    }

    private func quality(of offer: MediaType) -> Int {
        var closest: (closeness: Int, quality: Int) = (-1, 0)
        for wish in wishes {
            guard let closeness = wish.closeness(to: offer), closeness > closest.closeness else { continue }
            closest = (closeness, wish.thousandths)
        }
        return closest.quality
    }

    /// `0.85` is 850. What is no number counts as nothing.
    private static func thousandths(_ text: String) -> Int {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = ASCII.number(Array(parts[0])), whole <= 1 else { return 0 }
        guard parts.count == 2, !parts[1].isEmpty, whole == 0 else { return Int(whole) * 1000 }
        let digits = Array(parts[1].prefix(3)) + Array(repeating: UInt8(ascii: "0"), count: max(0, 3 - parts[1].count))
        return Int(ASCII.number(digits) ?? 0)
    }
}
