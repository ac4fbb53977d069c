// HTTP · bytes · sees Contracts

/// How a request ended, and the words that go with it.
package struct HTTPStatus: Hashable, Sendable, ExpressibleByIntegerLiteral {
    package let code: Int

    package init(_ code: Int) { self.code = code }
    package init(integerLiteral code: Int) { self.code = code }

    package var isSuccess: Bool { (200..<300).contains(code) }
    /// Such an answer has no body, whatever its fields say.
    package var isBodiless: Bool { code < 200 || code == 204 || code == 304 }

    package var reason: String { Self.reasons[code] ?? "Unknown" }

    private static let reasons: [Int: String] = [
        100: "Continue", 101: "Switching Protocols", 200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
        206: "Partial Content", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized",
        402: "Payment Required", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable",
        408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required", 412: "Precondition Failed",
        413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type", 416: "Range Not Satisfiable",
        417: "Expectation Failed", 421: "Misdirected Request", 422: "Unprocessable Content", 423: "Locked",
        425: "Too Early", 426: "Upgrade Required", 428: "Precondition Required", 429: "Too Many Requests",
        431: "Request Header Fields Too Large", 500: "Internal Server Error", 501: "Not Implemented",
        502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout", 505: "HTTP Version Not Supported",
    ]
}
