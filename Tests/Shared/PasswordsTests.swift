// SharedTests · tests · sees Contracts, CryptoDriver, Embedded
import Contracts
import CryptoDriver
import Embedded
import Testing

@Suite("A password")
struct PasswordsTests {
    struct Vector: Sendable {
        let (password, salt): (String, String)
        let costs: ScryptCosts
        let hex: String
    }

    /// RFC 7914, section 12. The fourth needs a gigabyte, which we refuse.
    static let vectors = [
        Vector(
            password: "", salt: "", costs: ScryptCosts(logN: 4, r: 1, p: 1),
            hex: "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"),
        Vector(
            password: "password", salt: "NaCl", costs: ScryptCosts(logN: 10, r: 8, p: 16),
            hex: "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"),
        Vector(
            password: "pleaseletmein", salt: "SodiumChloride", costs: ScryptCosts(logN: 14, r: 8, p: 1),
            hex: "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"),
    ]

    @Test("is derived as RFC 7914 says", arguments: vectors)
    func published(_ vector: Vector) throws {
        let key = try vector.costs.derive(Array(vector.password.utf8), salt: Array(vector.salt.utf8), count: 64)
        #expect(key.hexText == vector.hex)
    }

    @Test("opens what it sealed, and nothing else does; each seal has salt of its own")
    func opens() async throws {
        let keeper = Passwords(entropy: SystemEntropy())
        let (one, other) = (try await keeper.seal("correct horse"), try await keeper.seal("correct horse"))
        #expect(one != other && one.hasPrefix("$scrypt$ln=15,r=8,p=1$"))
        let (right, wrong) = (try await keeper.opens("correct horse", one), try await keeper.opens("correct hors", one))
        #expect(right && !wrong)
        await keeper.close()
    }

    @Test("is opened at the costs it was sealed at")
    func olderCosts() async throws {
        let (cheap, usual) = (
            Passwords(costs: ScryptCosts(logN: 5, r: 4, p: 2), entropy: SystemEntropy()),
            Passwords(entropy: SystemEntropy())
        )
        let sealed = try await cheap.seal("correct horse")
        let opens = try await usual.opens("correct horse", sealed)
        #expect(sealed.contains("ln=5,r=4,p=2") && opens)
        await cheap.close()
        await usual.close()
    }

    @Test(
        "of nobody, or under a seal that is none, opens nothing",
        arguments: [
            nil, "", "plain", "$scrypt$ln=15,r=8,p=1$$",
            "$scrypt$ln=30,r=8,p=1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=+4,r=8$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "$argon2$x$y$z",
        ])
    func nobody(_ sealed: String?) async throws {
        let keeper = Passwords(costs: ScryptCosts(logN: 4, r: 8, p: 1), entropy: SystemEntropy())
        let opens = try await keeper.opens("", sealed)
        #expect(!opens)
        await keeper.close()
    }

    @Test("takes two benches at most: whoever gives up waiting leaves the queue, and all others come through")
    func queue() async throws {
        let keeper = Passwords(entropy: SystemEntropy())
        let patient = (0..<4).map { _ in Task { try await keeper.seal("correct horse") } }
        let gone = Task { try await keeper.seal("correct horse") }
        gone.cancel()
        await #expect(throws: CancellationError.self) { try await gone.value }
        for task in patient { _ = try await task.value }
        await keeper.close()
        await #expect(throws: (any Error).self) { try await keeper.seal("correct horse") }
    }

    @Test("more memory than 64 MB is refused")
    func tooMuch() {
        #expect(throws: ScryptRefused.self) {
            try ScryptCosts(logN: 17, r: 8, p: 1).derive([1], salt: [1], count: 32)
        }
    }
}

@Suite("Base 64")
struct Base64Tests {
    @Test("writes what RFC 4648 lists, without padding, and reads it back")
    func published() {
        let pairs = [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
        for (plain, text) in pairs {
            #expect(Base64.url.text(of: Array(plain.utf8)) == text)
            #expect(Base64.plain.bytes(of: text) == Array(plain.utf8))
        }
        #expect(Base64.url.text(of: [0xFB, 0xFF]) == "-_8" && Base64.plain.text(of: [0xFB, 0xFF]) == "+/8")
    }

    @Test(
        "refuses every second way to write the same bytes",
        arguments: ["Zh", "Zg==", "Zm9", "Z", "Zm9v\n", "Zm 9v", "Zm9vY", "+/8", "Zé"])
    func strict(_ text: String) {
        #expect(Base64.url.bytes(of: text) == nil)
    }
}
