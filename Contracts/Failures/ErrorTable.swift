// Contracts · pure · sees nothing

extension ErrorCode {
    /// What a person and a program must know about one code.
    package struct Entry: Hashable, Sendable {
        package let code: ErrorCode
        /// The status of an HTTP answer that carries the code; 200 for a warning, which comes with a result.
        package let httpStatus: Int
        /// May the same attempt succeed later?
        package let isRetryable: Bool
        package let owner: Owner
        package let meaning: String
        package let nextStep: String

        init(
            _ code: ErrorCode, _ httpStatus: Int, _ isRetryable: Bool, _ owner: Owner, _ meaning: String,
            _ nextStep: String
        ) {
            self.code = code
            self.httpStatus = httpStatus
            self.isRetryable = isRetryable
            self.owner = owner
            self.meaning = meaning
            self.nextStep = nextStep
        }
    }

    /// Who answers for a failure when its report does not say more.
    package enum Owner: Hashable, Sendable {
        case module(Module)
        /// Whoever met it.
        case caller
        /// The worker that did the job.
        case worker

        package var name: String {
            switch self {
            case .module(let module): module.rawValue
            case .caller: "the caller"
            case .worker: "the worker"
            }
        }
    }

    /// One row for each code, in the order of the codes.
    package static let table: [Entry] = allCases.map(\.entry)

    package var entry: Entry {
        // A test sees to it that every code has a row; without one it would read as the program's own fault.
        Self.rows[self] ?? Entry(self, 500, Self.lasting, .caller, "a failure nobody described", "it is worth a report")
    }

    package var isRetryable: Bool { entry.isRetryable }
    package var httpStatus: Int { entry.httpStatus }

