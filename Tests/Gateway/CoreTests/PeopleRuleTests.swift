// GatewayTests · tests · sees Contracts, GatewayCore
import Contracts
import GatewayCore
import Testing

@Suite("Rights")
struct RightsTests {
    @Test("grow with the rank, and only an owner owns")
    func ranks() {
        let people = [Role.viewer, .editor, .admin, .owner]
        for (lower, higher) in zip(people, people.dropFirst()) {
            #expect(lower.scopes.isStrictSubset(of: higher.scopes) && (lower.rank ?? 0) < (higher.rank ?? 0))
        }
        #expect(Role.owner.scopes == Set(Scope.allCases) && !Role.admin.scopes.contains(.ownTenant))
        #expect(Role.service.rank == nil && Role.service.scopes.isEmpty)
        #expect(Role.needed(for: "runs:write") == .editor && Role.needed(for: "people:read") == .admin)
        #expect(Role.needed(for: "moon:read") == nil)
    }

    @Test("are known by their old names too")
    func oldNames() {
        let old = ["tenant_owner", "tenant_admin", "project_editor", "project_viewer", "service_account"]
        #expect(old.map { Role(word: $0) } == [.owner, .admin, .editor, .viewer, .service])
        #expect(Role(word: "root") == nil)
    }

    static func person(_ role: Role) -> User {
        User(
            UserID(trusted: "user_\(role)"), of: .local, email: "a@b", name: "a", role: role,
            at: Timestamp(microseconds: 0))
    }

    @Test("in projects are those of the membership; a token takes away and never adds")
    func projects() {
        let film = ProjectID(trusted: "film")
        let viewer = Self.person(.viewer).caller(in: [film: .editor])
        #expect(viewer.may("runs:write", in: film) && !viewer.may("runs:read", in: .local))
        let limited = Self.person(.viewer).caller(in: [film: .editor], token: [.readRuns, .ownTenant])
        #expect(limited.may("runs:read", in: film) && !limited.may("runs:write", in: film))
        #expect(!limited.scopes.contains("tenant:own"))
        let admin = Self.person(.admin).caller(in: [:], token: [.readRuns])
        #expect(admin.scopes == ["runs:read"] && admin.projects == nil)
    }

    @Test("are given and taken only by who has them, and a tenant keeps an owner")
    func changes() throws {
        let admin = Self.person(.admin).caller(in: [:])
        let owner = Self.person(.owner).caller(in: [:])
        let toOwner = UserChange(role: .owner)
        #expect(throws: FailureReport.self) { try toOwner.made(of: Self.person(.editor), by: admin, otherOwners: 1) }
        #expect(throws: FailureReport.self) {
            try UserChange(isActive: false).made(of: Self.person(.owner), by: admin, otherOwners: 1)
        }
        #expect(try toOwner.made(of: Self.person(.editor), by: owner, otherOwners: 1).role == .owner)
        #expect(throws: User.lastOwner) {
            try UserChange(role: .admin).made(of: Self.person(.owner), by: owner, otherOwners: 0)
        }
        #expect(throws: FailureReport.self) {
            try UserChange(role: .viewer).made(of: Self.person(.service), by: owner, otherOwners: 1)
        }
    }
}

@Suite("A refresh token")
struct RefreshTests {
    private static let begin = Timestamp(microseconds: 1_000_000_000)

    private static func verdict(
        after time: Duration, spent: Duration? = nil, newest: Duration = .zero, revoked: Bool = false
    ) -> RefreshVerdict {
        let shown = ShownRefresh(
            spentAt: spent.map { begin + $0 }, newestAt: begin + newest, usedAt: begin + newest,
            endsAt: begin + RefreshVerdict.lasting, revokedAt: revoked ? begin : nil)
        return RefreshVerdict(shown, at: begin + time)
    }

    @Test("is good once, and for whoever lost the answer a few seconds longer")
    func once() {
        #expect(Self.verdict(after: .seconds(60)) == .renewed)
        let minute = Duration.seconds(60)
        #expect(Self.verdict(after: .seconds(69), spent: minute, newest: minute) == .renewed)
        #expect(Self.verdict(after: .seconds(70), spent: minute, newest: minute) == .stolen)
        // A newer one was made since: it is not the one before the newest.
        #expect(Self.verdict(after: .seconds(65), spent: minute, newest: .seconds(62)) == .stolen)
    }

    @Test("ends with its session: revoked, unused for two weeks, or thirty days old")
    func ends() {
        #expect(Self.verdict(after: .seconds(1), revoked: true) == .over)
        #expect(Self.verdict(after: .seconds(14 * 86_400 - 1)) == .renewed)
        #expect(Self.verdict(after: .seconds(14 * 86_400)) == .over)
        let lately = Duration.seconds(29 * 86_400)
        #expect(Self.verdict(after: .seconds(30 * 86_400 - 1), newest: lately) == .renewed)
        #expect(Self.verdict(after: .seconds(30 * 86_400), newest: lately) == .over)
        #expect(Self.verdict(after: .seconds(30 * 86_400), spent: .zero, newest: lately) == .over)
    }
}

@Suite("A secret")
struct SecretTests {
    @Test("is told from what is none, and from one of another kind")
    func kinds() throws {
        var number: UInt64 = 0
        let secret = Secret(.access, named: "01ABC") {
            number += 1
            return number
        }
        #expect(secret.text.hasPrefix("ak_01ABC_") && Secret(.access, secret.text) == secret)
        #expect(Secret(.refresh, secret.text) == nil && Secret(.access, secret.text + "g") == nil)
        #expect(Secret(.access, "ak_") == nil && Secret(.access, "ak_" + String(repeating: "a", count: 300)) == nil)
        #expect(secret.hash.count == 64 && !secret.text.contains(secret.hash))
    }
}
