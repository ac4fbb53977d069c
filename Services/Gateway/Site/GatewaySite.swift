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
    package let making: MakingRooms
    package let librarian: Librarian
    package let hooks: HookDesk
    package let operators: OperatorDesk
    package let people: PeopleRooms
    package let doorkeeper: any Doorkeeper
    package var handout = Handout.files

    package init(
        making: MakingRooms, librarian: Librarian, hooks: HookDesk, operators: OperatorDesk, people: PeopleRooms,
        doorkeeper: any Doorkeeper
    ) {
        self.making = making
        self.librarian = librarian
        self.hooks = hooks
        self.operators = operators
        self.people = people
        self.doorkeeper = doorkeeper
    }
}

/// Where films are made and mended.
package struct MakingRooms: Sendable {
    package let tasks: TaskDesk
    package let runs: RunDesk
    package let gates: GateDesk
    package let shots: ShotDesk
    package let timelines: TimelineDesk

    package init(tasks: TaskDesk, runs: RunDesk, gates: GateDesk, shots: ShotDesk, timelines: TimelineDesk) {
        self.tasks = tasks
        self.runs = runs
        self.gates = gates
        self.shots = shots
        self.timelines = timelines
    }
}

/// What people come in by, and whoever keeps them in order.
package struct PeopleRooms: Sendable {
    package let signIn: SignIn
    package let staff: StaffDesk
    /// Whether anybody may make himself a tenant.
    package let isRegistrationOpen: Bool
    /// Whether browsers reach us over TLS alone.
    package let isSecure: Bool

    package init(_ tools: PeopleTools, isRegistrationOpen: Bool, isSecure: Bool) {
        self.isSecure = isSecure
        signIn = SignIn(tools)
        staff = StaffDesk(tools)
        self.isRegistrationOpen = isRegistrationOpen
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
            var facts: [String: JSONValue] = ["required_scope": .string(scope), "actual_role": .string(role)]
            if let needed = Role.needed(for: scope) { facts["required_role"] = .string(needed.rawValue) }
            return facts
        }
        return try Site(
            SiteTitle("AINER", version: version, "Turns stories into films."), routes(rooms, ground.clock), manners,
            on: ground)
    }

    private static func routes(_ rooms: GatewayRooms, _ clock: any WallClock) -> [Route] {
        making(rooms, clock) + library(rooms.librarian, rooms.handout) + HookRoutes(hooks: rooms.hooks).all
            + OpsRoutes(desk: rooms.operators).all + people(rooms.people, rooms.librarian.shelves)
    }

    private static func making(_ rooms: GatewayRooms, _ clock: any WallClock) -> [Route] {
        let (making, runs) = (rooms.making, rooms.making.runs)
        return TaskRoutes(
            tasks: making.tasks, runs: runs, library: rooms.librarian.shelves, hooks: rooms.hooks, clock: clock
        ).all
            + RunRoutes(runs: runs, clock: clock).all + CommandRoutes(runs: runs).all
            + GateRoutes(runs: runs, gates: making.gates).all + ShotRoutes(runs: runs, shots: making.shots).all
            + TimelineRoutes(runs: runs, timelines: making.timelines).all
    }

    private static func people(_ rooms: PeopleRooms, _ library: any Library) -> [Route] {
        PeopleRoutes(rooms: rooms).all
            + StaffRoutes(staff: rooms.staff, library: library).all + TokenRoutes(staff: rooms.staff).all
    }

    private static func library(_ librarian: Librarian, _ handout: Handout) -> [Route] {
        ProjectRoutes(librarian: librarian).all + NovelRoutes(librarian: librarian).all
            + ChapterRoutes(librarian: librarian).all + UploadRoutes(librarian: librarian).all
            + ArtifactRoutes(librarian: librarian, handout: handout).all
    }
}

/// Lets in whoever shows a token: in the field, or, from a browser, in our cookie.
struct Entrance: Sendable {
    private let doorkeeper: any Doorkeeper

    init(_ doorkeeper: any Doorkeeper) { self.doorkeeper = doorkeeper }

    func principal(_ head: RequestHead) async throws -> Principal {
        guard let token = Self.token(in: head) else {
            throw Problem(.tokenRefused, "say who you are: Authorization: Bearer TOKEN")
        }
        guard let caller = try await doorkeeper.caller(bearing: token) else {
            throw Problem(.tokenRefused, "the token is not one of ours, or no longer good")
        }
        return Principal(caller.subject, tenant: caller.tenant.rawValue, scopes: caller.scopes, who: caller)
    }
    private static let cookieName = "ainer_session"

    /// A field that says anything is what counts, whatever the cookie says.
    static func token(in head: RequestHead) -> String? {
        if let field = head.fields["Authorization"] {
            guard case .bearer(let token) = Credentials(field) else { return nil }
            return token
        }
        for field in head.fields.values(of: "Cookie") {
            for pair in field.split(separator: ";") {
                let word = pair.drop { $0 == " " }
                if word.hasPrefix(cookieName + "=") { return String(word.dropFirst(cookieName.count + 1)) }
            }
        }
        return nil
    }

    /// No script reads it, and no other site's page sends it; where there is TLS it never travels without.
    static func cookie(_ token: String, lasting: Duration, isSecure: Bool) -> String {
        "\(cookieName)=\(token); Path=/; Max-Age=\(lasting.components.seconds); HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "")
    }
}
