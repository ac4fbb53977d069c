// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
package import HTTP

/// An event that a server sent.
package struct HeardEvent: Sendable, Equatable {
    /// `message` when the server gave it no name.
    package var name = "message"
    package var data = ""
    /// The last number the server gave, for whoever asks again where he stopped.
    package var lastID = ""

    package init(name: String = "message", data: String = "", lastID: String = "") {
        self.name = name
        self.data = data
        self.lastID = lastID
    }
}

/// The events in an answer as they come. It ends with the answer; an event that was not finished by then is none.
package struct HeardEvents: AsyncSequence, Sendable {
    private let body: ByteStream
    private let limit: Int

    package init(_ body: ByteStream, eventLimit: Int = 1 << 20) {
        self.body = body
        limit = eventLimit
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body.makeAsyncIterator(), limit) }

    package struct AsyncIterator: AsyncIteratorProtocol {
        private var pieces: ByteStream.AsyncIterator
        private var reader: EventReader
        private var ready: ArraySlice<HeardEvent> = []

        init(_ pieces: ByteStream.AsyncIterator, _ limit: Int) {
            self.pieces = pieces
            reader = EventReader(limit: limit)
        }

        package mutating func next() async throws -> HeardEvent? {
            while ready.isEmpty {
                guard let piece = try await pieces.next() else { return nil }
                ready = try reader.read(piece)[...]
            }
            return ready.removeFirst()
        }
    }
}

/// Takes a stream of events apart, in whatever pieces it comes.
struct EventReader {
    private let limit: Int
    private var line: [UInt8] = []
    private var event = HeardEvent()
    private var lines: [String] = []
    private var size = 0
    private var isAfterReturn = false
    private var isAtStart = true

    init(limit: Int) { self.limit = limit }

    mutating func read(_ bytes: [UInt8]) throws(HTTPClientFailure) -> [HeardEvent] {
        var found: [HeardEvent] = []
        for byte in bytes {
            let isSecondHalf = isAfterReturn && byte == 0x0a
            isAfterReturn = byte == 0x0d
            if isSecondHalf { continue }
            if byte == 0x0a || byte == 0x0d {
                if let event = endLine() { found.append(event) }
                continue
            }
            line.append(byte)
            size += 1
            guard size <= limit else {
                throw HTTPClientFailure(.tooLarge, at: "a stream of events", "an event is longer than \(limit) bytes")
            }
        }
        return found
    }

    private mutating func endLine() -> HeardEvent? {
        defer { line = [] }
        if isAtStart, line.starts(with: [0xef, 0xbb, 0xbf]) { line.removeFirst(3) }
        isAtStart = false
        guard !line.isEmpty else { return dispatch() }
        let text = String(decoding: line, as: UTF8.self)
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? String(parts[1].first == " " ? parts[1].dropFirst() : parts[1]) : ""
        switch parts[0] {
        case "event": event.name = value
        case "data": lines.append(value)
        case "id" where !value.utf8.contains(0): event.lastID = value
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> HeardEvent? {
        defer {
            event = HeardEvent(lastID: event.lastID)
            lines = []
            size = 0
        }
        guard !lines.isEmpty else { return nil }
        event.data = lines.joined(separator: "\n")
        if event.name.isEmpty { event.name = "message" }
        return event
    }
}

extension HTTPClient {
    /// Listens to what a server tells, as long as it tells it. A call without an end wants no `whole` patience, and one
    /// that is silent for long a larger one for `stall`.
    package func events(_ call: HTTPCall) async throws(HTTPClientFailure) -> HeardEvents {
        var call = call
        if call.fields["Accept"] == nil { call.fields["Accept"] = "text/event-stream" }
        call.bodyLimit = .max
        let answer = try await send(call)
        let kind = answer.fields["Content-Type"]?.lowercased() ?? ""
        guard answer.status == 200, kind.hasPrefix("text/event-stream") else {
            throw HTTPClientFailure(
                .protocolError, at: answer.place, "it answered \(answer.status.code), and no stream of events")
        }
        return HeardEvents(answer.body)
    }
}
