// AinerBench · wiring · sees Contracts, Ports, Wire, Embedded, SQLiteDriver, ProcessDriver, Picture, Raster, Sound, Cutting
import Foundation

/// `ainer-bench NAME|all [--seconds N] [--json]`: one measurement a line, against a peer or a bare limit where there is one.
let arguments = Array(CommandLine.arguments.dropFirst())
guard let name = arguments.first(where: { !$0.hasPrefix("-") && Double($0) == nil }), name != "help" else {
    Report.complain("usage: ainer-bench NAME|all [--seconds N] [--json]\n       ainer-bench list")
    exit(arguments.isEmpty ? 2 : 0)
}
if name == Followers.program {
    do { try Followers.follow(arguments) } catch {
        Report.complain("\(error)")
        exit(1)
    }
    exit(0)
}
if name == IdleWorker.program { await IdleWorker.run() }
if name == "list" {
    for bench in Benches.all { Report.line("\(bench.name)  \(bench.meaning)") }
    exit(0)
}
let chosen = Benches.all.filter { name == "all" || name == $0.name }
guard !chosen.isEmpty else {
    Report.complain("there is no benchmark \"\(name)\"; `ainer-bench list` names them")
    exit(2)
}
var seconds = 3.0
if let index = arguments.firstIndex(of: "--seconds") {
    guard index + 1 < arguments.count, let given = Double(arguments[index + 1]), (0.1...3600).contains(given) else {
        Report.complain("--seconds takes a number from 0.1 to 3600")
        exit(2)
    }
    seconds = given
}
do {
    let isJSON = arguments.contains("--json")
    for bench in chosen {
        for figure in try await bench.measure(seconds) { Report.line(isJSON ? try figure.json() : figure.sentence) }
    }
} catch {
    Report.complain("\(name) failed: \(error)")
    exit(1)
}
