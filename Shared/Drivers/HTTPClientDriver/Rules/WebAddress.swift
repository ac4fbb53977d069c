// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
import CCurl

/// A URL as the library itself reads it, so that what is checked and what is called cannot be two.
struct WebAddress: Sendable, Equatable {
    let text: String
    let scheme: String
    let host: String
    let port: String
    let path: String

    /// Without the query, which may hold secrets.
    var place: String {
        let isUsual = port == (scheme == "https" ? "443" : "80")
        return "\(scheme)://\(host)\(isUsual ? "" : ":" + port)\(path.prefix(200))"
    }

    init(_ url: String) throws(HTTPClientFailure) { try self.init(url, from: nil) }

    /// Where a `Location` leads from here.
    func following(_ reference: String) throws(HTTPClientFailure) -> WebAddress {
        try WebAddress(reference, from: text)
    }

    func isSameOrigin(as other: WebAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    private init(_ url: String, from base: String?) throws(HTTPClientFailure) {
        guard url.utf8.count <= 16_384, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw Self.refusal("it holds what must be written with % and digits, or is too long")
        }
        guard let parts = unsafe curl_url() else { throw Self.refusal("there is no memory") }
        defer { unsafe curl_url_cleanup(parts) }
        if let base { unsafe curl_url_set(parts, CURLUPART_URL, base, Self.asItIs) }
        guard unsafe curl_url_set(parts, CURLUPART_URL, url, Self.asItIs) == CURLUE_OK else {
            throw Self.refusal("it is no absolute URL")
        }
        // A fragment is the caller's own business.
        unsafe curl_url_set(parts, CURLUPART_FRAGMENT, nil, 0)
        func part(_ which: CURLUPart) -> String? { unsafe Self.part(which, of: parts) }
        guard part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil else {
            throw Self.refusal("it holds a user's name", help: "send an Authorization field instead")
        }
        guard let scheme = part(CURLUPART_SCHEME), ["http", "https"].contains(scheme) else {
            throw Self.refusal("only http and https are spoken")
        }
        guard let text = part(CURLUPART_URL), let host = part(CURLUPART_HOST), let port = part(CURLUPART_PORT),
            let path = part(CURLUPART_PATH)
        else { throw Self.refusal("it names no host") }
        self.text = text
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
        self.path = path
    }

    /// Signed paths must arrive as they were signed.
    private static let asItIs = UInt32(CURLU_PATH_AS_IS | CURLU_NON_SUPPORT_SCHEME)

    /// The library allocates, and gives back.
    private static func part(_ which: CURLUPart, of parts: OpaquePointer) -> String? {
        var found: UnsafeMutablePointer<CChar>?
        let status = unsafe curl_url_get(parts, which, &found, UInt32(CURLU_DEFAULT_PORT))
        guard status == CURLUE_OK, let text = unsafe found else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }

    private static func refusal(_ cause: String, help: String = "") -> HTTPClientFailure {
        HTTPClientFailure(.misuse, at: "the URL", cause, help: help)
    }
}
