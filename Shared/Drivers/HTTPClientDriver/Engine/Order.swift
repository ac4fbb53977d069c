// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
import CCurl
import HTTP

/// One try of a call: checked, and in the words of the library.
struct Order: Sendable {
    var call: HTTPCall
    var address: WebAddress
    var deadline: ContinuousClock.Instant?

    init(_ call: HTTPCall) throws(HTTPClientFailure) {
        self.call = call
        address = try WebAddress(call.url)
        deadline = call.patience.whole.map { .now + $0 }
        guard !call.method.rawValue.isEmpty, call.method.rawValue.utf8.allSatisfy(Self.isTokenByte) else {
            throw refusal("the method is no word")
        }
        if call.method == .head, bodyLength != nil { throw refusal("a HEAD has no body") }
        for field in call.fields.all { try check(field) }
    }

    var isRepeatable: Bool {
        if case .stream = call.body { return false }
        return call.isRepeatable ?? call.method.isIdempotent
    }

    /// How much there is to send; `nil` when the request has no body at all.
    var bodyLength: Int64? {
        switch call.body {
        case .none: call.method == .post || call.method == .put || call.method == .patch ? 0 : nil
        case .bytes(let bytes): Int64(bytes.count)
        case .file(_, let length), .stream(let length, _): length
        }
    }

    /// `Name: value`, and `Name;` where there is no value: without it the library would leave the field out. What it would
    /// add by itself and nobody asked for is named without a value.
    var lines: [String] {
        call.fields.all.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" } + ["Expect:"]
    }

    private static let ours = [
        "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer",
    ]

    private func check(_ field: HTTPFields.Field) throws(HTTPClientFailure) {
        guard !field.name.isEmpty, field.name.utf8.allSatisfy(Self.isTokenByte) else {
            throw refusal("a field's name is no word")
        }
        guard !Self.ours.contains(field.name.lowercased()) else {
            throw refusal("the field \(field.name) is the client's own")
        }
        guard field.value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7f) || $0 == 0x09 }) else {
            throw refusal("the value of \(field.name) holds a line break or another control character")
        }
    }

    private func refusal(_ cause: String) -> HTTPClientFailure {
        HTTPClientFailure(.misuse, at: address.place, cause)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

extension Order {
    private static let secrets = ["authorization", "cookie", "proxy-authorization", "x-amz-security-token"]

    /// The same call where a redirection leads; `nil` when the answer is not one that can be followed.
    func following(_ status: HTTPStatus, to location: String?) throws(HTTPClientFailure) -> Order? {
        guard let location, call.redirects > 0, [301, 302, 303, 307, 308].contains(status.code) else { return nil }
        var next = self
        next.address = try address.following(location)
        guard address.scheme == "http" || next.address.scheme == "https" else {
            throw HTTPClientFailure(
                .refusedRedirect, at: address.place, "it leads from https to http", help: "ask for its target directly")
        }
        next.call.redirects -= 1
        if !next.address.isSameOrigin(as: address) {
            for name in Self.secrets { next.call.fields[name] = nil }
        }
        let isKept = status.code == 307 || status.code == 308
        if !isKept, call.method != .get, call.method != .head {
            guard status.code == 303 || call.method == .post else { return nil }
            next.call.method = .get
            next.call.body = .none
            for field in call.fields.all where field.name.lowercased().hasPrefix("content-") {
                next.call.fields[field.name] = nil
            }
        }
        if case .stream = next.call.body { return nil }
        return next
    }
}
