// S3Driver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, FileDriver, HTTPClientDriver
package import Contracts
package import HTTP

/// What is signed: a request as its parts, nothing of them encoded.
package struct Signable: Sendable {
    package var method: HTTPMethod
    /// With the port where it is not the scheme's own, as the client sends it.
    package var host: String
    package var path: String
    package var query: [QueryItem]
    /// All of them are signed.
    package var fields: HTTPFields

    package init(
        _ method: HTTPMethod, host: String, path: String, query: [QueryItem] = [], fields: HTTPFields = [:]
    ) {
        self.method = method
        self.host = host
        self.path = path
        self.query = query
        self.fields = fields
    }
}

package struct QueryItem: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// Signs requests as AWS wants it (Signature Version 4): pure arithmetic over what is sent. We sign ourselves because the
/// library's own signer leaves out what S3 demands; see docs/decisions/0010.
package struct Signer: Sendable, CustomStringConvertible {
    private let accessKey: String
    private let secret: String
    private let sessionToken: String?
    private let region: String
    private let service: String

    package init(
        accessKey: String, secret: String, sessionToken: String? = nil, region: String, service: String = "s3"
    ) {
        self.accessKey = accessKey
        self.secret = secret
        self.sessionToken = sessionToken
        self.region = region
        self.service = service
    }

    package var description: String { "signer(\(accessKey), \(region))" }

    /// What stands for a body that is not part of the signature.
    package static let unsigned = "UNSIGNED-PAYLOAD"
    /// The hash of nothing.
    package static let empty = SHA256.hex(of: [])

    /// The fields of the request with date, hash and signature.
    package func sign(_ request: Signable, payload: String, at now: Timestamp) -> HTTPFields {
        let time = Self.time(now)
        var request = request
        request.fields["X-Amz-Date"] = time
        if service == "s3" { request.fields["X-Amz-Content-Sha256"] = payload }
        if let sessionToken { request.fields["X-Amz-Security-Token"] = sessionToken }
        let names = Self.signedNames(request)
        let signature = signature(of: Self.canonical(request, names, payload), time)
        request.fields["Authorization"] =
            "AWS4-HMAC-SHA256 Credential=\(accessKey)/\(scope(time)), SignedHeaders=\(names), Signature=\(signature)"
        return request.fields
    }

    /// The query with which anybody may make this request for so many seconds, if he sends its fields as well.
    package func presign(_ request: Signable, seconds: Int, at now: Timestamp) -> [QueryItem] {
        let time = Self.time(now)
        var request = request
        let names = Self.signedNames(request)
        request.query += [
            QueryItem("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            QueryItem("X-Amz-Credential", "\(accessKey)/\(scope(time))"),
            QueryItem("X-Amz-Date", time), QueryItem("X-Amz-Expires", "\(seconds)"),
            QueryItem("X-Amz-SignedHeaders", names),
        ]
        if let sessionToken { request.query.append(QueryItem("X-Amz-Security-Token", sessionToken)) }
        let signature = signature(of: Self.canonical(request, names, Self.unsigned), time)
        return request.query + [QueryItem("X-Amz-Signature", signature)]
    }

    // MARK: the arithmetic

    private func scope(_ time: String) -> String { "\(time.prefix(8))/\(region)/\(service)/aws4_request" }

    private func signature(of canonical: String, _ time: String) -> String {
        let words = ["AWS4-HMAC-SHA256", time, scope(time), SHA256.hex(of: Array(canonical.utf8))]
        let steps = [String(time.prefix(8)), region, service, "aws4_request", words.joined(separator: "\n")]
        return steps.reduce(Array("AWS4\(secret)".utf8)) { HMAC.sign(Array($1.utf8), key: $0) }.hexText
    }

    private static func canonical(_ request: Signable, _ names: String, _ payload: String) -> String {
        let fields = names.split(separator: ";").map { "\($0):\(value(of: String($0), request))\n" }.joined()
        return [
            request.method.rawValue, PercentCoding.encodedPath(request.path), queryText(request.query), fields, names,
            payload,
        ].joined(separator: "\n")
    }

    private static func signedNames(_ request: Signable) -> String {
        Set(request.fields.all.map { $0.name.lowercased() } + ["host"]).sorted().joined(separator: ";")
    }

    private static func value(of name: String, _ request: Signable) -> String {
        name == "host" ? request.host : request.fields.values(of: name).map(squeezed).joined(separator: ",")
    }

    /// Without spaces at the ends, and with one where there were several.
    private static func squeezed(_ value: String) -> String {
        value.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
    }

    /// Sorted by the bytes of what is encoded: as it is signed, and as it is sent.
    package static func queryText(_ query: [QueryItem]) -> String {
        query.map { (PercentCoding.encoded($0.name), PercentCoding.encoded($0.value)) }
            .sorted { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0 < $1.0 }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// `20130524T000000Z`.
    package static func time(_ moment: Timestamp) -> String {
        moment.text.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }
}
