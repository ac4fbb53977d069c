// CryptoDriver · driver · sees Contracts, Lanes, Ports, COpenSSL
import COpenSSL
import Ports

/// Whose signature under the other side's certificate we believe.
package enum TLSTrust: Sendable, Hashable {
    /// Everybody the system believes.
    case system
    /// Only the authorities in this file (PEM).
    case authority(file: String)
}

/// What many sessions have in common: the trust of a client, or the certificate of a server. Make it once and keep it.
@safe
package final class TLSContext: Sendable {
    /// Sendable because nothing changes it after init, and the library counts its uses with atomics.
    nonisolated(unsafe) let raw: OpaquePointer
    let trust: TLSTrust?

    /// For sessions that call others and check who answers.
    package init(trusting trust: TLSTrust) throws(TLSFailure) {
        unsafe raw = try Self.make(TLS_client_method())
        self.trust = trust
        unsafe SSL_CTX_set_verify(raw, SSL_VERIFY_PEER, nil)
        switch trust {
        case .system:
            guard unsafe SSL_CTX_set_default_verify_paths(raw) == 1 else {
                throw Self.failure("the system's authorities cannot be read", help: "install ca-certificates")
            }
        case .authority(let file):
            guard unsafe SSL_CTX_load_verify_file(raw, file) == 1 else {
                throw Self.failure(
                    "the authority's certificate cannot be read from \(file)", help: "it must be a readable PEM file")
            }
        }
    }

    /// For sessions that answer, with a chain of certificates and its key (both PEM).
    package init(certificate: String, key: String) throws(TLSFailure) {
        unsafe raw = try Self.make(TLS_server_method())
        trust = nil
        guard unsafe SSL_CTX_use_certificate_chain_file(raw, certificate) == 1 else {
            throw Self.failure("the certificate cannot be read from \(certificate)", help: "it must be a PEM file")
        }
        guard unsafe SSL_CTX_use_PrivateKey_file(raw, key, SSL_FILETYPE_PEM) == 1 else {
            throw Self.failure(
                "the key in \(key) cannot be used", help: "it must be a PEM file and belong to \(certificate)")
        }
    }

    deinit { unsafe SSL_CTX_free(raw) }

    private static func make(_ method: OpaquePointer?) throws(TLSFailure) -> OpaquePointer {
        ErrorQueue.clear()
        guard let made = unsafe SSL_CTX_new(method) else { throw failure("there is no memory for TLS", help: "") }
        guard unsafe ainer_tls_at_least_1_2(made) == 1 else {
            unsafe SSL_CTX_free(made)
            throw failure("this library cannot do TLS 1.2", help: "OpenSSL 3 is needed")
        }
        unsafe SSL_CTX_set_options(made, ainer_tls_manners)
        return unsafe made
    }

    private static func failure(_ cause: String, help: String) -> TLSFailure {
        TLSFailure(.settings, "\(cause) (\(ErrorQueue.words()))", help: help)
    }
}
