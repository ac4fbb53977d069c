// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
package import Ports

/// Lets people say whom to tell, and see what was told.
package struct HookDesk: Sendable {
    /// How long the old secret is good after a new one was made.
    private static let rotation = Duration.seconds(86_400)

    private let hooks: any Webhooks
    private let clock: any WallClock
    private let entropy: any Entropy
    private let mint: Mint
    /// Whether notices may go to private networks, and over plain HTTP.
    package let allowsPrivate: Bool

    package init(hooks: any Webhooks, clock: any WallClock, entropy: any Entropy, allowsPrivate: Bool) {
        self.hooks = hooks
        self.clock = clock
        self.entropy = entropy
        self.allowsPrivate = allowsPrivate
        mint = Mint(clock: clock, entropy: entropy)
    }

    package func open(_ wish: WebhookWish, for caller: Caller, as deed: Deed) async throws -> Once<HookReceipt> {
        try Self.must("webhooks:write", in: wish.projectID, caller)
        let hook = Webhook(mint.name(), wish, of: caller.tenant, by: caller.subject, at: clock.now())
        return try await hooks.open(hook, secret(), as: deed, at: clock.now())
    }

    /// For a submission, which stores it beside its run.
    package func bound(_ wish: WebhookWish, for caller: Caller) -> NewHook {
        NewHook(
            hook: Webhook(mint.name(), wish, of: caller.tenant, by: caller.subject, at: clock.now()), secret: secret())
    }

    package func hook(
        _ id: WebhookID, for caller: Caller, to scope: String = "webhooks:read"
    ) async throws -> Webhook {
        guard let hook = try await hooks.hook(id, of: caller.tenant) else {
            throw FailureReport(
                .notFound, "there is no webhook \(id)", owner: .gateway, nextStep: "list them: GET /api/v1/webhooks")
        }
        try Self.must(scope, in: hook.projectID, caller)
        return hook
    }

    package func hooks(for caller: Caller, after: WebhookID?, limit: Int) async throws -> [Webhook] {
        let projects = caller.projects?.filter { $0.value.contains("webhooks:read") }.keys
        return try await hooks.hooks(
            of: caller.tenant, in: projects?.sorted { $0.rawValue < $1.rawValue }, after: after, limit: limit)
    }

    package func change(
        _ id: WebhookID, _ change: WebhookChange, for caller: Caller, as deed: Deed
    ) async throws -> Once<Webhook> {
        let hook = try await hook(id, for: caller, to: "webhooks:write")
        return try await hooks.change(hook.webhookID, change, as: deed, at: clock.now())
    }

    /// One that is gone already is gone: under the same key the answer is the same.
    package func remove(_ id: WebhookID, for caller: Caller, as deed: Deed) async throws -> Once<Webhook> {
        if let hook = try await hooks.hook(id, of: caller.tenant) {
            try Self.must("webhooks:write", in: hook.projectID, caller)
        }
        return try await hooks.remove(id, as: deed, at: clock.now())
    }

    package func rotate(_ id: WebhookID, for caller: Caller, as deed: Deed) async throws -> Once<HookReceipt> {
        let hook = try await hook(id, for: caller, to: "webhooks:write")
        let now = clock.now()
        return try await hooks.rotate(
            hook.webhookID, to: secret(), keepingOldUntil: now + Self.rotation, as: deed, at: now)
    }

    package func notices(_ ask: NoticeAsk, for caller: Caller) async throws -> [Notice] {
        _ = try await hook(ask.hook, for: caller)
        return try await hooks.notices(ask)
    }

    package func redeliver(
        _ notice: NoticeID, of id: WebhookID, for caller: Caller, as deed: Deed
    ) async throws -> Once<Notice> {
        let hook = try await hook(id, for: caller, to: "webhooks:write")
        return try await hooks.redeliver(notice, of: hook.webhookID, as: deed, at: clock.now())
    }

    package func test(_ id: WebhookID, for caller: Caller, as deed: Deed) async throws -> Once<Notice> {
        let hook = try await hook(id, for: caller, to: "webhooks:write")
        return try await hooks.test(hook, as: deed, at: clock.now())
    }

    private func secret() -> HookSecret {
        HookSecret(
            (0..<4).flatMap { _ in
                let bits = entropy.bits()
                return (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
            })
    }

    /// What belongs to no project belongs to those who may do it in every one.
    private static func must(_ scope: String, in project: ProjectID?, _ caller: Caller) throws {
        if let project { return try caller.must(scope, in: project) }
        guard caller.projects != nil else { return }
        throw FailureReport(
            .forbidden, "a webhook of the whole tenant is for those who see all of its projects", owner: .gateway,
            nextStep: "name one of your projects in `project_id`")
    }
}

/// A webhook that is to be stored with something else.
package struct NewHook: Sendable {
    package var hook: Webhook
    package let secret: HookSecret

    package init(hook: Webhook, secret: HookSecret) {
        self.hook = hook
        self.secret = secret
    }
}
