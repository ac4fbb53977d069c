// Contracts · pure · sees nothing

extension ErrorCode {
    /// The eleven domains a code may belong to.
    package static let domains = [
        "AUTH", "REQ", "ORCH", "PLAN", "ROUTE", "WORKER", "COMPOSE", "ASSET", "RAG", "OBS", "SYS",
    ]

    /// True for what is written as a code, though only a newer version may know it, and for old words we still read.
    package static func isCode(_ word: String) -> Bool {
        if legacyNames[word] != nil { return true }
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, domains.contains(String(parts[0])), parts[2].utf8.count == 3 else { return false }
        let isCategory = parts[1].utf8.allSatisfy { ($0 >= 0x41 && $0 <= 0x5A) || $0 == 0x5F }
        return !parts[1].isEmpty && isCategory && parts[2].utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
}
