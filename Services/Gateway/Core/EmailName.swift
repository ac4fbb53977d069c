// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// The name somebody signs in with: a mail address, in small letters.
package enum EmailName {
    package static let longest = 254

    package static func folded(_ text: String) -> String { text.lowercased() }

    package static func checked(_ text: String) throws(FailureReport) -> String {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= longest, parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
        else { throw FailureReport(.requestValidation, "this is no mail address", owner: .gateway) }
        return folded(text)
    }
}
