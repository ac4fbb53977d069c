// CryptoDriver · driver · sees Contracts, Lanes, Ports, COpenSSL
import COpenSSL

/// One secure conversation, without a socket: bytes of the network go in with `take`, bytes for the network come out
/// with `pour`, which wants to be called after everything else: also a call that only reads or fails may have something
/// to say.
///
/// Not Sendable: it belongs to one lane.
@safe
package final class TLSSession {
    package enum State: Equatable, Sendable {
        /// Exits: `.open` when both sides agree, `.failed`.
        case shakingHands
        /// Exits: `.ended` when the other side says that it is done, `.failed`.
        case open
        /// Nothing more comes; what we have to say may still be said.
        case ended
        case failed(TLSFailure)
    }

    package private(set) var state = State.shakingHands
    private let raw: OpaquePointer
    /// Both belong to the session, which frees them.
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private let context: TLSContext
    private let host: String
    private var room = [UInt8](repeating: 0, count: 1 << 14)

    /// Calls a server, which must show a certificate for that name or address. What `pour` gives opens the conversation.
    package convenience init(calling host: String, with context: TLSContext) throws(TLSFailure) {
        guard context.trust != nil else { throw TLSFailure(.misuse, "a server's context cannot call") }
        try self.init(context, host: host)
        try expect(host)
        unsafe SSL_set_connect_state(raw)
        try shakeHands()
    }

    /// Answers a client.
    package convenience init(answeringWith context: TLSContext) throws(TLSFailure) {
        guard context.trust == nil else { throw TLSFailure(.misuse, "a client's context cannot answer") }
        try self.init(context, host: "the client")
        unsafe SSL_set_accept_state(raw)
    }

    private init(_ context: TLSContext, host: String) throws(TLSFailure) {
        ErrorQueue.clear()
        guard let made = unsafe SSL_new(context.raw) else { throw Self.noMemory() }
        guard let incoming = unsafe BIO_new(BIO_s_mem()), let outgoing = unsafe BIO_new(BIO_s_mem()) else {
            unsafe SSL_free(made)
            throw Self.noMemory()
        }
        // Empty means "nothing yet", not "the end".
        unsafe BIO_ctrl(incoming, BIO_C_SET_BUF_MEM_EOF_RETURN, -1, nil)
        unsafe SSL_set_bio(made, incoming, outgoing)
        unsafe (raw, self.incoming, self.outgoing) = unsafe (made, incoming, outgoing)
        self.context = context
        self.host = host
    }

    deinit { unsafe SSL_free(raw) }

    private static func noMemory() -> TLSFailure { TLSFailure(.settings, "there is no memory for a session") }
}

// MARK: the verbs

extension TLSSession {
    /// Takes what came from the network, all of it, and hands out what it says in pieces of at most 16 KiB. A piece is
    /// lent: it is gone when `hear` returns, which may `send` but not `take`.
    package func take(
        _ ciphertext: UnsafeRawBufferPointer, _ hear: (UnsafeRawBufferPointer) -> Void
    ) throws(TLSFailure) {
        try checkWell()
        guard let base = ciphertext.baseAddress, unsafe !ciphertext.isEmpty else { return }
        var taken = 0
        ErrorQueue.clear()
        guard unsafe BIO_write_ex(incoming, base, ciphertext.count, &taken) == 1, taken == ciphertext.count else {
            throw fail(TLSFailure(.settings, "there is no memory for \(ciphertext.count) bytes"))
        }
        if state == .shakingHands { try shakeHands() }
        while state == .open, let count = try read() {
            unsafe room.withUnsafeBytes { unsafe hear(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }

    /// Encrypts. Before the hands are shaken there is nothing to encrypt with.
    package func send(_ plaintext: UnsafeRawBufferPointer) throws(TLSFailure) {
        try checkWell()
        guard state != .shakingHands else {
            throw TLSFailure(.misuse, "nothing can be sent before the session is open")
        }
        guard let base = plaintext.baseAddress, unsafe !plaintext.isEmpty else { return }
        var written = 0
        ErrorQueue.clear()
        let status = unsafe SSL_write_ex(raw, base, plaintext.count, &written)
        guard status == 1, written == plaintext.count else { throw fail(diagnosis(of: status)) }
    }

    /// Appends what the network must get now.
    package func pour(into buffer: inout [UInt8]) {
        while hasPending {
            let count = unsafe room.withUnsafeMutableBytes { room in
                var count = 0
                let status = unsafe BIO_read_ex(outgoing, room.baseAddress, room.count, &count)
                return status == 1 ? count : 0
            }
            guard count > 0 else { return }
            buffer += room[..<count]
        }
    }

    /// True when `pour` would give something.
    package var hasPending: Bool { unsafe BIO_ctrl_pending(outgoing) > 0 }

    /// Says that we are done. The other side's word may still be waited for with `take`.
    package func close() {
        guard state == .open || state == .ended else { return }
        ErrorQueue.clear()
        unsafe SSL_shutdown(raw)
        ErrorQueue.clear()
    }

    /// The network gave its end. Throws unless the other side had said that it was done: then the rest is missing.
    package func networkEnded() throws(TLSFailure) {
        try checkWell()
        guard state != .ended else { return }
        let moment = state == .open ? "in the middle" : "before the handshake was done"
        throw fail(TLSFailure(.truncated, "\(host) hung up \(moment)"))
    }

    /// The version and the cipher that were agreed on.
    package var manner: String {
        unsafe String(cString: SSL_get_version(raw)) + " "
            + String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(raw)))
    }
}

// MARK: inside

extension TLSSession {
    private func checkWell() throws(TLSFailure) {
        if case .failed(let failure) = state { throw failure }
    }

