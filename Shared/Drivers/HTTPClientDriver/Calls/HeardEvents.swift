// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
package import HTTP

/// The events in an answer as they come. It ends with the answer; an event that was not finished by then is none.
package struct HeardEvents: AsyncSequence, Sendable {
    fileprivate let answer: HTTPAnswer
    fileprivate let limit: Int

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }

    package struct AsyncIterator: AsyncIteratorProtocol {
        private let place: String
        private var pieces: ByteStream.AsyncIterator
        private var reader: EventStreamReader
        private var ready: ArraySlice<StreamEvent> = []

        fileprivate init(_ events: HeardEvents) {
            place = events.answer.place
            pieces = events.answer.body.makeAsyncIterator()
            reader = EventStreamReader(limit: events.limit)
        }

        package mutating func next() async throws -> StreamEvent? {
            while ready.isEmpty {
                guard let piece = try await pieces.next() else { return nil }
                do { ready = try reader.read(piece)[...] } catch {
                    throw HTTPClientFailure(
                        .tooLarge, at: place, "one of its events is longer than \(error.limit) bytes")
                }
            }
            return ready.removeFirst()
        }
    }
}

extension HTTPClient {
    /// Listens to what a server tells, as long as it tells it. A call without an end wants no `whole` patience, and one
    /// that is silent for long a larger one for `stall`.
    package func events(
        _ call: HTTPCall, eventLimit: Int = 1 << 20
    ) async throws(HTTPClientFailure) -> HeardEvents {
        var call = call
        if call.fields["Accept"] == nil { call.fields["Accept"] = "text/event-stream" }
        call.bodyLimit = .max
        let answer = try await send(call)
        let kind = answer.fields["Content-Type"]?.lowercased() ?? ""
        guard answer.status == 200, kind.hasPrefix("text/event-stream") else {
            throw HTTPClientFailure(
                .protocolError, at: answer.place, "it answered \(answer.status.code), and no stream of events")
        }
        return HeardEvents(answer: answer, limit: eventLimit)
    }
}
