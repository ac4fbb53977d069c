// CryptoDriver · driver · sees Contracts, Lanes, Ports, COpenSSL

/// Why there is no secure connection, in words for whoever must mend it.
package struct TLSFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// Nobody we trust has signed the certificate.
        case untrusted
        /// The certificate is for somebody else.
        case wrongName
        /// The certificate's time is over, or not yet come.
        case expired
        /// What answers does not speak TLS.
        case notTLS
        /// There is no version or cipher that both sides accept.
        case noCommonWay
        /// The other side does not want us, and said so.
        case refused
        /// Somebody changed the bytes on their way, or one side does not keep to the protocol.
        case broken
        /// The network ended before the other side said that it was done: the rest may be missing.
        case truncated
        /// A certificate or a key of ours cannot be used.
        case settings
        /// A caller asked for what cannot be: a bug of ours.
        case misuse
    }

    package let code: Code
    package let cause: String
    package let help: String

    init(_ code: Code, _ cause: String, help: String = "") {
        self.code = code
        self.cause = cause
        self.help = help
    }

    package var description: String { help.isEmpty ? "TLS: \(cause)" : "TLS: \(cause); \(help)" }
}