    private func fail(_ failure: TLSFailure) -> TLSFailure {
        state = .failed(failure)
        return failure
    }

    /// Who must answer: a name is also told to the server, an address is not.
    private func expect(_ host: String) throws(TLSFailure) {
        ErrorQueue.clear()
        if unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(raw), host) == 1 { return }
        ErrorQueue.clear()
        unsafe SSL_set_hostflags(raw, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        guard !host.isEmpty, unsafe SSL_set1_host(raw, host) == 1, unsafe ainer_tls_ask_for(raw, host) == 1 else {
            throw TLSFailure(.misuse, "\"\(host)\" is neither a name nor an address (\(ErrorQueue.words()))")
        }
    }

    private func shakeHands() throws(TLSFailure) {
        ErrorQueue.clear()
        let status = unsafe SSL_do_handshake(raw)
        if status == 1 {
            state = .open
        } else if unsafe SSL_get_error(raw, status) != SSL_ERROR_WANT_READ {
            throw fail(diagnosis(of: status))
        }
    }

    /// One piece of plaintext into the room; `nil` when there is none for now, or never again.
    private func read() throws(TLSFailure) -> Int? {
        var count = 0
        ErrorQueue.clear()
        let status = unsafe room.withUnsafeMutableBytes { unsafe SSL_read_ex(raw, $0.baseAddress, $0.count, &count) }
        if status == 1 { return count }
        switch unsafe SSL_get_error(raw, status) {
        case SSL_ERROR_WANT_READ: return nil
        case SSL_ERROR_ZERO_RETURN:
            state = .ended
            return nil
        default: throw fail(diagnosis(of: status))
        }
    }

    /// To be asked right behind the call that failed.
    private func diagnosis(of status: Int32) -> TLSFailure {
        let verdict = Int32(truncatingIfNeeded: unsafe SSL_get_verify_result(raw))
        let entries = ErrorQueue.drain()
        let isVerdict = entries.contains { $0.reason == SSL_R_CERTIFICATE_VERIFY_FAILED }
        if isVerdict, let trust = context.trust {
            return unsafe ShownCertificate(ainer_tls_shown(raw)).objection(verdict, host: host, trust: trust)
        }
        return Self.diagnosis(entries, host: host, isShakingHands: state == .shakingHands)
    }

    private static func diagnosis(
        _ entries: [ErrorQueue.Entry], host: String, isShakingHands: Bool
    ) -> TLSFailure {
        let words = entries.map(\.text).joined(separator: ": ")
        // The deepest reason comes first; an alert of the other side is told as a thousand and its number.
        switch entries.first?.reason ?? 0 {
        case SSL_R_WRONG_VERSION_NUMBER, SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST, SSL_R_PACKET_LENGTH_TOO_LONG,
            SSL_R_BAD_RECORD_TYPE where isShakingHands:
            return TLSFailure(.notTLS, "\(host) does not speak TLS (\(words))", help: "check the port")
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, SSL_R_NO_SHARED_CIPHER,
            SSL_R_VERSION_TOO_LOW:
            return TLSFailure(
                .noCommonWay, "\(host) and we have no TLS in common (\(words))", help: "TLS 1.2 or later is needed")
        case SSL_AD_REASON_OFFSET...(SSL_AD_REASON_OFFSET + 255):
            return TLSFailure(.refused, "\(host) broke off (\(words))")
        default:
            return TLSFailure(.broken, "what came from \(host) is not as it was sent (\(words))")
        }
    }
}
