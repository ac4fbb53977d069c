// JourneyTests · tests · sees AinerCLI, AinerCLICore, AinerVoice, Contracts, Wire, Ports, SQLiteDriver
import Contracts
import Foundation
import Ports
import SQLiteDriver
import Wire

/// The built programs, run the way a user runs them, over a data folder of their own.
struct Household {
    let folder: String
    /// What is set besides the data folder.
    private let settings: [String: String]

    init(_ settings: [String: String] = [:]) throws {
        self.settings = settings
        folder = NSTemporaryDirectory() + "ainer-journey-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Everything of this household is gone afterwards.
    func clear() { try? FileManager.default.removeItem(atPath: folder) }  // the system clears it too

    var data: String { folder + "/data" }
    var out: String { folder + "/out" }

    /// Where the one who serves this folder answers.
    func address() throws -> String {
        let lock = try JSON.value(of: Array(try Data(contentsOf: URL(fileURLWithPath: data + "/host.lock"))))
        guard case .integer(let port)? = lock["port"] else { throw CocoaError(.fileReadCorruptFile) }
        return "http://127.0.0.1:\(port)"
    }

    static let story = """
        # The Cup

        Anna sat in the kitchen. She held a blue cup.

        "It is warm," she said.

        At night the wind came.
        """

    /// Where the build put its programs: beside the tests.
    static let programs = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path

    func write(_ text: String, as name: String = "cup.md") throws -> String {
        let path = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    struct Ended {
        let status: Int32
        let output: String
        let complaint: String
    }

    func start(_ arguments: [String], input: String? = nil) throws -> Running {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let environment = ["AINER_DATA": data, "PATH": path].merging(settings) { $1 }
        return try Running(arguments, environment: environment, input: input)
    }

    func run(_ arguments: [String], input: String? = nil) throws -> Ended { try start(arguments, input: input).wait() }

    func make(_ story: String, _ more: [String] = []) throws -> Ended {
        try run(["make", story, "-o", out, "--quality", "draft"] + more)
    }

    /// What the hub has promoted, as `type/unit` → artifact and checksum.
    func promoted() async throws -> [String: Promoted] {
        let path = data + "/hub.sqlite"
        guard FileManager.default.fileExists(atPath: path) else { return [:] }
        let database = try await SQLiteDatabase.open(path: path, owner: "hub")
        let rows = try await database.transaction { tx -> [(String, String, String, String)] in
            // Killed before its first migration, a database has no tables yet.
            guard try await tx.row(Self.hasArtifacts("artifacts")) != nil else { return [] }
            return try await tx.rows(Self.artifacts())
        }
        await database.close()
        return Dictionary(uniqueKeysWithValues: rows.map { ("\($0.0)/\($0.1)", Promoted(id: $0.2, checksum: $0.3)) })
    }

    struct Promoted: Equatable {
        let id: String
        let checksum: String
    }

    /// How many times each job was told to have succeeded.
    func successes() async throws -> [Int] {
        let database = try await SQLiteDatabase.open(path: data + "/hub.sqlite", owner: "hub")
        let rows = try await database.transaction { tx in try await tx.rows(Self.told()) }
        await database.close()
        let jobs = try rows.map { try JSONDecoder().decode(JobOnly.self, from: Data($0)).job_id }
        return Dictionary(grouping: jobs) { $0 }.values.map(\.count)
    }

    private struct JobOnly: Decodable {
        let job_id: String
    }

    private static let hasArtifacts = statement(
        "test.tables", takes: String.self, gives: (String).self,
        """
        SELECT name
        FROM sqlite_schema
        WHERE type = 'table' AND name = $1
        """)

    private static let artifacts = statement(
        "test.artifacts", gives: (String, String, String, String).self,
        """
        SELECT kind || '#' || job_id, unit, id, checksum
        FROM hub.artifacts
        ORDER BY id
        """)

    private static let told = statement(
        "test.told", gives: ([UInt8]).self,
        """
        SELECT body
        FROM events
        WHERE type = 'job.succeeded'
        """)
}

/// A program under way.
/// Sendable because one at a time waits for it or hears it, and a signal goes to the number of its process.
final class Running: @unchecked Sendable {
    private let process = Process()
    private let output = Pipe()
    private let complaint = Pipe()

    init(_ arguments: [String], environment: [String: String], input: String? = nil) throws {
        process.executableURL = URL(fileURLWithPath: Household.programs + "/ainer")
        process.arguments = arguments
        process.environment = environment
        process.standardOutput = output
        process.standardError = complaint
        let typed = Pipe()
        if input != nil { process.standardInput = typed }
        try process.run()
        if let input {
            typed.fileHandleForWriting.write(Data(input.utf8))
            try typed.fileHandleForWriting.close()
        }
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Reads to the end of both pipes, then collects the status; a signal counts as 128 and its number.
    func wait() -> Household.Ended {
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complained = complaint.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let status =
            process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
        return Household.Ended(
            status: status, output: String(decoding: said, as: UTF8.self),
            complaint: String(decoding: complained, as: UTF8.self))
    }

    /// Reads until the run has its name: work has begun.
    func waitForTheRun() { _ = hear(until: "run_") }

    /// Reads until these words were said, or the program ends; answers all that was said until then.
    func hear(until words: String) -> String {
        var heard = ""
        while !heard.contains(words) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { return heard }
            heard += String(decoding: more, as: UTF8.self)
        }
        return heard
    }
}
