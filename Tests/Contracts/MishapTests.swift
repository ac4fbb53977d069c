// ContractsTests · tests · sees Contracts
import Contracts
import Testing

@Suite("A failure that a story orders")
struct MishapTests {
    @Test("is read as it is said: where, what, and how often")
    func read() throws {
        let oom = try #require(Mishap("#fail video shot 2 oom"))
        #expect(oom.pool == .video && oom.unit == "S0002" && oom.kind == .oom && oom.times == nil)
        #expect(oom.meets(.video, "S0002", attempt: 9) && !oom.meets(.video, "S0003", attempt: 1))
        #expect(!oom.meets(.audio, "S0002", attempt: 1) && oom.report.errorCode == .deviceExhausted)
        let late = try #require(Mishap("#fail audio line 3 timeout twice"))
        #expect(late.unit == "L0003" && late.meets(.audio, "L0003", attempt: 2))
        #expect(!late.meets(.audio, "L0003", attempt: 3))
        let all = try #require(Mishap("#fail compose error 5 times"))
        #expect(all.unit == nil && all.times == 5 && all.meets(.compose, nil, attempt: 5))
        let codes = try Mishap.Kind.allCases.map { try #require(Mishap("#fail llm \($0.rawValue)")).report.errorCode }
        #expect(Set(codes).count == Mishap.Kind.allCases.count)
    }

    @Test(
        "that is not said as it has to be is none",
        arguments: [
            "#fail", "#fail tea oom", "#fail video", "#fail video shot oom", "#fail video shot 0 oom",
            "#fail video oom thrice", "#fail video oom 0 times", "#fail video oom once more", "fail video oom",
        ])
    func refused(line: String) {
        #expect(Mishap(line) == nil)
        #expect(Mishap.isOrder(line) == line.hasPrefix("#fail"))
    }

    @Test("is no heading of a story")
    func headings() {
        for line in ["# fail", "#failure", "## fail", "a #fail"] { #expect(!Mishap.isOrder(line)) }
    }
}
