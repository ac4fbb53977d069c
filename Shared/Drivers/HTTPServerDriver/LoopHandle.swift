// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import CHTTPServer

/// What any thread may tell a loop. The loop keeps copies; whatever concerns a request that is over is dropped there.
@safe
final class LoopHandle: Sendable {
    /// Sendable because every function called on it takes any thread.
    private nonisolated(unsafe) let raw: OpaquePointer

    /// Takes over what `ainer_http_open` gave.
    init(_ raw: OpaquePointer) { unsafe self.raw = raw }

    deinit { unsafe ainer_http_release(raw) }

    var port: UInt16 { unsafe ainer_http_port(raw) }

    func start() -> Bool { unsafe ainer_http_start(raw) == 0 }
    func drain() { unsafe ainer_http_drain(raw) }
    func stop() { unsafe ainer_http_stop(raw) }

    func answer(_ id: UInt64, head: [UInt8], body: [UInt8]) {
        unsafe ainer_http_answer(raw, id, head, head.count, body, body.count)
    }

    /// The file is the loop's from here on.
    func answer(_ id: UInt64, head: [UInt8], file: Int32, offset: Int64, count: Int64) {
        unsafe ainer_http_file(raw, id, head, head.count, file, offset, count)
    }

    /// Only inside `admit`.
    func answerNow(head: [UInt8], body: [UInt8]) {
        unsafe ainer_http_answer_now(raw, head, head.count, body, body.count)
    }

    /// Only inside `admit`. The file is the loop's from here on.
    func answerNow(head: [UInt8], file: Int32, offset: Int64, count: Int64) {
        unsafe ainer_http_file_now(raw, head, head.count, file, offset, count)
    }

    enum Coding {
        case plain
        case chunked
        case untilClose

        var word: Int32 {
            switch self {
            case .plain: Int32(AINER_HTTP_PLAIN)
            case .chunked: Int32(AINER_HTTP_CHUNKED)
            case .untilClose: Int32(AINER_HTTP_UNTIL_CLOSE)
            }
        }
    }

    func begin(_ id: UInt64, head: [UInt8], _ coding: Coding) {
        unsafe ainer_http_begin(raw, id, head, head.count, coding.word)
    }

    func write(_ id: UInt64, _ bytes: [UInt8]) { unsafe ainer_http_write(raw, id, bytes, bytes.count) }

    func end(_ id: UInt64, isWhole: Bool) { unsafe ainer_http_end(raw, id, isWhole ? 1 : 0) }

    func credit(_ id: UInt64, _ count: Int) { unsafe ainer_http_credit(raw, id, count) }

    func upgrade(_ id: UInt64, head: [UInt8]) { unsafe ainer_http_socket(raw, id, head, head.count) }

    func say(_ id: UInt64, isText: Bool, _ bytes: [UInt8]) {
        unsafe ainer_http_say(raw, id, isText ? 1 : 0, bytes, bytes.count)
    }

    func sayGoodbye(_ id: UInt64, code: UInt16, reason: [UInt8]) {
        unsafe ainer_http_goodbye(raw, id, code, reason, reason.count)
    }
}
