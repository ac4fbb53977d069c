// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Ports
import Telemetry
import Web
import Wire

/// Handing in a story.
struct TaskRoutes: Sendable {
    let tasks: TaskDesk
    let runs: RunDesk
    let library: any Library
    let hooks: HookDesk
    let clock: any WallClock

    private static let wish = JSONBody(
        TaskWish.self, TaskWish.shape, example: TaskWish.example, limit: TaskWish.longestStory * 2)
    private static let key = Parameter.header(
        "Idempotency-Key", as: .text(atMost: 256),
        "same key, same request: the stored answer comes again; or say it in the body")
    private static let project = Parameter.header("X-Project-Id", "or say it in the body")
    private static let tenant = Parameter.header("X-Tenant-Id", "the token's own; another one is refused")
    private static let trace = Parameter.header("X-Trace-Id", "or `traceparent`, or say it in the body")
    private static let correlation = Parameter.header("X-Correlation-Id", "or say it in the body")
    private static let mode = Parameter.header(
        "X-AINER-Mode", as: .word(of: TaskWish.Mode.self), "or say it in the body as `mode`")
    private static let prefer = Parameter.header(
        "Prefer", as: .text(atMost: 128), "`wait=30`: answer when the film is done, if that is soon enough")

    var all: [Route] {
        [
            submitting(Route.post("/api/v1/tasks", "submitTask", "Hands in a story: a film will be made of it")),
            submitting(Route.post("/api/v1/runs", "submitRun", "The same as POST /api/v1/tasks")),
        ]
    }

    private func submitting(_ route: Route) -> Route {
        route.tagged("tasks").needs("runs:write")
            .takes(Self.key, Self.project, Self.tenant, Self.trace, Self.correlation, Self.mode, Self.prefer, Self.wish)
            .answers(
                .json(
                    202, TaskAnswer.shape, "it is stored and will be made",
                    fields: ["Location": "where to look"]),
                .json(200, RunAnswer.shape, "it was waited for, and is over"), .keyUsed, .notThere
            )
            .within(.seconds(75))
            .replies(submit)
    }

    private func submit(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let caller = try context.caller()
        var wish = try input[Self.wish]
        try merge(input, into: &wish, for: caller)
        let deedWords = try wish.meaning
        let submission = try await submission(&wish, for: caller)
        guard let key = wish.idempotencyKey else {
            throw Problem(
                .requestValidation, "the request has no idempotency key",
                faults: [.init(.parameter("Idempotency-Key", in: .header), "it must be there, or in the body")])
        }
        let deed = try input.deed(context, under: key.rawValue, asking: deedWords)
        let origin = Origin(
            trace: wish.traceID ?? TraceID(trusted: "\(context.trace.trace)"), correlation: wish.correlationID)
        let receipt = try await tasks.submit(submission, as: deed, from: origin)
        return try await answer(receipt, to: input, for: caller)
    }

    /// At once, or when the run is over and the client would rather wait.
    private func answer(_ receipt: Once<TaskReceipt>, to input: Input, for caller: Caller) async throws -> HTTPResponse
    {
        let run = receipt.value.runID
        if let seconds = try input[Self.prefer].flatMap(Self.wait) {
            let end = clock.now() + .seconds(seconds)
            if let view = try await runs.wait(for: run, of: caller.tenant, until: end), view.status.isFinal {
                return .json(200, RunAnswer(view), ["Preference-Applied": "wait=\(seconds)"]).again(receipt.isAgain)
            }
        }
        return .accepted(TaskAnswer(receipt.value), at: "/api/v1/runs/\(run)").again(receipt.isAgain)
    }

    /// `wait=30`, at most a minute; what else somebody prefers is his own affair (RFC 7240).
    private static func wait(_ prefer: String) -> Int? {
        let wishes = prefer.split(separator: ",").map { $0.filter { $0 != " " } }
        return wishes.first { $0.hasPrefix("wait=") }.flatMap { Int($0.dropFirst(5)) }.map { min(max($0, 0), 60) }
    }

    // MARK: what is asked for

    /// A field counts when the body does not say it; two that differ contradict each other.
    private func merge(_ input: Input, into wish: inout TaskWish, for caller: Caller) throws {
        try Self.agree(&wish.idempotencyKey, try input[Self.key], "Idempotency-Key", "idempotency_key")
        try Self.agree(&wish.projectID, try input[Self.project], "X-Project-Id", "project_id")
        try Self.agree(&wish.tenantID, try input[Self.tenant], "X-Tenant-Id", "tenant_id")
        try Self.agree(&wish.traceID, try input[Self.trace], "X-Trace-Id", "trace_id")
        try Self.agree(&wish.correlationID, try input[Self.correlation], "X-Correlation-Id", "correlation_id")
        if let mode = try input[Self.mode].flatMap(TaskWish.Mode.init(rawValue:)) { wish.mode = mode }
        guard wish.tenantID == nil || wish.tenantID == caller.tenant else {
            throw Problem(.forbidden, "the token is of another tenant than the request")
        }
    }

