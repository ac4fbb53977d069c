// Contracts · pure · sees nothing

/// The catalogue of the machines: what the execution of any of the units says.
package enum UnitTable {
    package static let entries: [EventEntry] = [
        row(.executionStarted, "a unit begins, before anything is checked"),
        row(.executionCompleted, "a unit is done", [.may("output", .any), .may("duration_ms", .milliseconds)]),
        row(
            .executionFailed, "a unit failed, be it only because its input was wrong",
            [.must("error", .text), .may("duration_ms", .milliseconds)], isFailure: true),
    ]

    /// The agent of a host speaks: it lives in the hub or in the worker that runs there.
    private static let hosts: [Module] = [
        .workerHub, .workerVideo, .workerAudio, .workerLLM, .workerLipsync, .composer,
    ]

    private static func row(
        _ event: ExecutionEvent, _ meaning: String, _ more: [Field] = [], isFailure: Bool = false
    ) -> EventEntry {
        let shape = Shape(
            "UnitExecution",
            [
                .must("event_type", .word([event.rawValue]), "the envelope's own type once more"),
                .must("domain", .word(of: Unit.Domain.self)),
                .must("unit_name", .word(Unit.all.map(\.name))),
                .must("timestamp", .time),
                .must("correlation_id", .opaque, "of this one execution; the envelope carries the flow's"),
                .may("input", .any),
            ] + more)
        return EventEntry(
            type: .unit(event), section: "execution", meaning: meaning, producers: hosts, topic: .unitEvents,
            visibility: .operator, persistence: .stored, schema: .typed(shape), isFailure: isFailure)
    }
}
