// HTTP · bytes · sees Contracts

/// What a request is aimed at: a path taken apart and a query in its order, both decoded.
///
/// Taken apart before it is decoded, so an escaped slash never becomes a border; and refused where two readers could
/// understand two things: an escaped slash, a backslash, a segment that climbs, a byte that cannot be seen.
package struct URLTarget: Sendable, Hashable {
    /// `/a/b` is two; `/a/` is two as well, of which the last is empty. Empty segments stay.
    package let segments: [String]
    package let query: URLQuery

    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
        init(_ description: String) { self.description = description }
    }

    /// Reads a path with its query; a whole URL, which some proxies send, is read from its path on.
    package init(_ target: String) throws(Fault) {
        let bytes = Array(target.utf8)
        if let odd = bytes.first(where: {
            $0 <= 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "#")
        }) {
            throw Fault("the byte 0x\(String(odd, radix: 16)) has to be escaped in a URL")
        }
        let rest = Self.afterAuthority(bytes)
        let end = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        guard rest.startIndex < end, rest[rest.startIndex] == UInt8(ascii: "/") else {
            throw Fault("a path begins with a slash")
        }
        segments = try Self.segments(of: rest[rest.index(after: rest.startIndex)..<end])
        query = try end == rest.endIndex ? URLQuery() : URLQuery(rest[(end + 1)...])
    }

    private static func afterAuthority(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard bytes.first != UInt8(ascii: "/") else { return bytes[...] }
        let marks = Array("://".utf8)
        guard let at = bytes.indices.first(where: { bytes[$0...].starts(with: marks) }),
            ["http", "https"].contains(ASCII.lowered(String(decoding: bytes[..<at], as: UTF8.self))),
            let slash = bytes[(at + 3)...].firstIndex(of: UInt8(ascii: "/"))
        else { return bytes[...] }
        return bytes[slash...]
    }

    private static func segments(of path: ArraySlice<UInt8>) throws(Fault) -> [String] {
        var segments: [String] = []
        var start = path.startIndex
        for index in path.indices where path[index] == UInt8(ascii: "/") {
            segments.append(try segment(path[start..<index]))
            start = index + 1
        }
        segments.append(try segment(path[start...]))
        return segments
    }

    private static func segment(_ bytes: ArraySlice<UInt8>) throws(Fault) -> String {
        let text: String
        do { text = try PercentCoding.decoded(bytes) } catch { throw Fault(error.sentence(about: "the path")) }
        if text == "." || text == ".." { throw Fault("the path climbs") }
        if text.utf8.contains(UInt8(ascii: "/")) || text.utf8.contains(UInt8(ascii: "\\")) {
            throw Fault("an escaped slash is no part of a name")
        }
        return text
    }
}

extension PercentCoding.Fault {
    func sentence(about place: String) -> String {
        switch self {
        case .badEscape: "\(place) has a % without two hex digits"
        case .notUTF8: "\(place) is not UTF-8"
        case .controlByte: "\(place) has a byte that cannot be seen"
        }
    }
}

/// The items of a query in their order; a name may come more than once.
package struct URLQuery: Sendable, Hashable {
    package struct Item: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// More is nobody's question.
    package static let most = 256

    package private(set) var items: [Item] = []

    package init() {}

    package init(_ items: KeyValuePairs<String, String>) {
        self.items = items.map { Item(name: $0.key, value: $0.value) }
    }

    /// Reads what stands behind the `?`: also the text of a form.
    package init(_ bytes: ArraySlice<UInt8>) throws(URLTarget.Fault) {
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            if items.count == Self.most { throw URLTarget.Fault("the query has more than \(Self.most) items") }
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            do {
                items.append(
                    Item(
                        name: try PercentCoding.decoded(pair[..<equals], inQuery: true),
                        value: try PercentCoding.decoded(pair[equals...].dropFirst(), inQuery: true)))
            } catch { throw URLTarget.Fault(error.sentence(about: "the query")) }
        }
    }

    package subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    package func values(of name: String) -> [String] { items.compactMap { $0.name == name ? $0.value : nil } }

    package mutating func add(_ name: String, _ value: String) { items.append(Item(name: name, value: value)) }

    /// As it stands in a URL, without the `?`.
    package var text: String {
        items.map { PercentCoding.encoded($0.name) + "=" + PercentCoding.encoded($0.value) }.joined(separator: "&")
    }
}
