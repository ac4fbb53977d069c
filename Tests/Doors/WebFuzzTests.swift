// DoorTests · tests · sees HTTP, Ports, Web, Contracts
import Contracts
import HTTP
import Ports
import Synchronization
import Testing
import Web

@Suite("a site that anything is sent to")
struct WebFuzzTests {
    private static let bodies = [
        #"{"title":"Milk","text":"Hello","mood":"calm","tags":["a","b"]}"#,
        #"{"title":"\u4f60","text":"\ud83c\udfac"}"#,
        "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nsound\r\n--b--",
    ].map { Array($0.utf8) }
    private static let places = [
        "/api/v1/notes?limit=2&mood=calm&tag=a&tag=b&cursor=eyJhIjoxfQ", "/api/v1/notes/note_00000001",
        "/api/v1/notes/note_00000001/file", "/api/v1/notes/note_00000001/events", "/api/v1/uploads", "/openapi.json",
    ].map { Array($0.utf8) }
    private static let fields = [
        "bytes=0-5", "\"note_00000001-1\"", "*", "application/json", "multipart/form-data; boundary=b", "text/*;q=0.3",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "Sun, 06 Nov 1994 08:49:37 GMT",
    ].map { Array($0.utf8) }

    @Test("answers, and never with a failure of its own", arguments: 1...4 as ClosedRange<UInt64>)
    func anything(seed: UInt64) async throws {
        var chance = CodecSeeds(seed)
        let call = WebCall(try WebDemo().site)
        _ = try await call.send(.post, "/api/v1/notes", ["Idempotency-Key": "k"], Self.bodies[0])
        let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get"].map(
            HTTPMethod.init(rawValue:))
        let names = [
            "Range", "If-Range", "If-None-Match", "If-Match", "Accept", "Content-Type", "traceparent", "Last-Event-ID",
            "Host", "Origin", "X-Request-Id", "If-Modified-Since", "X-Forwarded-For", "Idempotency-Key",
        ]
        for _ in 0..<2_500 {
            let target = Self.text(chance.mutated(Self.places[chance.below(Self.places.count)], among: Self.places))
            var more: HTTPFields = ["Idempotency-Key": "k"]
            for _ in 0..<chance.below(3) {
                let value = Self.fields[chance.below(Self.fields.count)]
                more[names[chance.below(names.count)]] = Self.text(chance.mutated(value, among: Self.fields))
            }
            let body = Self.bodies[chance.below(Self.bodies.count)]
            let sent = chance.below(2) == 0 ? [] : chance.mutated(body, among: Self.bodies)
            let answer = try await call.send(methods[chance.below(methods.count)], target, more, sent)
            #expect(answer.status < 500, "\(target) \(more) \(answer.text)")
            if answer.status >= 400 { #expect(answer["Content-Type"] == "application/problem+json") }
            for field in answer.response.fields.all {
                #expect(!field.value.utf8.contains { $0 < 0x20 || $0 == 0x7F }, "\(field)")
            }
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

@Suite("a stream of events")
struct EventReplyTests {
    /// Its first sleep is over at once, and every other one lasts until it is called off.
    private final class OneTick: WallClock {
        private let isOver = Mutex(false)

        func now() -> Timestamp { Timestamp(microseconds: 0) }

        func sleep(until moment: Timestamp) async throws {
            let wasOver = isOver.withLock { isOver in
                defer { isOver = true }
                return isOver
            }
            if wasOver { try await Task.sleep(for: .seconds(600)) }  // nobody waits for it: it is called off
        }
    }

    /// Tells of everything that is written.
    private final class Listener: BodyWriter {
        let heard: AsyncStream<[UInt8]>
        private let speaker: AsyncStream<[UInt8]>.Continuation

        init() { (heard, speaker) = AsyncStream.makeStream() }

        func write(_ bytes: [UInt8]) async throws { speaker.yield(bytes) }
        func untilOver() async {}
        func close() { speaker.finish() }
    }

    @Test("is kept alive in silence, and over when there is no more to tell")
    func keptAlive() async throws {
        let listener = Listener()
        let (gate, opener) = AsyncStream<Void>.makeStream()
        let response = HTTPResponse.events(clock: OneTick(), retry: .seconds(3)) { sender in
            for await _ in gate { break }
            try await sender.send(StreamEvent("late", id: "1"))
        }
        guard case .stream(nil, let write) = response.body else { throw Missing() }
        async let over: Void = { () async throws -> Void in
            try await write(listener)
            listener.close()
        }()
        var said: [String] = []
        for await bytes in listener.heard {
            said.append(String(decoding: bytes, as: UTF8.self))
            if said.count == 2 { opener.finish() }
        }
        try await over
        #expect(said == ["retry: 3000\n\n", ": still here\n\n", "id: 1\ndata: late\n\n"])
    }
}
