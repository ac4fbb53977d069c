// AinerBench · wiring · sees Contracts, Ports, Wire, Embedded, SQLiteDriver, ProcessDriver, Picture, Raster, Sound, Cutting
import Foundation
import Wire

/// One measured number, and what it was measured against in the same run.
struct Figure: Encodable, Sendable {
    var name: String
    var value: Double
    var unit: String
    var versus: String?
    var ratio: Double?

    func json() throws -> String { try JSON.text(self) }

    var sentence: String {
        let peer = versus.map { "  \(String(format: "%.2f", ratio ?? 0)) × \($0)" } ?? ""
        return "\(name)  \(String(format: "%.2f", value)) \(unit)\(peer)"
    }
}

/// A benchmark by its name.
struct Bench: Sendable {
    let name: String
    let meaning: String
    let run: @Sendable (_ seconds: Double) async throws -> [Figure]

    /// Away from the main thread, as everything in a service is: waking that one costs more.
    @concurrent func measure(_ seconds: Double) async throws -> [Figure] { try await run(seconds) }
}

enum Report {
    static func line(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
    static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

enum Pace {
    /// Repeats the work for the time and answers how often a second it was done.
    static func perSecond(_ seconds: Double, _ work: () async throws -> Int) async rethrows -> Double {
        let began = ContinuousClock.now
        var count = 0
        repeat { count += try await work() } while ContinuousClock.now - began < .seconds(seconds)
        let passed = (ContinuousClock.now - began) / .seconds(1)
        return Double(count) / passed
    }
}
