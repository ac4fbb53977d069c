// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Foundation
import Testing
import Wire

/// `Tests/Vectors` holds what we promised to write, byte for byte. After a wanted change it is written anew by
/// `AINER_VECTORS=write ./ainer test --filter VectorTests`; the difference is what others will have to live with.
@Suite("The vectors")
struct VectorTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Vectors")
    private static let isWriting = ProcessInfo.processInfo.environment["AINER_VECTORS"] == "write"

    private func hold(_ bytes: [UInt8], to path: String) throws {
        let file = Self.folder.appendingPathComponent(path)
        if Self.isWriting {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes + [0x0A]).write(to: file)
        }
        let kept = try String(contentsOf: file, encoding: .utf8)
        #expect(kept == String(decoding: bytes, as: UTF8.self) + "\n", "\(path)")
    }

    @Test("of every typed event are what its envelope is written as, and are read again")
    func envelopes() throws {
        for entry in Registry.standard.entries where entry.lifecycle == .live {
            guard case .typed = entry.schema else { continue }
            let envelope = Specimen.envelope(entry)
            let bytes = try EnvelopeGate.write(envelope)
            try hold(bytes, to: "\(entry.catalogue.rawValue)/\(entry.name).json")
            #expect(try EnvelopeReader.read(bytes) == envelope)
        }
    }

    @Test("of every contract and payload are what our types write, and fit their tables", arguments: [true, false])
    func contracts(isContract: Bool) throws {
        for sample in isContract ? Golden.contracts : Golden.payloads {
            let bytes = try sample.bytes()
            try hold(bytes, to: "\(isContract ? "contracts" : "payloads")/\(sample.name).json")
            #expect(try ShapeCheck.faults(in: bytes, against: sample.shape) == [], "\(sample.name)")
            #expect(try sample.again(bytes) == bytes, "\(sample.name)")
        }
    }

    @Test("are all of something that is still said")
    func noneLeftOver() throws {
        let files = FileManager.default.enumerator(atPath: Self.folder.path)?.compactMap { $0 as? String } ?? []
        let known =
            Registry.standard.entries.map { "\($0.catalogue.rawValue)/\($0.name).json" }
            + Golden.contracts.map { "contracts/\($0.name).json" } + Golden.payloads.map { "payloads/\($0.name).json" }
        #expect(files.filter { $0.hasSuffix(".json") && !known.contains($0) } == [])
        #expect(files.count { $0.hasSuffix(".json") } > 90)
    }

    @Test("of older writers are still read: other words, other names, one artifact by its place")
    func oldWriters() throws {
        let result = try JSON.decode(
            WorkerResult.self,
            from: #"{"job_id":"job_1","status":"ok","attempt":1,"started_at":"2026-02-26T12:00:00Z","#
                + #""finished_at":"2026-02-26T12:00:01Z","artifact_uri":"s3://bucket/key"}"#)
        #expect(result.status == .succeeded)
        #expect(result.artifacts.map(\.meta.uri) == ["s3://bucket/key"])
        let bytes = try #require(Golden.contracts.first { $0.name == "ArtifactMeta" }).bytes()
        let old = String(decoding: bytes, as: UTF8.self).replacing("\"uri\"", with: "\"path\"")
        #expect(try JSON.decode(ArtifactMeta.self, from: old).key != nil)
        #expect(try JSON.decode(EntityType.self, from: #""character""#) == .person)
    }
}
