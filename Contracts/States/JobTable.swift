// Contracts · pure · sees nothing

extension JobStatus: Worded {}

package enum JobMove: String, Worded {
    case enqueue
    case claim
    case begin
    case putBack = "put back"
    case reclaim
    case succeed
    case fail
    case retry
    case cancel
}

extension StateMachines {
    /// The status of a job, as the orchestrator keeps it. A result may be heard before the claim it rests on.
    package static let job = StateTable<JobStatus, JobMove>(
        "job", owner: .orchestrator, start: .queued, finals: [.succeeded, .failed, .canceled],
        rows: [
            .init(.queued, .enqueue, .enqueued, "all it rests on succeeded; it is ordered"),
            .init(.enqueued, .putBack, .queued, "no worker can take it"),
            .init(.enqueued, .claim, .claimed, "a worker took the ticket"),
            .init(.claimed, .claim, .claimed, "another worker took it over"),
            .init(.claimed, .begin, .running, "the worker's first heartbeat"),
            .init(.claimed, .reclaim, .enqueued, "the worker fell silent"),
            .init(.running, .reclaim, .enqueued, "the worker fell silent"),
            .init(.enqueued, .succeed, .succeeded, "a valid result"),
            .init(.claimed, .succeed, .succeeded, "a valid result"),
            .init(.running, .succeed, .succeeded, "a valid result"),
            .init(.retrying, .succeed, .succeeded, "the result of an earlier try came after all"),
            .init(.enqueued, .fail, .failed, "a failed result, or its time is over"),
            .init(.claimed, .fail, .failed, "a failed result, or its time is over"),
            .init(.running, .fail, .failed, "a failed result, or its time is over"),
            .init(.failed, .retry, .retrying, "another try may help and there are tries left"),
            .init(.retrying, .enqueue, .enqueued, "the wait before the next try is over"),
            .init(.queued, .cancel, .canceled, "the run is over"),
            .init(.enqueued, .cancel, .canceled, "the run is over"),
            .init(.claimed, .cancel, .canceled, "the run is over"),
            .init(.running, .cancel, .canceled, "the run is over"),
            .init(.retrying, .cancel, .canceled, "the run is over"),
        ])
}
