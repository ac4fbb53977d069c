// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl

/// How a client calls others. The driver reads no environment: `reading` takes what the caller read.
package struct HTTPClientOptions: Sendable, Equatable {
    /// What the thread is called.
    package var name = "http-client"
    /// How many calls are under way at once, those whose answer is still being read included; the others wait.
    package var mostAtOnce = 32
    /// With it no call ever reaches an address of a private network, whatever a name resolves to and wherever a
    /// redirection leads. No proxy is used then: behind one we could not see who is spoken to.
    package var refusesPrivateAddresses = false
    /// `http://host:port`, for URLs of each scheme.
    package var httpProxy: String?
    package var httpsProxy: String?
    /// Hosts that are called without a proxy, separated by commas; `*` is every one.
    package var noProxy = ""
    /// A PEM file of the authorities that are believed; `nil`: those the system believes.
    package var authorities: String?
    /// Over TLS, where both sides can, and for small request bodies only. An answer that nobody reads may then fill the
    /// library's window of its stream, some 30 MB, instead of a quarter of one.
    package var speaksHTTP2 = true
    package var userAgent = "ainer"

    package init() {}

    /// Takes the proxy and the authorities from where everybody looks for them.
    package static func reading(_ environment: [String: String]) -> HTTPClientOptions {
        func first(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        var options = HTTPClientOptions()
        // Not HTTP_PROXY: behind a gateway a client could set it with a field named Proxy.
        options.httpProxy = first("http_proxy", "all_proxy", "ALL_PROXY")
        options.httpsProxy = first("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
        options.noProxy = first("no_proxy", "NO_PROXY") ?? ""
        options.authorities = first("CURL_CA_BUNDLE", "SSL_CERT_FILE")
        return options
    }
}
