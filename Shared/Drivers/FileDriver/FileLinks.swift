// FileDriver · driver · sees Contracts, Ports, Telemetry, Lanes
package import Contracts
package import Ports

/// Links to files: who holds one may do what it says until its time is over. The gateway serves them and asks `verify`;
/// both are pure, the secret is the house's.
package struct FileLinks: Sendable, CustomStringConvertible {
    private let secret: [UInt8]
    private let base: String

    /// `base` is where the gateway answers, such as `http://127.0.0.1:8080`. A secret has 32 bytes at least.
    package init?(secret: [UInt8], base: String) {
        guard secret.count >= 32 else { return nil }
        self.secret = secret
        self.base = base
    }

    package var description: String { "links(\(base))" }

    package static let path = "/objects/"

    package func link(_ act: ObjectAct, until: Timestamp) throws(StoreFailure) -> ObjectLink {
        let target = try Self.target(of: act)
        let expires = until.microseconds / 1_000_000
        let method = Self.method(of: act)
        let query = "?expires=\(expires)" + Self.announcement(of: act)
        return ObjectLink(
            method: method, url: base + target + query + "&signature=" + sign(method, target + query).hexText)
    }

    /// What a request with this target may do; refused when it was changed, is too late, or is no link at all.
    package func verify(method: String, target: String, now: Timestamp) throws(StoreFailure) -> ObjectAct {
        guard target.utf8.count <= 2000, let cut = target.firstRange(of: "&signature="),
            let signature = Self.bytes(ofHex: target[cut.upperBound...])
        else { throw Self.refusal("it is no link") }
        let signed = String(target[..<cut.lowerBound])
        // A link to read may also be asked about.
        guard HMAC.isEqual(signature, sign(method == "HEAD" ? "GET" : method, signed)) else {
            throw Self.refusal("its signature is not ours")
        }
        let parts = signed.split(separator: "?", maxSplits: 1).map(String.init)
        let query = parts.count > 1 ? Self.query(parts[1]) : [:]
        guard let seconds = query["expires"].flatMap({ Int64($0) }), seconds > now.microseconds / 1_000_000 else {
            throw Self.refusal("its time is over")
        }
        return try Self.act(method, parts[0], query)
    }

    private func sign(_ method: String, _ text: String) -> [UInt8] {
        HMAC.sign(Array("ainer-link\n\(method)\n\(text)".utf8), key: secret)
    }

    private static func method(of act: ObjectAct) -> String {
        switch act {
        case .get: "GET"
        case .put: "PUT"
        }
    }

    private static func target(of act: ObjectAct) throws(StoreFailure) -> String {
        switch act {
        case .get(let key): path + key.path
        case .put(let name, _): try path + "staging/" + Disk.checked(name)
        }
    }

    private static func announcement(of act: ObjectAct) -> String {
        guard case .put(_, let file?) = act else { return "" }
        return "&sha256=\(file.key.hex)&size=\(file.sizeBytes)"
    }

    private static func act(
        _ method: String, _ target: String, _ query: [String: String]
    ) throws(StoreFailure) -> ObjectAct {
        let place = target.dropFirst(path.count)
        if method == "PUT", place.hasPrefix("staging/") {
            let name = try Disk.checked(String(place.dropFirst("staging/".count)))
            let file = query["sha256"].flatMap(ObjectKey.init(hex:)).flatMap { key in
                query["size"].flatMap { Int64($0) }.map { StagedFile(key: key, sizeBytes: $0) }
            }
            return .put(name, announced: file)
        }
        guard let key = ObjectKey(hex: String(place.suffix(64))), place == key.path else {
            throw refusal("it is no link")
        }
        return .get(key)
    }

    private static func query(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { first, _ in first }
    }

    private static func bytes(ofHex text: Substring) -> [UInt8]? {
        guard text.utf8.count == 64 else { return nil }
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func refusal(_ cause: String) -> StoreFailure {
        StoreFailure(.refused, during: "link", cause: cause)
    }
}