    /// Every row as it was written, to be counted.
    package static let written = work + thought
    private static let rows = Dictionary(written.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

    /// Requests, runs, workers, files and the machine.
    private static let work: [Entry] = [
        Entry(
            .signInRefused, 401, lasting, .module(.gateway), "name or password do not fit",
            "check both and sign in again"),
        Entry(
            .forbidden, 403, lasting, .module(.gateway), "you may not do this in this project",
            "ask an owner of the project for the right"),
        Entry(
            .tokenRefused, 401, lasting, .module(.gateway), "the token is missing, out of date or not ours",
            "sign in again"),
        Entry(
            .requestValidation, 422, lasting, .module(.gateway), "the request or the story cannot be used as it is",
            "mend what the message names and submit again"),
        Entry(
            .personaHandler, 422, lasting, .module(.persona), "nothing handles this action on a persona",
            "use one of the actions that the message lists"),
        Entry(
            .personaBaseRole, 422, lasting, .module(.persona), "the persona's base role is unknown",
            "choose one of the known base roles"),
        Entry(
            .personaStyleAxis, 422, lasting, .module(.persona), "a style value of the persona is not between 0 and 1",
            "give a number from 0 to 1"),
        Entry(
            .personaShading, 422, lasting, .module(.persona), "the persona's shading method is unknown",
            "choose one of the known shading methods"),
        Entry(
            .personaVersion, 422, lasting, .module(.persona), "the persona's version is not major.minor.patch",
            "write it like 1.0.0"),
        Entry(
            .entitiesEmpty, 422, lasting, .module(.entityCore), "there are no entities to resolve",
            "give a text that names somebody or something"),
        Entry(
            .personasEmpty, 422, lasting, .module(.persona), "there are no personas to index",
            "name at least one persona"),
        Entry(
            .idempotencyConflict, 409, lasting, .module(.gateway), "the idempotency key was used for another request",
            "send the first request as it was, or use a new key"),
        Entry(
            .notFound, 404, lasting, .module(.gateway), "there is no such thing in this project",
            "check the name, and whether it is in another project"),
        Entry(
            .commandLine, 400, lasting, .caller, "the command line cannot be understood",
            "`ainer help` shows how it is written"),
        Entry(
            .inputUnreadable, 400, lasting, .caller, "the story or another file cannot be read",
            "give the path of a text or Markdown file of at most 1 MiB"),
        Entry(
            .illegalTransition, 409, lasting, .module(.orchestrator), "a move that its state does not allow",
            "look at the status first; the message says what would be allowed"),
        Entry(
            .orchestrationTimeout, 504, retryable, .module(.orchestrator), "a step of the run was not over in time",
            "it is tried again; a lower quality is faster"),
        Entry(
            .dependencyMissing, 409, retryable, .module(.orchestrator), "something this work rests on is not there yet",
            "let what stands before it finish, then try again"),
        Entry(.runOver, 409, lasting, .module(.orchestrator), "the run is over or was canceled", "start a new run"),
        Entry(
            .reviewRejected, 409, lasting, .module(.orchestrator), "a person looked at the run and said no",
            "run again from the stage that was looked at, or submit the story anew"),
        Entry(
            .noTarget, 503, retryable, .module(.modelRouter), "no model or engine can take this work now",
            "`./ainer doctor` says which engines answer"),
        Entry(
            .policyRefused, 403, lasting, .module(.modelRouter), "a policy forbids this choice of model",
            "change the policy, or ask for something it allows"),
        Entry(
            .claimFailed, 503, retryable, .module(.workerHub), "a worker could not take the ticket",
            "it is offered again"),
        Entry(
            .executionFailed, 500, retryable, .worker, "the work itself failed",
            "the message names the program and its last words"),
        Entry(
            .workTimedOut, 504, retryable, .module(.workerHub), "the work took longer than it may",
            "a lower quality, or a faster machine"),
        Entry(
            .leaseLost, 503, retryable, .module(.workerHub), "a worker fell silent and lost its lease",
            "the job is offered again; the late result is discarded"),
        Entry(
            .answerMalformed, 502, retryable, .module(.workerLLM), "a model's answer cannot be read",
            "it is asked once more; then a person must look"),
        Entry(
            .deviceExhausted, 503, retryable, .worker, "the graphics memory is full",
            "a lower quality, fewer at once, or a larger device"),
        Entry(
            .composeFailed, 500, retryable, .module(.composer), "ffmpeg could not cut the film",
            "`./ainer doctor` checks encoders and filters"),
        Entry(
            .timelineInvalid, 422, lasting, .module(.composer), "the timeline contradicts itself",
            "mend the track and time that the message names"),
        Entry(
            .composeInputMissing, 409, retryable, .module(.composer), "a file that the cut needs is not there",
            "let the job that makes it run again"),
        Entry(
            .composeSkillFailed, 500, retryable, .module(.composer), "a skill of the composer failed",
            "it is tried again; a message that stays is worth a report"),
        Entry(
            .artifactUpload, 502, retryable, .worker, "a file could not be stored",
            "free space, or check the rights of the data folder"),
        Entry(
            .artifactMissing, 500, lasting, .module(.workerHub), "a file that was promoted is not there any more",
            "restore the data folder, or make the film anew"),
        Entry(
            .artifactMeta, 500, lasting, .module(.workerHub), "a file's description or checksum is wrong",
            "make it anew; a message that stays is worth a report"),
        Entry(
            .traceLost, 500, retryable, .module(.observer), "a trace could not be written; the work goes on",
            "nothing, unless traces are missed: check the collector"),
        Entry(
            .dependencyDown, 503, retryable, .caller, "something AINER needs does not answer",
            "`./ainer doctor` says what and how to mend it"),
        Entry(
            .resourceExhausted, 503, retryable, .caller, "disk, memory or a rate limit is used up",
            "free space, set `AINER_DATA` to another disk, or wait"),
        Entry(
            .settingsWrong, 500, lasting, .caller, "the settings have faults",
            "`./ainer settings` lists what can be set"),
        Entry(
            .outputUnwritable, 500, lasting, .caller, "a folder for data or outputs cannot be written",
            "check its rights, or name another: `-o` or `AINER_DATA`"),
        Entry(
            .folderInUse, 409, retryable, .caller, "another ainer works in this data folder",
            "wait for it, or set `AINER_DATA` to another folder"),
        Entry(
            .programFault, 500, lasting, .caller, "the program met what it did not foresee",
            "the same command goes on where it was; a message that stays is worth a report"),
    ]

    static let retryable = true
    static let lasting = false
}
