// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Web

/// Whom to tell of what happens.
struct HookRoutes: Sendable {
    let hooks: HookDesk

    private static let place = "/api/v1/webhooks"
    private static let one = place + "/{webhook_id}"
    private static let hook = Parameter.path("webhook_id", WebhookID.self, "the webhook")
    private static let notice = Parameter.path("delivery_id", NoticeID.self, "the delivery")
    private static let state = Parameter.query("state", wordOf: Notice.State.self, "only those that are so")
    private static let wish = JSONBody(HookWish.self, HookWish.shape, example: HookWish.example)
    private static let change = JSONBody(
        HookChange.self, HookChange.shape, example: .object(["active": .bool(false)]))

    var all: [Route] { keeping + telling }

    private var keeping: [Route] {
        [
            reading(Route.get(Self.place, "listWebhooks", "Lists webhooks, newest first"))
                .takes(Words.limit, Words.cursor)
                .answers(.json(200, Page<Webhook>.shape(of: HookAnswer.hook), "a page of webhooks"), .notThere)
                .replies(list),
            writing(Route.post(Self.place, "createWebhook", "Asks to be told of events"))
                .described(
                    "Every notice is a POST of the event's envelope, signed as Standard Webhooks say: `webhook-id`, "
                        + "`webhook-timestamp` and `webhook-signature: v1,…` over `id.timestamp.body`. Whoever does not "
                        + "answer 2xx within ten seconds is asked again for a day; 410 ends it for good."
                )
                .takes(Words.key, Self.wish)
                .answers(
                    .json(201, HookAnswer.receipt, "the webhook and its secret", fields: ["Location": "where it is"]),
                    .keyUsed
                )
                .replies(open),
            reading(Route.get(Self.one, "getWebhook", "Shows a webhook")).takes(Self.hook)
                .answers(.json(200, HookAnswer.hook, "the webhook"), .notThere)
                .handles { input, context in try await hooks.hook(input[Self.hook], for: context.caller()) },
            writing(Route.patch(Self.one, "changeWebhook", "Changes a webhook")).takes(
                Self.hook, Words.key, Self.change
            )
            .answers(.json(200, HookAnswer.hook, "the webhook as it is now"), .keyUsed, .notThere)
            .replies(change),
            writing(Route.delete(Self.one, "deleteWebhook", "Forgets a webhook and all it was told"))
                .takes(Self.hook, Words.key).answers(.empty(204, "it is gone"), .keyUsed, .notThere)
                .replies { input, context in
                    let done = try await hooks.remove(
                        input[Self.hook], for: context.caller(), as: input.deed(context))
                    return HTTPResponse.none.again(done.isAgain)
                },
            writing(Route.post(Self.one + "/rotate-secret", "rotateWebhookSecret", "Makes a new secret"))
                .described("For a day both secrets sign, so that nothing is refused meanwhile.")
                .takes(Self.hook, Words.key)
                .answers(.json(200, HookAnswer.receipt, "the webhook and its new secret"), .keyUsed, .notThere)
                .replies { input, context in
                    let done = try await hooks.rotate(
                        input[Self.hook], for: context.caller(), as: input.deed(context))
                    return .json(200, done.value).again(done.isAgain)
                },
        ]
    }

    private var telling: [Route] {
        [
            reading(Route.get(Self.one + "/deliveries", "listDeliveries", "Lists what was told, newest first"))
                .takes(Self.hook, Words.limit, Words.cursor, Self.state)
                .answers(.json(200, Page<Notice>.shape(of: HookAnswer.notice), "a page of deliveries"), .notThere)
                .replies(deliveries),
            writing(
                Route.post(Self.one + "/deliveries/{delivery_id}/redeliver", "redeliver", "Sends something once more")
            )
            .takes(Self.hook, Self.notice, Words.key).answers(accepted, .keyUsed, .notThere)
            .replies { input, context in
                let done = try await hooks.redeliver(
                    input[Self.notice], of: input[Self.hook], for: context.caller(), as: input.deed(context))
                return try accept(done, input)
            },
            writing(Route.post(Self.one + "/test", "testWebhook", "Tells a webhook something that did not happen"))
                .takes(Self.hook, Words.key).answers(accepted, .keyUsed, .notThere)
                .replies { input, context in
                    let done = try await hooks.test(input[Self.hook], for: context.caller(), as: input.deed(context))
                    return try accept(done, input)
                },
        ]
    }

    private func reading(_ route: Route) -> Route { route.tagged("webhooks").needs("webhooks:read") }

    private func writing(_ route: Route) -> Route { route.tagged("webhooks").needs("webhooks:write") }

    private var accepted: Answer {
        .json(202, HookAnswer.notice, "it will be sent at once", fields: ["Location": "where to look"])
    }

    private func accept(_ done: Once<Notice>, _ input: Input) throws -> HTTPResponse {
        .accepted(done.value, at: "\(Self.place)/\(try input[Self.hook])/deliveries").again(done.isAgain)
    }

    private func list(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let limit = try input[Words.limit]
        let after = try input[Words.cursor].map { try Cursor.place(WebhookID.self, in: $0) }
        let found = try await hooks.hooks(for: context.caller(), after: after, limit: limit + 1)
        return try Page(found, atMost: limit, place: \.webhookID).response(to: input)
    }

    private func open(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let said = try input[Self.wish]
        let wish = WebhookWish(
            url: try HookReading.url(said.url, hooks), filter: try HookReading.filter(said.events),
            projectID: said.projectID)
        let done = try await hooks.open(wish, for: context.caller(), as: input.deed(context))
        return .created(done.value, at: "\(Self.place)/\(done.value.hook.webhookID)").again(done.isAgain)
    }

    private func change(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let said = try input[Self.change]
        let change = WebhookChange(
            url: try said.url.map { try HookReading.url($0, hooks) },
            filter: try said.events.map { try HookReading.filter($0) }, isActive: said.active)
        let done = try await hooks.change(
            input[Self.hook], change, for: context.caller(), as: input.deed(context))
        return .json(200, done.value).again(done.isAgain)
    }

    private func deliveries(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let limit = try input[Words.limit]
        var ask = NoticeAsk(of: try input[Self.hook], limit: limit + 1)
        ask.state = try input[Self.state]
        ask.after = try input[Words.cursor].map { try Cursor.place(NoticeID.self, in: $0) }
        let found = try await hooks.notices(ask, for: context.caller())
        return try Page(found, atMost: limit, place: \.noticeID).response(to: input)
    }
}

extension Page {
    /// The first so many of what was found; one more than that says that there is another page.
    init(_ found: [Item], atMost limit: Int, place: (Item) -> some Encodable) throws {
        let shown = Array(found.prefix(limit))
        self.init(shown, next: found.count > limit ? try shown.last.map { try Cursor.text(of: place($0)) } : nil)
    }
}
