// HTTP · bytes · sees Contracts
package import Contracts

/// The name of one state of a resource.
package struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    package let value: String
    package let isWeak: Bool

    /// What may stand between the quotation marks is kept, the rest left out.
    package init(_ value: String, isWeak: Bool = false) {
        self.value = String(decoding: value.utf8.filter(Self.belongs), as: UTF8.self)
        self.isWeak = isWeak
    }

    package var description: String { "\(isWeak ? "W/" : "")\"\(value)\"" }

    /// Same bytes.
    package func isExactly(_ other: EntityTag) -> Bool { !isWeak && !other.isWeak && value == other.value }

    fileprivate init?(_ reader: inout FieldReader) {
        let isWeak = reader.take("W/" as StaticString)
        guard reader.take("\"" as Unicode.Scalar) else { return nil }
        let value = reader.run(Self.belongs) ?? ""
        guard reader.take("\"" as Unicode.Scalar) else { return nil }
        self.init(value, isWeak: isWeak)
    }

    package init?(field: String) {
        var reader = FieldReader(field)
        guard let tag = EntityTag(&reader), reader.isAtEnd else { return nil }
        self = tag
    }

    private static func belongs(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0x22 && byte != 0x7F }
}

/// `If-Match` and `If-None-Match`: any state, or one of a few.
package enum TagList: Sendable, Hashable {
    case any
    case of([EntityTag])

    /// Nil when nothing is asked. What cannot be read matches nothing.
    package init?(_ fields: [String]) {
        guard !fields.isEmpty else { return nil }
        if fields == ["*"] {
            self = .any
            return
        }
        self = .of(
            fields.flatMap { field in
                var reader = FieldReader(field)
                var tags: [EntityTag] = []
                while reader.nextMember() {
                    guard let tag = EntityTag(&reader) else { return tags }
                    tags.append(tag)
                }
                return tags
            })
    }
}

/// What a request makes of its own conditions (RFC 9110 13.2.2).
package enum Conditional: Sendable, Hashable {
    case proceed
    /// 304: the client has it already.
    case notModified
    /// 412: it is not what the client thinks it is.
    case failed

    /// `tag` and `modified` describe what is there now; with neither, there is nothing yet.
    package static func decide(
        _ method: HTTPMethod, _ fields: HTTPFields, tag: EntityTag?, modified: Timestamp? = nil
    ) -> Conditional {
        let isReading = method == .get || method == .head
        let isThere = tag != nil || modified != nil
        if let wanted = TagList(fields.values(of: "If-Match")) {
            guard isThere, holds(wanted, tag, exactly: true) else { return .failed }
        } else if let date = fields["If-Unmodified-Since"].flatMap(HTTPDate.time), let modified {
            guard modified.inWholeSeconds <= date.inWholeSeconds else { return .failed }
        }
        if let known = TagList(fields.values(of: "If-None-Match")) {
            if isThere, holds(known, tag, exactly: false) { return isReading ? .notModified : .failed }
        } else if isReading, let date = fields["If-Modified-Since"].flatMap(HTTPDate.time), let modified {
            if modified.inWholeSeconds <= date.inWholeSeconds { return .notModified }
        }
        return .proceed
    }

    /// Whether a part may be sent: without `If-Range`, or when it names exactly what is there.
    package static func allowsPart(_ fields: HTTPFields, tag: EntityTag?, modified: Timestamp?) -> Bool {
        guard let condition = fields["If-Range"] else { return true }
        if let wanted = EntityTag(field: condition) { return tag.map(wanted.isExactly) ?? false }
        guard let date = HTTPDate.time(condition), let modified else { return false }
        return modified.inWholeSeconds == date.inWholeSeconds
    }

    private static func holds(_ list: TagList, _ tag: EntityTag?, exactly: Bool) -> Bool {
        switch list {
        case .any: true
        case .of(let tags):
            tags.contains { known in
                guard let tag else { return false }
                return exactly ? known.isExactly(tag) : known.value == tag.value
            }
        }
    }
}

extension Timestamp {
    /// HTTP knows no finer time.
    fileprivate var inWholeSeconds: Int64 { microseconds / 1_000_000 }
}
