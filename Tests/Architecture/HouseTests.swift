// ArchitectureTests · tests · sees Contracts
import Contracts
import Testing

/// The rules, held against the house as it stands.
@Suite("the house") struct HouseTests {
    static let manifest = Result { try Manifest.load() }
    static let plan = FloorPlan(page: Repository.text("docs/architecture.md"))
    static let exceptions = Exceptions(text: Repository.text(Exceptions.path))

    private let files = Repository.sources
    private let written = Repository.sources + [Repository.manifestText]

    @Test("every arrow of the manifest is on the floor plan, and every room of the plan is built")
    func arrows() throws {
        let manifest = try Self.manifest.get()
        expectNone(Arrows.planned(manifest, Self.plan) + Arrows.noEmptyRows(manifest, Self.plan))
    }

    @Test("a file imports only what its room declares")
    func imports() throws { expectNone(Arrows.declared(files, try Self.manifest.get())) }

    @Test("services meet in Contracts and nowhere else")
    func services() throws { expectNone(Arrows.betweenServices(try Self.manifest.get(), Self.plan)) }

    @Test("a library in C is opened by one room")
    func libraries() throws { expectNone(Arrows.oneDoorPerLibrary(try Self.manifest.get())) }

    @Test("the first line of a file says which room it lies in and what it sees")
    func heads() throws { expectNone(HeadLines.kept(files, try Self.manifest.get(), Self.plan)) }

    @Test("pure rooms know no clock, no chance, no outside and no other thread")
    func purity() throws { expectNone(Purity.kept(files, try Self.manifest.get(), Self.plan)) }

    @Test("pure rooms import rooms, and only Picture and Sound take maths from Foundation")
    func pureImports() throws {
        expectNone(Purity.imports(files, try Self.manifest.get(), Self.plan, Self.exceptions))
    }

    @Test("no file, function or parameter list is larger than its budget")
    func budgets() {
        expectNone(Budgets.files(written, Self.exceptions))
        expectNone(Budgets.functions(written, Self.exceptions))
        expectNone(Budgets.parameters(written, Self.exceptions))
    }

    @Test("every exception is needed and has a reason")
    func exceptions() { expectNone(Budgets.needed(Self.exceptions, written)) }

    @Test("nothing traps, nothing is promised for later, no error is lost")
    func wording() {
        expectNone(Wording.noTraps(written))
        expectNone(Wording.noPromises(written))
        expectNone(Wording.noLostErrors(written))
        expectNone(Wording.provenPromises(written))
    }

    @Test("names are nouns of the trade, and nothing is public")
    func names() {
        expectNone(Wording.honestNames(files))
        expectNone(Wording.nothingPublic(files))
    }

    @Test("no test sleeps")
    func sleep() { expectNone(Wording.noSleepingTests(files)) }

    @Test("a misspelt upcoming feature stops the build")
    func features() throws {
        let text = Repository.text("Contracts/FeatureGuard.swift")
        expectNone(Papers.guardedFeatures(try Self.manifest.get(), guardText: text))
    }

    @Test("every failure has its row, and the row is true")
    func tables() {
        expectNone(Papers.errors(page: Repository.text("docs/contracts/errors.md")))
    }

    @Test("pages that are drawn from tables are up to date")
    func drawings() {
        let path = "docs/contracts/errors.md"
        expectNone(Papers.drawn(Repository.text(path), at: path, as: ErrorCode.page()))
        let machines = "docs/state-machines.md"
        expectNone(Papers.drawn(Repository.text(machines), at: machines, as: StateMachines.page()))
    }

    @Test("whatever looks like a failure's code is registered")
    func codes() {
        let places = files.map(\.path) + Repository.pages
        #expect(places.contains("docs/contracts/errors.md"))
        for path in places { expectNone(Papers.codes(in: Repository.text(path), at: path)) }
    }

    @Test("no event is spelled outside its catalogue")
    func eventNames() {
        let sources = files.map(\.path).filter { !$0.hasPrefix("Tests/") }
        for path in sources { expectNone(Papers.eventNames(in: Repository.text(path), at: path)) }
    }

    @Test("the launcher installs what the manifest's libraries come from")
    func packages() throws {
        expectNone(Papers.packages(try Self.manifest.get(), script: Repository.text("infra/scripts/needs.sh")))
    }

    @Test("the commands and links on our pages work")
    func pages() {
        let usage = Repository.text("ainer")
        for path in Repository.pages {
            let page = Repository.text(path)
            expectNone(Papers.commands(page: page, at: path, usage: usage))
            expectNone(Papers.links(page: page, at: path, exists: Repository.exists))
        }
    }
}

/// One issue for each violation, so that all are seen at once.
func expectNone(_ violations: [Violation], _ location: SourceLocation = #_sourceLocation) {
    for violation in violations { Issue.record("\(violation)", sourceLocation: location) }
}
