// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Testing
import Wire

@Suite("The shot's tables and examples")
struct ShotContractTests {
    @Test("the examples of the page decode, have no faults and are written one way", arguments: ShotExamples.names)
    func examples(name: String) throws {
        let value = try ShotExamples.value(name)
        #expect(ShotDSL.faults(in: value).isEmpty)
        let shot = try JSON.decode(ShotDSL.self, from: try ShotExamples.text(name))
        let written = try JSON.text(shot)
        #expect(try JSON.text(try JSON.decode(ShotDSL.self, from: written)) == written)
        #expect(try JSON.decode(ShotDSL.self, from: written) == shot)
        #expect(try JSON.decode(JSONValue.self, from: written).holds(value), "nothing of the file is lost")
        #expect(ShotDSL.faults(in: try JSON.value(shot)).isEmpty)
    }

    @Test("what the table says a field is when nobody wrote it is what the types say")
    func defaults() throws {
        let full = try Self.everything()
        for shape in ShotTable.groups {
            let found = full.groups(at: shape.name)
            #expect(!found.isEmpty, "\(shape.name) is in the full shot")
            for field in shape.fields where !field.isRequired && field.name != "by" {
                let explicit = try field.usual.map { try full.setting($0, of: field.name, at: shape.name) }
                let absent = try full.setting(nil, of: field.name, at: shape.name)
                let same = try shot(absent)
                if let explicit {
                    #expect(try shot(explicit) == same, "\(shape.name) \(field.name)")
                }
            }
        }
    }

    @Test("every field of the table is read, kept, and written again")
    func fields() throws {
        let full = try Self.everything()
        #expect(ShotDSL.faults(in: full).isEmpty)
        let again = try JSON.value(try shot(full))
        #expect(again == full)
        for shape in ShotTable.groups {
            let group = try #require(full.groups(at: shape.name).first, "\(shape.name)")
            guard case .object(let members) = group else { continue }
            #expect(Set(members.keys) == Set(shape.fields.map(\.name)), "\(shape.name)")
        }
    }

    @Test("a required field cannot be left out of any group")
    func required() throws {
        let full = try Self.everything()
        for shape in ShotTable.groups {
            for field in shape.fields where field.isRequired {
                let without = try full.setting(nil, of: field.name, at: shape.name)
                #expect(throws: (any Error).self, "\(shape.name) \(field.name)") {
                    try shot(without)
                }
                #expect(ShotDSL.faults(in: without).contains { $0.kind == .missing }, "\(shape.name) \(field.name)")
            }
        }
    }

    @Test("fields of a version to come survive at every level")
    func strangers() throws {
        let full = try Self.everything()
        let news: JSONValue = .object(["a": .array([.number(0.25), .null])])
        for shape in ShotTable.groups {
            let richer = try full.setting(news, of: "hologram", at: shape.name)
            #expect(richer != full)
            #expect(try JSON.value(try shot(richer)) == richer, "\(shape.name)")
            let faults = ShotDSL.faults(in: richer)
            #expect(faults.map(\.kind) == Array(repeating: .unknownField, count: faults.count))
            #expect(!faults.isEmpty, "\(shape.name)")
        }
    }

    @Test("no vocabulary says a word twice, and a typical word is one of its class or another of its list")
    func words() {
        for list in ShotWords.all {
            #expect(Set(list.words).count == list.words.count, "\(list.name)")
            let lexicon = list.classes.flatMap(\.lexicon)
            #expect(Set(lexicon).count == lexicon.count, "\(list.name)")
            #expect(Set(lexicon).isDisjoint(with: list.words), "\(list.name)")
            for group in list.classes where !group.typical.isEmpty {
                #expect(list.contains(group.typical), "\(list.name): \(group.typical)")
            }
        }
        #expect(Set(ShotWords.all.map(\.name)).count == ShotWords.all.count)
        #expect(ShotWords.mouths.words == Viseme.allCases.map(\.rawValue))
        #expect(ShotWords.ages.words == Age.allCases.map(\.rawValue))
        #expect(ShotWords.lineKinds.words == ShotDSL.SpokenLine.Kind.allCases.map(\.rawValue))
    }

    @Test("the page and the schema are what the tables say; `ainer contracts export` writes them")
    func pages() throws {
        #expect(try ShotExamples.page("docs/contracts/shot.md") == ShotPage.text())
        let file = try ShotExamples.page("docs/contracts/schemas/contracts/ShotDSL.json")
        guard case .object(var schema) = try JSON.value(of: Array(file.utf8)) else { return }
        #expect(schema.removeValue(forKey: "$schema") == .string("https://json-schema.org/draft/2020-12/schema"))
        #expect(schema.removeValue(forKey: "$id") == .string("urn:ainer:schema:contracts:ShotDSL"))
        #expect(JSON.text(of: .object(schema)) == JSON.text(of: ShotTable.shot.jsonSchema))
    }

    @Test("every field and every word stands on the page")
    func page() throws {
        let page = try ShotExamples.page("docs/contracts/shot.md")
        for field in ShotTable.groups.flatMap(\.fields) {
            #expect(page.contains("| `\(field.name)` |"), "\(field.name)")
        }
        for word in ShotWords.all.flatMap(\.words) { #expect(page.contains("`\(word)`"), "\(word)") }
    }

    private func shot(_ value: JSONValue) throws -> ShotDSL { try JSON.decode(from: JSON.text(of: value)) }

    /// A shot in which every field of every group is written, and nothing is what it would be anyway.
    static func everything() throws -> JSONValue { try ShotExamples.value("everything") }
}
