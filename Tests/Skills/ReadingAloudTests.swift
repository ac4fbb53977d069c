// SkillsTests · tests · sees Contracts, Ingest, Entities, Planning, Wire
import Foundation
import Testing

@Suite("A plan for people to read")
struct ReadingAloudTests {
    @Test("the plan of a story is printed when AINER_PLAN names the file")
    func printsThePlan() throws {
        guard let name = ProcessInfo.processInfo.environment["AINER_PLAN"] else { return }
        let text = try String(contentsOfFile: name, encoding: .utf8)
        print(try Desk(text, fileName: name).table())
    }
}
