// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import CPostgres

/// One `PGconn` and the calls on it; whoever drops it last closes the connection.
///
/// Sendable because it is handed over once, by the lane that looked the host up to the lane that keeps it, and is
/// touched by nobody else.
@safe
final class PostgresHandle: @unchecked Sendable {
    private let raw: OpaquePointer

    /// Begins a connection. Looking up the host's name may block.
    init?(words: String) {
        guard let begun = unsafe PQconnectStart(words) else { return nil }
        unsafe raw = begun
        unsafe ainer_pg_hush(raw)
    }

    deinit { unsafe PQfinish(raw) }

    /// What the connection complains of; the next call overwrites it.
    var complaint: String {
        unsafe PQerrorMessage(raw).map { unsafe String(cString: $0) }?.onOneLine ?? "no message"
    }

    var descriptor: Int32 { unsafe PQsocket(raw) }
    var process: Int32 { unsafe PQbackendPID(raw) }
    var isBroken: Bool { unsafe PQstatus(raw) == CONNECTION_BAD }
    var isInTransaction: Bool {
        let status = unsafe PQtransactionStatus(raw)
        return status != PQTRANS_IDLE
    }

    /// How the attempt to connect goes on. It may close its descriptor and take another.
    func poll() -> PostgresPollingStatusType { unsafe PQconnectPoll(raw) }

    /// From now on nothing waits inside a call.
    func stopBlocking() -> Bool { unsafe PQsetnonblocking(raw, 1) == 0 }

    func enterPipeline() -> Bool { unsafe PQenterPipelineMode(raw) == 1 }

    /// Only when nothing is under way.
    func leavePipeline() -> Bool { unsafe PQexitPipelineMode(raw) == 1 }

    /// A way to stop what is running, good for as long as it is held.
    func canceller() -> PostgresCanceller? {
        guard let ticket = unsafe PQgetCancel(raw) else { return nil }
        return unsafe PostgresCanceller(ticket)
    }
}

// MARK: out

extension PostgresHandle {
    /// Text of several statements, outside of the pipeline.
    func sendScript(_ text: String) -> Bool { unsafe PQsendQuery(raw, text) == 1 }

    func sendPrepare(_ name: String, _ text: String, types: [Oid]) -> Bool {
        unsafe PQsendPrepare(raw, name, text, Int32(types.count), types) == 1
    }

    /// Everything travels in binary, both ways.
    func sendRun(_ name: String, _ parameters: PostgresParameters) -> Bool {
        unsafe parameters.withArrays { values, lengths, formats in
            unsafe PQsendQueryPrepared(raw, name, Int32(lengths.count), values, lengths, formats, 1) == 1
        }
    }

    func sendDescribe(_ name: String) -> Bool { unsafe PQsendDescribePrepared(raw, name) == 1 }

    func sendSync() -> Bool { unsafe PQpipelineSync(raw) == 1 }

    /// Writes what the socket takes. True when something is left; `nil` when the connection is lost.
    func flush() -> Bool? {
        switch unsafe PQflush(raw) {
        case 0: false
        case 1: true
        default: nil
        }
    }
}

// MARK: in

extension PostgresHandle {
    /// Reads what has arrived; false when the connection is lost.
    func consume() -> Bool { unsafe PQconsumeInput(raw) == 1 }

    /// True while the next result has not arrived as a whole.
    var isBusy: Bool { unsafe PQisBusy(raw) == 1 }

    /// The next result, or `nil` where one command's results end. Never while it is busy: then it would wait.
    func nextResult() -> PostgresResult? {
        guard let result = unsafe PQgetResult(raw) else { return nil }
        return unsafe PostgresResult(result)
    }

    /// Takes one notification off the queue and answers the process that sent it.
    func nextNotification() -> Int32? {
        guard let note = unsafe PQnotifies(raw) else { return nil }
        defer { unsafe PQfreemem(note) }
        return unsafe note.pointee.be_pid
    }
}

/// Stops what a connection is running, from any thread, waiting for the server meanwhile.
///
/// Sendable because libpq promises `PQcancel` to any thread, and nothing here is written.
@safe
final class PostgresCanceller: @unchecked Sendable {
    private let raw: OpaquePointer

    init(_ raw: OpaquePointer) { unsafe self.raw = raw }

    deinit { unsafe PQfreeCancel(raw) }

    /// That it fails is not told: whoever wanted it waits for the statement's end either way.
    func fire() {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(ainer_pg_complaint)) { room in
            _ = unsafe PQcancel(raw, room.baseAddress, Int32(room.count))
        }
    }
}

extension String {
    /// libpq ends its sentences with line breaks and indents what follows.
    var onOneLine: String {
        split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.joined(separator: " ")
    }
}
