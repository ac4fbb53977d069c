// CryptoDriver · driver · sees Contracts, Lanes, Ports, COpenSSL
import COpenSSL

/// The library's list of what went wrong on this thread. It must be empty before a call and be read right behind it:
/// the next call, of whomever, adds to it.
enum ErrorQueue {
    struct Entry {
        let reason: Int32
        let text: String
    }

    static func clear() { ERR_clear_error() }

    /// Takes everything out of the list. The first entry is the deepest reason.
    static func drain() -> [Entry] {
        var entries: [Entry] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { return entries }
            let text = unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) }
            entries.append(Entry(reason: ERR_GET_REASON(code), text: text ?? "error \(code)"))
        }
    }

    /// For a human reader.
    static func words() -> String {
        let entries = drain()
        return entries.isEmpty ? "the library does not say why" : entries.map(\.text).joined(separator: ": ")
    }
}
