// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
package import GatewayShell
import HTTP
import Ports
import Telemetry
package import Web

/// What the site shows.
package struct GatewayRooms: Sendable {
    package let tasks: TaskDesk
    package let runs: RunDesk
    package let librarian: Librarian
    package let doorkeeper: any Doorkeeper
    package var handout = Handout.files

    package init(tasks: TaskDesk, runs: RunDesk, librarian: Librarian, doorkeeper: any Doorkeeper) {
        self.tasks = tasks
        self.runs = runs
        self.librarian = librarian
        self.doorkeeper = doorkeeper
    }
}

/// The gateway's HTTP API.
package enum GatewaySite {
    package static func open(
        _ rooms: GatewayRooms, version: String, manners: Manners = Manners(), on ground: Ground
    ) throws -> Site {
        var manners = manners
        manners.authenticate = { head in try await Entrance(rooms.doorkeeper).principal(head) }
        manners.lacking = { principal, scope in
            let role = (principal.who as? Caller)?.role ?? ""
            return ["required_scope": .string(scope), "actual_role": .string(role)]
        }
        return try Site(
            SiteTitle("AINER", version: version, "Turns stories into films."), routes(rooms, ground.clock), manners,
            on: ground)
    }

    private static func routes(_ rooms: GatewayRooms, _ clock: any WallClock) -> [Route] {
        TaskRoutes(tasks: rooms.tasks, runs: rooms.runs, library: rooms.librarian.shelves, clock: clock).all
            + RunRoutes(runs: rooms.runs, clock: clock).all
            + CommandRoutes(runs: rooms.runs).all
            + library(rooms.librarian, rooms.handout)
    }

    private static func library(_ librarian: Librarian, _ handout: Handout) -> [Route] {
        ProjectRoutes(librarian: librarian).all + NovelRoutes(librarian: librarian).all
            + ChapterRoutes(librarian: librarian).all + UploadRoutes(librarian: librarian).all
            + ArtifactRoutes(librarian: librarian, handout: handout).all
    }
}

/// Lets in whoever shows a token.
struct Entrance: Sendable {
    private let doorkeeper: any Doorkeeper

    init(_ doorkeeper: any Doorkeeper) { self.doorkeeper = doorkeeper }

    func principal(_ head: RequestHead) async throws -> Principal {
        guard let field = head.fields["Authorization"] else {
            throw Problem(.tokenRefused, "say who you are: Authorization: Bearer TOKEN")
        }
        guard case .bearer(let token) = Credentials(field) else {
            throw Problem(.tokenRefused, "sign in with a token: Authorization: Bearer TOKEN")
        }
        guard let caller = try await doorkeeper.caller(bearing: token) else {
            throw Problem(.tokenRefused, "the token is not one of ours, or no longer good")
        }
        return Principal(caller.subject, tenant: caller.tenant.rawValue, scopes: caller.scopes, who: caller)
    }
}
