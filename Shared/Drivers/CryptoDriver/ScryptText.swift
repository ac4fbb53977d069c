// CryptoDriver · driver · sees Contracts, Lanes, Ports, COpenSSL
import COpenSSL
import Contracts

/// A sealed password as it is stored: `$scrypt$ln=15,r=8,p=1$salt$hash`.
struct ScryptText: Equatable {
    let costs: ScryptCosts
    let salt: [UInt8]
    let hash: [UInt8]

    init(_ costs: ScryptCosts, salt: [UInt8], hash: [UInt8]) {
        self.costs = costs
        self.salt = salt
        self.hash = hash
    }

    /// Nil for a text that was not written by us, or asks for more than we would ever spend.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let costs = ScryptCosts(parts[2]),
            let salt = Base64.plain.bytes(of: String(parts[3])), (8...64).contains(salt.count),
            let hash = Base64.plain.bytes(of: String(parts[4])), (16...64).contains(hash.count)
        else { return nil }
        self.init(costs, salt: salt, hash: hash)
    }

    var text: String { "$scrypt$\(costs.text)$\(Base64.plain.text(of: salt))$\(Base64.plain.text(of: hash))" }
}

/// How much time and memory a guess costs.
package struct ScryptCosts: Hashable, Sendable {
    /// N is two to the power of this.
    package let logN: Int
    package let r: Int
    package let p: Int

    /// 32 MB and some 80 ms.
    package static let usual = ScryptCosts(logN: 15, r: 8, p: 1)
    static let mostMemory: UInt64 = 64 << 20

    package init(logN: Int, r: Int, p: Int) {
        self.logN = logN
        self.r = r
        self.p = p
    }

    init?(_ text: Substring) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, let logN = Self.number(parts[0], "ln="), let r = Self.number(parts[1], "r="),
            let p = Self.number(parts[2], "p="), (1...20).contains(logN), (1...32).contains(r), (1...16).contains(p)
        else { return nil }
        self.init(logN: logN, r: r, p: p)
    }

    var text: String { "ln=\(logN),r=\(r),p=\(p)" }

    private static func number(_ part: Substring, _ name: String) -> Int? {
        part.hasPrefix(name) ? Int(part.dropFirst(name.count)) : nil
    }

    /// RFC 7914. Takes its time: never on a thread that others wait for.
    package func derive(_ password: [UInt8], salt: [UInt8], count: Int) throws(ScryptRefused) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: count)
        let secret = password.map { CChar(bitPattern: $0) }
        // The library copies nothing and keeps nothing: all three are ours for the length of the call.
        let status = unsafe secret.withUnsafeBufferPointer { secret in
            unsafe key.withUnsafeMutableBufferPointer { key in
                unsafe EVP_PBE_scrypt(
                    secret.baseAddress, secret.count, salt, salt.count, 1 << UInt64(logN), UInt64(r), UInt64(p),
                    Self.mostMemory, key.baseAddress, key.count)
            }
        }
        guard status == 1 else { throw ScryptRefused(costs: text) }
        return key
    }
}

/// The library would not spend that much.
package struct ScryptRefused: Error, Hashable, CustomStringConvertible {
    package let costs: String
    package var description: String { "scrypt with \(costs) needs more than 64 MB, or makes no sense" }
}
