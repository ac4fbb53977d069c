// CryptoDriver · driver · sees Contracts, Lanes, Ports, COpenSSL
import COpenSSL
import Glibc

/// What a certificate we did not believe says about itself: copies, for the words of a failure.
struct ShownCertificate {
    private let names: [String]
    private let issuer: String
    private let begins: String
    private let ends: String

    /// Copies everything; `nil` when none was shown.
    init(_ certificate: OpaquePointer?) {
        guard let certificate = unsafe certificate else {
            (names, issuer, begins, ends) = ([], "nobody", "?", "?")
            return
        }
        let subject = unsafe Self.commonName(X509_get_subject_name(certificate))
        let listed = unsafe Self.names(of: certificate)
        names = listed.isEmpty ? [subject] : listed
        issuer = unsafe Self.commonName(X509_get_issuer_name(certificate))
        begins = unsafe Self.day(X509_get0_notBefore(certificate))
        ends = unsafe Self.day(X509_get0_notAfter(certificate))
    }

    /// Why we do not believe it, as the library judged, and what helps.
    func objection(_ verdict: Int32, host: String, trust: TLSTrust) -> TLSFailure {
        switch verdict {
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            return TLSFailure(
                .wrongName, "the certificate of \(host) is for \(names.joined(separator: ", "))",
                help: "call it by such a name, or give it a certificate for \(host)")
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return TLSFailure(
                .expired, "the certificate of \(host), or of who signed it, has expired: it was good until \(ends)",
                help: "renew it, or set this machine's clock")
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return TLSFailure(
                .expired, "the certificate of \(host) begins on \(begins)", help: "check the clocks of both machines")
        default:
            let reason = unsafe String(cString: X509_verify_cert_error_string(Int(verdict)))
            return TLSFailure(
                .untrusted, "nobody we trust has signed the certificate of \(host): \"\(issuer)\" did (\(reason))",
                help: help(for: trust))
        }
    }

    private func help(for trust: TLSTrust) -> String {
        switch trust {
        case .system: "name the file of its authority, or install ca-certificates if this system knows none"
        case .authority(let file): "\(file) must hold the certificate of \"\(issuer)\""
        }
    }
}

// MARK: reading

extension ShownCertificate {
    private static func names(of certificate: OpaquePointer) -> [String] {
        guard let list = unsafe ainer_tls_names(certificate) else { return [] }
        defer { unsafe GENERAL_NAMES_free(list) }
        return (0..<(unsafe ainer_tls_count(list))).compactMap { place in
            guard let name = unsafe ainer_tls_name(list, place) else { return nil }
            switch unsafe name.pointee.type {
            case GEN_DNS: return unsafe text(name.pointee.d.dNSName)
            case GEN_IPADD: return unsafe address(name.pointee.d.iPAddress)
            default: return nil
            }
        }
    }

    private static func commonName(_ name: OpaquePointer?) -> String {
        guard let name = unsafe name else { return "?" }
        let place = unsafe X509_NAME_get_index_by_NID(name, NID_commonName, -1)
        guard place >= 0, let entry = unsafe X509_NAME_get_entry(name, place) else { return "?" }
        return unsafe text(X509_NAME_ENTRY_get_data(entry)) ?? "?"
    }

    /// Bytes of a stranger: what is not printable is not printed.
    private static func text(_ string: UnsafePointer<ASN1_STRING>?) -> String? {
        guard let bytes = unsafe bytes(of: string) else { return nil }
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        return String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : Character($0) })
    }

    private static func address(_ string: UnsafePointer<ASN1_STRING>?) -> String? {
        guard let bytes = unsafe bytes(of: string), [4, 16].contains(bytes.count) else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard unsafe inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func bytes(of string: UnsafePointer<ASN1_STRING>?) -> [UInt8]? {
        guard let string = unsafe string, let data = unsafe ASN1_STRING_get0_data(string) else { return nil }
        let count = unsafe Int(ASN1_STRING_length(string))
        return unsafe Array(UnsafeBufferPointer(start: data, count: count))
    }

    private static func day(_ time: UnsafePointer<ASN1_TIME>?) -> String {
        var parts = unsafe tm()
        guard unsafe ASN1_TIME_to_tm(time, &parts) == 1 else { return "?" }
        let month = unsafe parts.tm_mon + 1
        let day = unsafe parts.tm_mday
        return unsafe "\(parts.tm_year + 1900)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
