// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Testing
import Wire

@Suite("The catalogues")
struct CatalogueTests {
    private let entries = Registry.standard.entries

    @Test("hold every name of their lists: 75 and 2 and our additions, 28, 61 and 3")
    func counts() {
        func count(_ catalogue: Catalogue, _ condition: (EventEntry) -> Bool = { _ in true }) -> Int {
            entries.count { $0.catalogue == catalogue && condition($0) }
        }
        #expect(count(.ainer) { !["deprecated", "addition"].contains($0.section) } == 75)
        #expect(entries.filter { $0.section == "deprecated" }.map(\.name) == ["step.enqueued", "step.retry.scheduled"])
        #expect(Set(entries.filter { $0.catalogue == .ainer }.map(\.section)).count == 14)
        #expect(count(.genesis) == 28)
        #expect(count(.agent) == 61)
        #expect(count(.unit) == 3)
        #expect(Unit.all.count == 76)
        #expect(Unit.all.count { $0.kind == .command } == 44)
        #expect(Set(Unit.all.map(\.domain)) == Set(Unit.Domain.allCases))
    }

    @Test("have one row for each name, and write names as their rule says")
    func oneRow() {
        #expect(Set(entries.map(\.type)) == Set(EventType.all))
        #expect(entries.count == EventType.all.count)
        for entry in entries {
            #expect(entry.catalogue.admits(entry.name), "\(entry.name)")
            #expect(EventType(entry.catalogue, entry.name) == entry.type)
            #expect(!entry.producers.isEmpty && !entry.meaning.isEmpty && !entry.section.isEmpty, "\(entry.name)")
        }
    }

    @Test("show users the 35 types of the stream that a front end handles, and keep its fragments out of databases")
    func agents() {
        let agents = entries.filter { $0.catalogue == .agent }
        #expect(agents.count { $0.visibility == .user } == 35)
        #expect(Set(agents.filter { $0.visibility == .internal }.map(\.name)) == ["status", "start", "compact_needed"])
        let fragments = agents.filter { $0.persistence == .transient && $0.section != "sandbox" }.map(\.name)
        #expect(fragments == ["thought_delta", "text_start", "text_delta", "text_end", "compact_needed"])
    }

    @Test("answer each of the 22 commands with one fact of its own, and leave six facts to generations")
    func commands() {
        let facts = GenesisCommand.allCases.map(\.event)
        #expect(facts.count == 22)
        #expect(Set(facts).count == 22)
        #expect(GenesisEvent.allCases.filter { $0.command == nil }.map(\.rawValue).count == 6)
        #expect(GenesisCommand.event(of: "Command.Genesis.Session.Theme.Revise") == .themeRevised)
        #expect(GenesisCommand.event(of: "Command.Genesis.Session.Theme.Burn") == nil)
    }

    @Test("have only one authority for a type, save where hosts are equals")
    func producers() {
        let shared = entries.filter { $0.producers.count > 1 }.map(\.name)
        #expect(
            Set(shared) == [
                "lease.started", "lease.renewed", "worker.result", "node.telemetry", "execution_started",
                "execution_completed",
                "execution_failed", "user_message",
            ])
    }
}

@Suite("A type on its way out")
struct LifecycleTests {
    private let old = EventType.ainer(.stepEnqueued)
    private let new = EventType.ainer(.jobEnqueued)

    private func phase(_ lifecycle: Lifecycle) -> Registry { .standard.with(old, lifecycle, replacedBy: new) }

    @Test("is said and heard while it is live")
    func live() {
        let registry = Registry.standard.with(old, .live, replacedBy: nil)
        #expect(registry.spoken(old) == [old])
        #expect(registry.spoken(new) == [new])
        #expect(registry.heard(old) == .take(old))
    }

    @Test("is not said any more when it is announced, and heard as its replacement")
    func announced() throws {
        #expect(Registry.standard[old]?.lifecycle == .announced)
        #expect(Registry.standard.spoken(old) == [])
        #expect(Registry.standard.spoken(new) == [new])
        #expect(Registry.standard.heard(old) == .take(new))
        let bytes = try Specimen.spoiled(new, "job.enqueued", "step.enqueued")
        #expect(try EnvelopeReader.read(bytes)?.eventType == new)
    }

    @Test("is said beside its replacement in the dual phase, and skipped by who knows the new one")
    func dual() throws {
        let registry = phase(.dualPublish)
        #expect(registry.spoken(new) == [new, old])
        #expect(registry.spoken(old) == [])
        #expect(registry.heard(old) == .skip)
        #expect(registry.heard(new) == .take(new))
        let bytes = try Specimen.spoiled(new, "job.enqueued", "step.enqueued")
        #expect(try EnvelopeReader.read(bytes, by: registry) == nil)
    }

    @Test("is neither said nor heard when it is removed, and the refusal names what took its place")
    func removed() throws {
        let registry = phase(.removed)
        #expect(registry.spoken(old) == [])
        #expect(registry.heard(old) == .refuse)
        let bytes = try Specimen.spoiled(new, "job.enqueued", "step.enqueued")
        do throws(EnvelopeRefusal) {
            _ = try EnvelopeReader.read(bytes, by: registry)
            Issue.record("it was let in")
        } catch {
            #expect(error.reason == .removedType)
            #expect(error.detail.contains("job.enqueued"))
        }
    }
}
