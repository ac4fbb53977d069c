// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
import Contracts
import Glibc
package import HTTP

/// Reads the head of an answer line by line as the library hands it out; heads that only announce another are forgotten.
struct HeadReader {
    private(set) var status: HTTPStatus?
    private(set) var fields = HTTPFields()
    private(set) var isComplete = false
    private var size = 0
    private var last: (name: String, value: String)?

    /// How many bytes a head may have, whatever comes before it.
    static let limit = 128 << 10

    /// False when it is no head, or too long a one.
    mutating func read(_ line: String) -> Bool {
        // Behind the body there may be trailers; nobody asked for them.
        if isComplete { return true }
        size += line.utf8.count
        guard size <= Self.limit else { return false }
        let text = line.hasSuffix("\r\n") ? line.dropLast() : line.hasSuffix("\n") ? line.dropLast() : line[...]
        if text.hasPrefix("HTTP/") { return begin(text) }
        guard status != nil else { return false }
        if text.isEmpty { return finish() }
        if text.first == " " || text.first == "\t" { return fold(text) }
        keep()
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        last = (String(text[..<colon]), Self.trimmed(text[text.utf8.index(after: colon)...]))
        return true
    }

    private mutating func begin(_ text: Substring) -> Bool {
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, let code = Int(words[1]), (100...999).contains(code) else { return false }
        status = HTTPStatus(code)
        fields = HTTPFields()
        last = nil
        return true
    }

    private mutating func finish() -> Bool {
        keep()
        isComplete = (status?.code ?? 0) >= 200
        return true
    }

    /// The old way to break a long value.
    private mutating func fold(_ text: Substring) -> Bool {
        guard let begun = last else { return false }
        last = (begun.name, begun.value + " " + Self.trimmed(text))
        return true
    }

    private mutating func keep() {
        if let last { fields.add(last.name, last.value) }
        last = nil
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        let end = start.lastIndex { $0 != " " && $0 != "\t" }
        return end.map { String(start[...$0]) } ?? ""
    }
}

extension HTTPFields {
    /// `nil` when there is none or it is no number.
    var contentLength: Int64? { self["Content-Length"].flatMap { Int64($0) } }

    /// How long the server wants us to wait: seconds, or a date.
    package var retryAfter: Duration? {
        guard let text = self["Retry-After"] else { return nil }
        if let seconds = Int64(text) { return .seconds(max(0, min(seconds, 1_000_000))) }
        let now = Timestamp(microseconds: Int64(time(nil)) * 1_000_000)
        return HTTPDate.time(text).map { max(.zero, $0 - now) }
    }
}
