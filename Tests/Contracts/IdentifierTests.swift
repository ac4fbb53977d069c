// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Testing
import Wire

@Suite("A name")
struct IdentifierTests {
    @Test(
        "refuses another kind's prefix, nothing, too much and strange letters",
        arguments: [
            "", "run_", "job_1", "run_a b", "run_é", "run_" + String(repeating: "x", count: 65), " run_1", "RUN_1",
        ])
    func refuses(_ text: String) {
        #expect(RunID(rawValue: text) == nil)
        #expect(throws: DecodingError.self) { try JSON.decode(RunID.self, from: JSON.text(text)) }
    }

    @Test("is kept as it was given")
    func keeps() throws {
        let name = try #require(RunID(rawValue: "run_01JD-x_9"))
        #expect(try JSON.decode(RunID.self, from: JSON.text(name)) == name)
        #expect(ShotID(ordinal: 7).rawValue == "S0007")
        #expect(SceneID(ordinal: 123).rawValue == "SC123")
    }

    @Test("minted later sorts later, and has 26 letters of the ULID alphabet")
    func ulids() {
        let early = ULID.text(milliseconds: 1_764_022_719_000, high: .max, low: .max)
        let late = ULID.text(milliseconds: 1_764_022_719_001, high: 0, low: 0)
        #expect(early < late)
        #expect(early.utf8.count == 26)
        #expect(ULID.text(milliseconds: 0, high: 0, low: 1) == "00000000000000000000000001")
        #expect(ULID.text(milliseconds: 0xFFFF_FFFF_FFFF, high: .max, low: .max) == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
    }

    @Test("of an object is the hash of its bytes and nothing else")
    func objectKeys() {
        let hex = String(repeating: "ab", count: 32)
        #expect(ObjectKey(hex: hex)?.path == "sha256/ab/\(hex)")
        #expect(ObjectKey(uri: "object:sha256/ab/\(hex)")?.hex == hex)
        #expect(ObjectKey(hex: hex.uppercased()) == nil)
        #expect(ObjectKey(uri: "object:sha256/../../etc/passwd") == nil)
    }

    @Test("of idempotency follows from its parts and their order, and from nothing else")
    func derived() {
        let key = IdempotencyKey.derive("run_1", "render_video", "S0001")
        // printf 'run_1|render_video|S0001' | sha256sum
        #expect(key.rawValue == "idem_ff71d5877a25d57cb1c2aa1f712e0361")
        #expect(key == .derive("run_1", "render_video", "S0001"))
        #expect(key != .derive("render_video", "run_1", "S0001"))
        #expect(IdempotencyKey(rawValue: String(repeating: "k", count: 256)) != nil)
        #expect(IdempotencyKey(rawValue: String(repeating: "k", count: 257)) == nil)
        #expect(TenantID(rawValue: String(repeating: "k", count: 129)) == nil)
    }
}
