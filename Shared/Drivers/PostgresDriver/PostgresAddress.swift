// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import CPostgres
import Ports

/// Where a database is, as libpq wants to be told, and as people may be told: the password is in the first only.
struct PostgresAddress: Sendable {
    /// libpq's `key='value'` words.
    let words: String
    let place: String
    private let secrets: [String]

    init(url: String, owner: String, manners: PostgresManners) throws(DatabaseFailure) {
        secrets = Self.secrets(in: url)
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") else {
            throw Self.unreadable("it does not begin with postgres://")
        }
        var options: [String: String]
        switch Self.parse(url) {
        case .success(let parsed): options = parsed
        case .failure(let complaint): throw Self.unreadable(Self.hiding(secrets, in: complaint.text))
        }
        let host = options["host"] ?? options["hostaddr"] ?? "the local socket"
        place = "\(host):\(options["port"] ?? "5432")/\(options["dbname"] ?? "")"
        let own = manners.options(owner: owner)
        options["options"] = options["options"].map { "\(own) \($0)" } ?? own
        for (key, value) in manners.words(owner: owner) where options[key] == nil { options[key] = value }
        words = options.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted($0.value))" }.joined(separator: " ")
    }

    /// What went wrong when connecting, where, and what helps.
    func failure(_ complaint: String) -> DatabaseFailure {
        let cause = Self.hiding(secrets, in: complaint)
        return DatabaseFailure(.unreachable, during: "connect to \(place)", cause: "\(cause); \(Self.help(complaint))")
    }

    private static func unreadable(_ cause: String) -> DatabaseFailure {
        DatabaseFailure(
            .unreachable, during: "open",
            cause: "the database's URL cannot be read: \(cause); it looks like postgres://user:password@host:5432/name")
    }

    /// The server tells libpq a code and libpq does not pass it on, so this goes by the words.
    private static func help(_ complaint: String) -> String {
        advice.first { complaint.contains($0.sign) }?.advice ?? "look into the server's log"
    }

    private static let advice: [(sign: String, advice: String)] = [
        ("password authentication failed", "check user and password in the URL"),
        ("no password supplied", "the URL needs a password: postgres://user:password@host/name"),
        ("no pg_hba.conf entry", "allow this user, database and address in the server's pg_hba.conf"),
        ("certificate verify failed", "give the authority's certificate with sslrootcert=FILE"),
        ("does not match host name", "connect by the name in the certificate, or use sslmode=verify-ca"),
        ("root certificate file", "give the authority's certificate with sslrootcert=FILE"),
        ("does not support SSL", "turn ssl on at the server, or use sslmode=disable"),
        ("too many clients", "raise max_connections at the server, or use fewer connections"),
        ("connection slots are reserved", "raise max_connections at the server, or use fewer connections"),
        ("starting up", "wait until the server has started"),
        ("shutting down", "start the server again"),
        ("role \"", "create the user, or name another in the URL"),
        ("database \"", "create the database, or name another in the URL"),
        ("Connection refused", "start the server, or correct host and port in the URL"),
        ("No such file", "start the server, or correct the socket's folder in the URL"),
        ("translate host name", "correct the host in the URL"),
        ("no answer", "check that the server runs and that no firewall swallows the connection"),
        ("No route to host", "check the network between here and the server"),
    ]
}

// MARK: reading the URL

extension PostgresAddress {
    private struct Complaint: Error {
        let text: String
    }

    private static func parse(_ url: String) -> Result<[String: String], Complaint> {
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = unsafe PQconninfoParse(url, &complaint) else {
            let text = unsafe complaint.map { unsafe String(cString: $0) }?.onOneLine ?? "no memory"
            unsafe PQfreemem(complaint)
            return .failure(Complaint(text: text))
        }
        defer { unsafe PQconninfoFree(options) }
        var found: [String: String] = [:]
        var option = unsafe options
        while let key = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                found[unsafe String(cString: key)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
        return .success(found)
    }

    private static func quoted(_ value: String) -> String {
        "'" + value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "'"
    }

    /// Whatever in the text of a URL may be a password: complaints quote pieces of it.
    private static func secrets(in url: String) -> [String] {
        var found: [Substring] = []
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        if let at = rest.lastIndex(of: "@"), let colon = rest[..<at].firstIndex(of: ":") {
            found.append(rest[rest.index(after: colon)..<at])
        }
        for key in ["password=", "sslpassword="] {
            for range in url.ranges(of: key) { found.append(url[range.upperBound...].prefix { $0 != "&" }) }
        }
        return found.map(String.init).filter { !$0.isEmpty }
    }

    private static func hiding(_ secrets: [String], in text: String) -> String {
        secrets.reduce(text) { $0.replacing($1, with: "…") }
    }
}
