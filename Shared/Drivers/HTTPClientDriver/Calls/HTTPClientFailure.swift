// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl

/// Why there is no answer, in words for whoever must mend it. It never holds a query, a user's name or a field's value.
package struct HTTPClientFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// What was asked cannot be said: a bug of ours, or a URL from outside that is none.
        case misuse
        case cannotResolve
        case cannotConnect
        /// There is no secure connection, or not to whom we meant.
        case tls
        case timeout
        /// The answer is longer than the caller takes.
        case tooLarge
        /// The address belongs to a private network, and the caller must not be led there.
        case refusedAddress
        /// A redirection that may not be followed.
        case refusedRedirect
        case canceled
        /// The connection ended before the answer did.
        case truncated
        /// What answers does not speak HTTP.
        case protocolError
        /// What was to be sent could not be read.
        case cannotRead
    }

    package let code: Code
    /// Scheme, host, port and path.
    package let place: String
    package let cause: String
    package let help: String

    package init(_ code: Code, at place: String, _ cause: String, help: String = "") {
        self.code = code
        self.place = place
        self.cause = cause
        self.help = help
    }

    package var description: String {
        "\(place): \(cause) (\(code.rawValue))" + (help.isEmpty ? "" : "; \(help)")
    }

    /// Whether the same call might be answered a moment later.
    package var isTransient: Bool {
        switch code {
        case .cannotResolve, .cannotConnect, .timeout, .truncated: true
        case .misuse, .tls, .tooLarge, .refusedAddress, .refusedRedirect, .canceled, .protocolError, .cannotRead: false
        }
    }
}
