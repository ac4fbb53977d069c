// ArchitectureTests · tests · sees nothing
import Foundation
import Testing

/// Each rule, broken once on purpose.
@Suite("every rule bites") struct RuleTests {
    private let plan = FloorPlan(
        page: """
            | room | kind | may see |
            |---|---|---|
            | `Contracts` | pure | nothing |
            | `Sound` | pure | `Contracts` |
            | `{S}Core` | pure | `Contracts` |
            | `{S}Shell` | shell | `Contracts` `{S}Core` |
            | `Main` | wiring | everything |
            """)

    private let manifest = Manifest(targets: [
        target("Contracts", at: "Contracts", features: ["ExistentialAny"]),
        target("CSQLite", at: "Shared/C/CSQLite", apt: ["libsqlite3-dev"]),
        target("GatewayCore", at: "Services/Gateway/Core", sees: ["Contracts"]),
        target("GatewayShell", at: "Services/Gateway/Shell", sees: ["Contracts", "GatewayCore"]),
        target("HubShell", at: "Services/Hub/Shell", sees: ["Contracts"]),
        target("Main", at: "Services/Main", sees: ["GatewayShell", "HubShell"]),
    ])

    private static func target(
        _ name: String, at path: String, sees: [String] = [], features: [String] = [], apt: [String] = []
    ) -> Manifest.Target {
        Manifest.Target(name: name, type: "regular", path: path, sees: sees, features: features, apt: apt)
    }

    private func core(_ text: String) -> [SourceFile] {
        [SourceFile(path: "Services/Gateway/Core/X.swift", text: text)]
    }

    private func adding(_ sees: [String], to name: String) -> Manifest {
        Manifest(
            targets: manifest.targets.map {
                guard $0.name == name else { return $0 }
                return Self.target(name, at: $0.path, sees: $0.sees + sees)
            })
    }

    @Test("an arrow that is not on the plan")
    func arrow() {
        #expect(Arrows.planned(adding(["GatewayShell"], to: "GatewayCore"), plan).count == 2)
        #expect(Arrows.planned(manifest, plan).map(\.complaint).allSatisfy { $0.contains("CSQLite") })
        #expect(Arrows.noEmptyRows(manifest, plan).map(\.complaint) == ["Sound is not built"])
    }

    @Test("an import that the manifest does not declare")
    func undeclared() {
        #expect(Arrows.declared(core("import Contracts\nimport Foundation"), manifest).isEmpty)
        #expect(Arrows.declared(core("import Contracts\npackage import GatewayShell"), manifest).map(\.line) == [2])
    }

    @Test("a service that sees another")
    func service() {
        #expect(Arrows.betweenServices(manifest, plan).isEmpty)
        #expect(Arrows.betweenServices(adding(["GatewayCore"], to: "HubShell"), plan).count == 1)
    }

    @Test("a library with two doors")
    func doors() {
        #expect(Arrows.oneDoorPerLibrary(adding(["CSQLite"], to: "HubShell")).isEmpty)
        let twice = Manifest(
            targets: adding(["CSQLite"], to: "HubShell").targets
                + [Self.target("Other", at: "Shared/Other", sees: ["CSQLite"])])
        #expect(Arrows.oneDoorPerLibrary(twice).count == 1)
    }

