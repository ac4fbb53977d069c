// HTTP · bytes · sees Contracts

/// Which bytes of a file a client wants (RFC 9110 14). One part is served; several at once are answered by the whole,
/// which every client has to understand.
package enum ByteRange: Sendable, Hashable {
    case whole
    case part(Range<Int64>)
    /// 416: it begins behind the end.
    case unsatisfiable

    /// A field that cannot be read counts as none.
    package init(_ field: String?, of length: Int64) {
        self = field.flatMap { Self.read($0, of: length) } ?? .whole
    }

    /// For `Content-Range`.
    package static func text(_ part: Range<Int64>, of length: Int64) -> String {
        "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(length)"
    }

    package static func unsatisfiedText(of length: Int64) -> String { "bytes */\(length)" }

    private static func read(_ field: String, of length: Int64) -> ByteRange? {
        var reader = FieldReader(field)
        guard let unit = reader.token(), ASCII.isSame(unit, "bytes"), reader.take("=" as Unicode.Scalar) else {
            return nil
        }
        reader.skipSpace()
        let first = reader.run(ASCII.isDigit)
        guard reader.take("-" as Unicode.Scalar) else { return nil }
        let last = reader.run(ASCII.isDigit)
        reader.skipSpace()
        guard reader.isAtEnd else { return nil }
        return read(first: first, last: last, of: length)
    }

    private static func read(first: String?, last: String?, of length: Int64) -> ByteRange? {
        // A number too big for us lies behind every end.
        let end = last.map { ASCII.number($0.utf8) ?? .max }
        guard let first else {
            guard let count = end else { return nil }
            if count == 0 || length == 0 { return .unsatisfiable }
            return .part(max(0, length - count)..<length)
        }
        let start = ASCII.number(first.utf8) ?? .max
        if let end, end < start { return nil }
        guard start < length else { return .unsatisfiable }
        return .part(start..<(min(end ?? .max, length - 1) + 1))
    }
}
