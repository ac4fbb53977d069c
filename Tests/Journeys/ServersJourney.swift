// JourneyTests · tests · sees AinerCLI, Contracts, Ports, PostgresDriver, Kit
import Foundation
import Kit
import Ports
import PostgresDriver
import Testing

@Suite("A film over RabbitMQ and PostgreSQL")
struct ServersJourney {
    @Test("is the film of the laptop, also when the program was killed in the middle")
    func sameFilm() async throws {
        let (broker, database) = (try await Servers.rabbit().vhostURL(), try await Servers.postgres(.v16).database())
        let farm = try Household(["AINER_BROKER": broker, "AINER_DATABASE": database])
        let laptop = try Household()
        defer {
            farm.clear()
            laptop.clear()
        }
        let story = try farm.write(Household.story)
        let first = try farm.start(["make", story, "-o", farm.out, "--quality", "draft"])
        let hub = try await PostgresDatabase.open(url: database, owner: "hub")
        let isUnderWay = try await eventually(within: .seconds(120)) { try await promoted(in: hub) >= 5 }
        #expect(isUnderWay)
        first.signal(SIGKILL)
        _ = first.wait()
        // What the dead one held is offered again at once: nobody else can be at work over this database.
        let second = try farm.make(story)
        #expect(second.status == 0, "\(second.complaint)")
        #expect(try laptop.make(try laptop.write(Household.story)).status == 0)
        let films = try [farm, laptop].map { try Data(contentsOf: URL(fileURLWithPath: $0.out + "/cup.mp4")) }
        #expect(films[0] == films[1])
        #expect(try await successes(in: hub).allSatisfy { $0 == 1 }, "each job succeeded once")
        await hub.close()
    }

    @Test("says what is wrong with a server, names its place, and never its password")
    func wrongServers() async throws {
        let broker = try await Servers.rabbit().vhostURL()
        let wrong = broker.replacing("guest:guest@", with: "guest:geheim@")
        let database = try await Servers.postgres(.v16).database()
        for settings in [
            ["AINER_BROKER": wrong, "AINER_DATABASE": database],
            ["AINER_BROKER": broker, "AINER_DATABASE": "postgres://u:geheim@127.0.0.1:1/x"],
        ] {
            let home = try Household(settings)
            defer { home.clear() }
            let ended = try home.make(try home.write(Household.story))
            #expect(ended.status != 0)
            #expect(ended.complaint.contains("SYS-DEPENDENCY-001"), "\(ended.complaint)")
            #expect(!ended.complaint.contains("geheim"))
        }
    }

    @Test("wants both servers or neither, and one program at a time")
    func manners() async throws {
        let (broker, database) = (try await Servers.rabbit().vhostURL(), try await Servers.postgres(.v16).database())
        let half = try Household(["AINER_BROKER": broker])
        let one = try Household(["AINER_BROKER": broker, "AINER_DATABASE": database])
        let other = try Household(["AINER_BROKER": broker, "AINER_DATABASE": database])
        defer { for home in [half, one, other] { home.clear() } }
        let story = try half.write(Household.story)
        #expect(try half.make(story).complaint.contains("set both, or neither"))
        let first = try one.start(["make", story, "-o", one.out, "--quality", "draft"])
        first.waitForTheRun()
        let second = try other.make(story)
        #expect(second.status != 0)
        #expect(second.complaint.contains("another ainer works over the database"), "\(second.complaint)")
        first.signal(SIGINT)
        _ = first.wait()
    }

    private func promoted(in hub: PostgresDatabase) async throws -> Int {
        do {
            return try await hub.transaction { tx in try await tx.row(Self.artifacts()) } ?? 0
        } catch let failure as DatabaseFailure where failure.code == .misuse {
            return 0  // its tables are not there yet
        }
    }

    private func successes(in hub: PostgresDatabase) async throws -> [Int] {
        try await hub.transaction { tx in try await tx.rows(Self.told()) }
    }

    private static let artifacts = statement(
        "test.artifacts", gives: (Int).self,
        """
        SELECT count(*)
        FROM hub.artifacts
        """)

    private static let told = statement(
        "test.told", gives: (Int).self,
        """
        SELECT count(*)
        FROM hub.events
        WHERE type = 'job.succeeded'
        GROUP BY substr(CAST(convert_from(body, 'UTF8') AS TEXT), strpos(convert_from(body, 'UTF8'), '"job_id":"'), 44)
        """)
}
