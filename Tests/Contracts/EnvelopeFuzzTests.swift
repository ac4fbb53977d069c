// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Testing
import Wire

@Suite("Two hundred thousand tampered envelopes")
struct EnvelopeFuzzTests {
    /// Eight streams of 25 000; each begins from envelopes of every type.
    @Test("crash nothing, and what is let in is written and read again as the same", arguments: 0..<8)
    func tampered(seed: UInt64) throws {
        let originals = Registry.standard.entries.map {
            EnvelopeWriter.write(Specimen.envelope($0, onlyRequired: seed % 2 == 0))
        }
        var dice = Chance(seed &+ 1000)
        var reasons: [EnvelopeRefusal.Reason: Int] = [:]
        var letIn = 0
        for round in 0..<25_000 {
            let bytes = dice.mutated(originals[round % originals.count])
            do throws(EnvelopeRefusal) {
                guard let envelope = try EnvelopeReader.read(bytes) else { continue }
                letIn += 1
                let again = try EnvelopeReader.read(EnvelopeWriter.write(envelope))
                #expect(again == envelope)
            } catch {
                reasons[error.reason, default: 0] += 1
            }
        }
        #expect(letIn > 100, "some injuries are harmless")
        #expect(reasons.count >= 8, "\(reasons)")
    }
}