    @Test(
        "a first line that is not true",
        arguments: [
            "import Contracts",
            "// GatewayShell · pure · sees Contracts",
            "// GatewayCore · engine · sees Contracts",
            "// GatewayCore · pure · sees nothing",
            "// GatewayCore · pure · sees Contracts, Contracts",
            "// GatewayCore · pure · sees Contracts, GatewayShell",
            "// GatewayCore · not built yet\nlet x = 1",
        ])
    func head(line: String) { #expect(!HeadLines.kept(core(line), manifest, plan).isEmpty) }

    @Test("a first line that is true")
    func honestHead() {
        #expect(HeadLines.kept(core("// GatewayCore · pure · sees Contracts"), manifest, plan).isEmpty)
        #expect(HeadLines.kept(core("// GatewayCore · not built yet\n"), manifest, plan).isEmpty)
    }

    @Test(
        "a clock, chance or the outside in a pure room",
        arguments: ["Date()", "UUID()", "Int.random(in: 0...1)", "Task { }", "print(1)", "FileManager.default"])
    func purity(code: String) {
        #expect(Purity.kept(core(code), manifest, plan).count == 1)
        #expect(Purity.kept(core("let taskDate = \"\(code)\"  // \(code)"), manifest, plan).isEmpty)
    }

    @Test("Foundation in a pure room")
    func pureImport() {
        let files = core("import Contracts\nimport Foundation")
        #expect(Purity.imports(files, manifest, plan, Exceptions(text: "")).map(\.line) == [2])
        let exceptions = Exceptions(text: "import Services/Gateway/Core/X.swift roots")
        #expect(Purity.imports(files, manifest, plan, exceptions).isEmpty)
    }

    @Test("a file, a function, a parameter list over budget")
    func budgets() {
        let none = Exceptions(text: "")
        let lines = String(repeating: "\n", count: 61)
        #expect(Budgets.files(core(String(repeating: "a\n", count: 400)), none).isEmpty)
        #expect(Budgets.files(core(String(repeating: "a\n", count: 401)), none).count == 1)
        #expect(Budgets.functions(core("func long() {\(lines)}"), none).isEmpty)
        #expect(Budgets.functions(core("func long() {\(lines)\n}"), none).count == 1)
        #expect(Budgets.functions(core("var long: Int {\(lines)\n}"), none).count == 1)
        let six = "(a: Int, b: Int, c: Int, d: Int, e: Int, f: Int)"
        #expect(Budgets.parameters(core("func wide\(six) {}"), none).count == 1)
        #expect(Budgets.parameters(core("init\(six) {\n    self.a = a\n}"), none).isEmpty)
        #expect(Budgets.parameters(core("init\(six) {\n    print(a)\n}"), none).count == 1)
    }

    @Test("an exception nobody needs, and one without a reason")
    func exceptions() {
        let long = core("func long() {\(String(repeating: "\n", count: 62))}")
        let path = "Services/Gateway/Core/X.swift"
        #expect(Budgets.functions(long, Exceptions(text: "function \(path):long a table")).isEmpty)
        #expect(Budgets.needed(Exceptions(text: "# note\nfunction \(path):long a table"), long).isEmpty)
        #expect(Budgets.needed(Exceptions(text: "function \(path):long"), long).count == 1)
        #expect(Budgets.needed(Exceptions(text: "file \(path) a table"), long).count == 1)
        #expect(Budgets.needed(Exceptions(text: "speed \(path) a table"), long).count == 1)
    }

    @Test("a trap", arguments: ["x!", "try! f()", "x as! Int", "f()!.a", "fatalError()"])
    func traps(code: String) {
        #expect(Wording.noTraps(core(code)).count == 1)
        #expect(Wording.noTraps(core("if !x != y { \"x!\" }  // x!")).isEmpty)
    }

    @Test("work put off in a comment")
    func promises() { #expect(Wording.noPromises(core("f()  // TODO: later\n/* FIXME */")).count == 2) }

    @Test("an error that is lost")
    func lostErrors() {
        #expect(Wording.noLostErrors(core("try? f()\ndo { g() } catch { }")).count == 2)
        #expect(Wording.noLostErrors(core("try? f()  // it is only a hint\ndo { g() } catch { h() }")).isEmpty)
    }

    @Test("a promise to the compiler without its proof")
    func proofs() {
        #expect(Wording.provenPromises(core("\n\nclass A: @unchecked Sendable {}")).count == 1)
        #expect(Wording.provenPromises(core("\n\nnonisolated(unsafe) var a = 1")).count == 1)
        #expect(Wording.provenPromises(core("/// Only the lane touches it.\nclass A: @unchecked Sendable {}")).isEmpty)
    }

    @Test("public words and vague names")
    func names() {
        #expect(Wording.nothingPublic(core("public struct A {}\nopen class B {}")).count == 2)
        #expect(Wording.honestNames(core("struct RunManager {}\nenum StringUtils {}")).count == 2)
        #expect(Wording.honestNames(core("struct Managerial {}")).isEmpty)
    }

    @Test("a test that sleeps")
    func sleep() {
        let nap = "try await Task.sleep(for: .seconds(1))"
        #expect(Wording.noSleepingTests([SourceFile(path: "Tests/X.swift", text: nap)]).count == 1)
        let meant = SourceFile(path: "Tests/X.swift", text: nap + "  // the moment of the kill is the subject")
        #expect(Wording.noSleepingTests(core(nap) + [meant]).isEmpty)
    }

    @Test("a feature without its guard, a package nobody installs")
    func manifestPapers() {
        #expect(Papers.guardedFeatures(manifest, guardText: "").count == 1)
        #expect(Papers.guardedFeatures(manifest, guardText: "#if !hasFeature(ExistentialAny)").isEmpty)
        #expect(Papers.packages(manifest, script: "libcairo2-dev").count == 1)
    }

    @Test("a table that lacks a row, has one too many or tells it wrong")
    func tables() {
        let page = Repository.text("docs/contracts/errors.md")
        #expect(Papers.errors(page: page).isEmpty)
        let lies = [
            ("| `ORCH-STATE-001` | no |", "| `ORCH-STATE-001` | yes |"), ("| no | 409 |", "| no | 500 |"),
            ("| composer |", "| planner |"), ("the plan contradicts itself", "the plan is fine"),
            ("start a new run", "wait"),
        ]
        for (truth, lie) in lies { #expect(Papers.errors(page: page.replacing(truth, with: lie)).count >= 2) }
        #expect(Papers.errors(page: page + "\n| `NO-SUCH` | no | 1 | a | b | c |").count == 1)
    }

    @Test("a page that drifted from its table")
    func drift() {
        #expect(Papers.drawn("a\nb", at: "x.md", as: "a\nb").isEmpty)
        #expect(Papers.drawn("a\nb\nc", at: "/nowhere/x.md", as: "a\nB\nc").map(\.line) == [2])
    }

    @Test("an event spelled where it is used")
    func strayEvents() {
        let text = "let type = \"run.created\"\nlet file = \"run.created.json\""
        #expect(Papers.eventNames(in: text, at: "Services/X/Y.swift").map(\.line) == [1])
        #expect(Papers.eventNames(in: text, at: "Contracts/Catalogues/AinerEvent.swift").isEmpty)
    }

    @Test("a code that nobody registered")
    func strangeCodes() {
        let strange = "ORCH-STATE" + "-007"
        #expect(Papers.codes(in: "x = \"\(strange)\"\ny = \"\(strange): text\"", at: "x").map(\.line) == [1, 2])
        #expect(Papers.codes(in: "ORCH-STATE-001 WORKER-LEASE-004 UTF-8 S-001 A-B-12 a-b-123", at: "x").isEmpty)
    }

    @Test("a command that is none, a link that leads nowhere")
    func pages() {
        let page = "Type `./ainer fly` or `./ainer make x`.\nSee [this](../a.md#b), [that](b.md), [web](https://c.d)."
        #expect(Papers.commands(page: page, at: "docs/x.md", usage: "./ainer make FILE").map(\.line) == [1])
        #expect(Papers.links(page: page, at: "docs/x.md") { $0 == "a.md" }.map(\.line) == [2])
    }
}
