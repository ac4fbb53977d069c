// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import Contracts
package import HTTP
package import Ports

/// The sending side of a stream of events.
package struct EventSender: Sendable {
    let writer: any BodyWriter

    package func send(_ event: StreamEvent) async throws { try await writer.write(event.bytes) }
}

extension HTTPResponse {
    /// Events as they happen, until `tell` returns or the client leaves. In silence a comment keeps proxies from hanging
    /// up. `retry` is how long a client that was cut off waits before it comes back with `Last-Event-ID`.
    package static func events(
        clock: any WallClock, retry: Duration = .seconds(2), keepAlive: Duration = .seconds(15),
        _ tell: @escaping @Sendable (EventSender) async throws -> Void
    ) -> HTTPResponse {
        let body = Body.stream(length: nil) { writer in
            try await writer.write(StreamEvent.retry(after: retry))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await tell(EventSender(writer: writer)) }
                group.addTask {
                    while true {
                        try await clock.sleep(until: clock.now() + keepAlive)
                        try await writer.write(StreamEvent.comment("still here"))
                    }
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
        return HTTPResponse(
            200,
            ["Content-Type": MediaType.events.description, "Cache-Control": "no-store", "X-Accel-Buffering": "no"],
            body: body)
    }
}
