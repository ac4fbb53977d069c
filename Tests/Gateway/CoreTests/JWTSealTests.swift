// GatewayTests · tests · sees Contracts, GatewayAdapters, GatewayCore
import Contracts
import GatewayAdapters
import GatewayCore
import Testing

@Suite("The token of a session")
struct JWTSealTests {
    private static let now = Timestamp(microseconds: 1_800_000_000_000_000)
    private static let (one, two) = (Array("first secret".utf8), Array("second secret".utf8))

    private static func claims() -> Claims {
        let person = User(UserID(trusted: "user_1"), of: .local, email: "a@b", name: "a", role: .editor, at: now)
        return Claims(person, in: SessionID(trusted: "ses_1"), as: "j1", at: now)
    }

    @Test("is signed as RFC 7515 A.1 says")
    func published() throws {
        let key = try #require(
            Base64.url.bytes(
                of: "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
        let text =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        let signature = JWTSeal.signature(of: text, by: key)
        #expect(Base64.url.text(of: signature) == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        // Rightly signed, but not in our writing.
        #expect(JWTSeal(secrets: [key]).claims(in: text + "." + Base64.url.text(of: signature), at: Self.now) == nil)
    }

    @Test("says what it was made of, for a quarter of an hour and half a minute of grace")
    func lasting() throws {
        let seal = JWTSeal(secrets: [Self.one])
        let token = try seal.token(of: Self.claims())
        #expect(seal.claims(in: token, at: Self.now) == Self.claims())
        #expect(seal.claims(in: token, at: Self.now + .seconds(929)) != nil)
        #expect(seal.claims(in: token, at: Self.now + .seconds(930)) == nil)
        #expect(seal.claims(in: token, at: Self.now + .seconds(-30)) != nil)
        #expect(seal.claims(in: token, at: Self.now + .seconds(-31)) == nil)
        var later = Self.claims()
        later.nbf = later.iat + 60
        let early = try seal.token(of: later)
        #expect(
            seal.claims(in: early, at: Self.now) == nil && seal.claims(in: early, at: Self.now + .seconds(30)) != nil)
    }

    @Test("is believed under both secrets while one replaces the other, and under no third")
    func rotation() throws {
        let token = try JWTSeal(secrets: [Self.one]).token(of: Self.claims())
        #expect(JWTSeal(secrets: [Self.two, Self.one]).claims(in: token, at: Self.now) != nil)
        #expect(JWTSeal(secrets: [Self.two]).claims(in: token, at: Self.now) == nil)
        #expect(throws: FailureReport.self) { try JWTSeal(secrets: []).token(of: Self.claims()) }
        #expect(JWTSeal(secrets: []).claims(in: token, at: Self.now) == nil)
    }

    @Test("without a signature, or under another algorithm, is none")
    func otherHeads() throws {
        let seal = JWTSeal(secrets: [Self.one])
        let parts = try seal.token(of: Self.claims()).split(separator: ".").map(String.init)
        for head in [#"{"alg":"none","typ":"JWT"}"#, #"{"typ":"JWT","alg":"HS256"}"#, #"{"alg":"HS512","typ":"JWT"}"#] {
            let signed = Base64.url.text(of: Array(head.utf8)) + "." + parts[1]
            let token = signed + "." + Base64.url.text(of: JWTSeal.signature(of: signed, by: Self.one))
            #expect(seal.claims(in: token, at: Self.now) == nil)
        }
        #expect(seal.claims(in: parts[0] + "." + parts[1] + ".", at: Self.now) == nil)
        #expect(seal.claims(in: parts[0] + "." + parts[1], at: Self.now) == nil)
    }

    @Test("spoilt in any one place is none; 20,000 tries")
    func spoilt() throws {
        let seal = JWTSeal(secrets: [Self.one])
        let good = Array(try seal.token(of: Self.claims()).utf8)
        var dice = SplitMix(state: 7)
        for _ in 0..<20_000 {
            var spoilt = good
            let place = Int.random(in: 0..<spoilt.count, using: &dice)
            switch Int.random(in: 0..<3, using: &dice) {
            case 0: spoilt[place] = UInt8.random(in: 0..<128, using: &dice)
            case 1: spoilt.remove(at: place)
            default: spoilt.insert(UInt8.random(in: 0..<128, using: &dice), at: place)
            }
            guard spoilt != good else { continue }
            let token = String(decoding: spoilt, as: UTF8.self)
            if seal.claims(in: token, at: Self.now) != nil { Issue.record("believed: \(token)") }
        }
        #expect(seal.claims(in: String(repeating: "a", count: 1 << 20), at: Self.now) == nil)
    }

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = state
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return bits ^ (bits >> 31)
        }
    }
}