    private static func agree<Name: OpaqueName>(
        _ said: inout Name?, _ field: String?, _ name: String, _ member: String
    ) throws {
        guard let field else { return }
        guard let value = Name(rawValue: field) else {
            throw Problem(
                .requestValidation, "the request cannot be used as it is",
                faults: [.init(.parameter(name, in: .header), "1 to \(Name.mostBytes) printable bytes")])
        }
        guard said == nil || said == value else {
            throw Problem(
                .requestValidation, "the request says two things at once",
                faults: [.init(.body(pointer: "/\(member)"), "the field \(name) says something else")])
        }
        said = value
    }

    private func submission(_ wish: inout TaskWish, for caller: Caller) async throws -> Submission {
        let mishaps: [Mishap]?
        do { mishaps = try wish.takeOrders() } catch {
            throw Self.fault("/story/text", "line \(error.line) is not like: \(Mishap.grammar)")
        }
        let (stored, name) = try await source(wish, for: caller)
        let project = try await project(wish, stored?.project, for: caller)
        guard
            let source = stored.map({ Submission.Source.stored($0.source) })
                ?? wish.story?.text.map({ .text(Array($0.utf8)) })
        else { throw Self.fault("/story", "say a text, an upload, or the `chapter_id` of a stored chapter") }
        var submission = Submission(project: project, chapter: name, source: source)
        submission.quality = wish.quality ?? .standard
        submission.language = wish.language ?? "und"
        submission.seed = wish.seed ?? 1
        submission.budgetProfile = wish.budgetProfile
        submission.deadlineMS = wish.deadlineMS
        submission.priority = wish.priority
        submission.overrides = wish.overrides
        submission.gates = wish.gates
        submission.budget = wish.budget
        submission.tags = wish.tags
        submission.startAfter = wish.startAfter
        submission.mishaps = mishaps
        submission.hook = try wish.webhook.map { said in
            let wish = WebhookWish(
                url: try HookReading.url(said.url, at: "/webhook/url", hooks),
                filter: try HookReading.filter(said.events, at: "/webhook/events"), projectID: project)
            return hooks.bound(wish, for: caller)
        }
        return submission
    }

    /// The stored text that is meant, if one is, and what the client calls it.
    private func source(_ wish: TaskWish, for caller: Caller) async throws -> (StoredText?, String) {
        if let story = wish.story {
            let name = wish.chapterID ?? "story"
            if let upload = story.uploadID {
                guard story.text == nil else { throw Self.fault("/story", "a text or an upload, not both") }
                guard let stored = try await library.text(of: upload, in: caller.tenant) else {
                    throw Self.fault("/story/upload_id", "there is no complete upload of this name")
                }
                return (stored, name)
            }
            guard let text = story.text, text.contains(where: { !$0.isWhitespace }) else {
                throw Self.fault("/story/text", "there is no story in it")
            }
            return (nil, name)
        }
        guard let name = wish.chapterID else { return (nil, "") }
        guard let id = ChapterID(rawValue: name), let stored = try await library.text(of: id, in: caller.tenant)
        else {
            throw Self.fault("/chapter_id", "there is no stored chapter of this name, and no story was sent")
        }
        return (stored, name)
    }

    private func project(_ wish: TaskWish, _ stored: ProjectID?, for caller: Caller) async throws -> ProjectID {
        guard let project = wish.projectID ?? stored ?? caller.usualProject else {
            throw Self.fault("/project_id", "say which project the film is for")
        }
        guard try await library.hasProject(project, of: caller.tenant) else {
            throw Problem(.notFound, "there is no project \(project)")
        }
        try caller.must("runs:write", in: project)
        guard stored == nil || stored == project else {
            throw Self.fault("/project_id", "the text belongs to another project")
        }
        return project
    }

    private static func fault(_ pointer: String, _ detail: String) -> Problem {
        Problem(
            .requestValidation, "the body is not what TaskRequest says",
            faults: [.init(.body(pointer: pointer), detail)])
    }
}

extension TaskWish {
    /// What makes two requests the same: all of it but the names of this one telling.
    fileprivate var meaning: [UInt8] {
        get throws {
            var asked = self
            (asked.traceID, asked.correlationID, asked.idempotencyKey) = (nil, nil, nil)
            return try JSON.encode(asked)
        }
    }

    fileprivate var overrides: [String: JSONValue]? {
        var all = payload ?? [:]
        if let style { all["style"] = .string(style) }
        if let aspect { all["aspect"] = .string(aspect) }
        return all.isEmpty ? nil : all
    }
}
