// GatewayTests · tests · sees Contracts, GatewayCore
import Contracts
import GatewayCore
import Testing

@Suite("The view of a run")
struct RunViewTests {
    private static let moment = Timestamp(microseconds: 1_000_000)

    private static func view(_ tidings: RunTiding...) -> RunView {
        let source = ArtifactMeta(
            artifactID: ArtifactID(trusted: "art_1"), type: .sourceText, uri: "object:a",
            checksum: "sha256:" + String(repeating: "ab", count: 32), sizeBytes: 1, createdAt: moment)
        let spec = TaskSpec(
            taskID: TaskID(trusted: "task_1"), tenantID: .local, projectID: .local, chapterID: "story",
            requestedQuality: .draft, languageContext: "en", input: source, seed: 7)
        var view = RunView(runID: RunID(trusted: "run_1"), spec: spec, at: moment)
        for (second, tiding) in tidings.enumerated() { view.hear(tiding, at: moment + .seconds(second)) }
        return view
    }

    private static let begun = RunTiding.created(absentSkills: [], startAfter: nil)

    @Test("reads queued until its start, paused while it is paused, and running when it goes on")
    func statuses() {
        #expect(Self.view(.created(absentSkills: [], startAfter: Self.moment)).status == .queued)
        #expect(Self.view(.created(absentSkills: [], startAfter: Self.moment), .progress(1)).status == .running)
        #expect(Self.view(Self.begun, .status(.paused)).status == .paused)
        #expect(Self.view(Self.begun, .status(.paused), .resumed).status == .running)
    }

    @Test("goes back when it is reopened and made anew, and not by a late word about progress")
    func anew() {
        let view = Self.view(
            Self.begun, .stage(.video, progress: 60), .succeeded(.success, final: nil), .resumed,
            .back(.compose, progress: 90))
        #expect(view.status == .running && view.stage == .compose && view.progress == 90)
        #expect(view.outcome == nil && view.finishedAt == nil)
        #expect(Self.view(Self.begun, .stage(.video, progress: 60), .stage(.plan, progress: 20)).stage == .video)
        #expect(Self.view(Self.begun, .canceled, .progress(9)).status == .canceled)
    }
}
