// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver, HTTP, HTTPServerDriver, Telemetry, Wire
package import Contracts
package import HTTP
import HTTPServerDriver
import Synchronization
import Telemetry
import Wire

/// A provider of models over real HTTP that behaves as it is told, question by question.
package final class ModelStandIn: Responder {
    package enum Mood: Sendable {
        /// Streams this text, cut into pieces wherever.
        case says(String)
        /// The same in one piece, as a provider does that does not stream.
        case saysAtOnce(String)
        /// Streams the beginning, and then nothing more.
        case stalls(String)
        /// Streams the beginning, and closes.
        case breaksOff(String)
        /// Streams what is no JSON.
        case babbles
        /// Ends for want of room.
        case runsOut(String)
        case answers(Int, String, retryAfter: Int? = nil)
        case answersPlainly(Int, String)
        /// Never answers.
        case isDeaf
    }

    package struct Asked: Sendable {
        package let path: String
        package let key: String?
        package let body: JSONValue
    }

    private let moods: @Sendable (Int, Asked) -> Mood
    private let heard = Mutex<[Asked]>([])

    private init(_ moods: @escaping @Sendable (Int, Asked) -> Mood) { self.moods = moods }

    package var asked: [Asked] { heard.withLock { $0 } }

    /// Serves as long as the visit lasts. The mood is chosen by the number of the question, from 0.
    package static func open(
        _ moods: @escaping @Sendable (Int, Asked) -> Mood, _ visit: (ModelStandIn, String) async throws -> Void
    ) async throws {
        let standIn = ModelStandIn(moods)
        let server = try HTTPServer.open(HTTPServerOptions(), responder: standIn, log: .silent)
        do { try await visit(standIn, "http://127.0.0.1:\(server.port)/v1") } catch {
            await server.close()
            throw error
        }
        await server.close()
    }

    package func admit(_ head: RequestHead) -> Admission {
        .handle(
            Handling { [self] request in
                let bytes = (try? await request.body.collect(upTo: 8 << 20)) ?? []  // a cut question is none
                let asked = Asked(
                    path: head.target, key: head.fields["Authorization"],
                    body: (try? JSON.value(of: bytes)) ?? .null)  // likewise
                let number = heard.withLock { heard in
                    heard.append(asked)
                    return heard.count - 1
                }
                return Self.answer(moods(number, asked))
            })
    }

    private static func answer(_ mood: Mood) -> HTTPResponse {
        switch mood {
        case .says(let text): stream(pieces(of: text) + [ending("stop"), usage, "[DONE]"])
        case .saysAtOnce(let text):
            json(
                200,
                [
                    "choices": .array([
                        .object([
                            "message": .object(["role": .string("assistant"), "content": .string(text)]),
                            "finish_reason": .string("stop"),
                        ])
                    ]),
                    "usage": .object(["prompt_tokens": .integer(100), "completion_tokens": .integer(20)]),
                ])
        case .stalls(let text): stream(pieces(of: text), thenWaits: true)
        case .breaksOff(let text): stream(pieces(of: text))
        case .babbles: stream(["<html>"])
        case .runsOut(let text): stream(pieces(of: text) + [ending("length"), "[DONE]"])
        case .answers(let status, let words, let retryAfter):
            json(
                status, ["error": .object(["message": .string(words), "type": .string("test")])],
                retryAfter.map { ["Retry-After": "\($0)"] } ?? [:])
        case .answersPlainly(let status, let words):
            HTTPResponse(HTTPStatus(status), ["Content-Type": "text/plain"], body: .bytes(Array(words.utf8)))
        case .isDeaf: stream([], thenWaits: true)
        }
    }

    private static let usage = "{\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20}}"

    private static func ending(_ reason: String) -> String {
        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"\(reason)\"}]}"
    }

    private static func pieces(of text: String) -> [String] {
        var rest = Array(text)[...]
        var pieces: [String] = []
        while !rest.isEmpty {
            let piece = JSONValue.object([
                "choices": .array([
                    .object([
                        "index": .integer(0), "finish_reason": .null,
                        "delta": .object(["content": .string(String(rest.prefix(7)))]),
                    ])
                ])
            ])
            pieces.append(String(decoding: JSON.text(of: piece), as: UTF8.self))
            rest = rest.dropFirst(7)
        }
        return pieces
    }

    private static func stream(_ events: [String], thenWaits: Bool = false) -> HTTPResponse {
        HTTPResponse(
            200, ["Content-Type": "text/event-stream"],
            body: .stream(length: nil) { writer in
                for event in events { try await writer.write(StreamEvent(event).bytes) }
                // Until whoever asked goes away.
                if thenWaits { await Self.nothing() }
            })
    }

    /// Comes to nobody, and ends with whoever waits for it.
    private static func nothing() async {
        let (stream, end) = AsyncStream.makeStream(of: Void.self)
        for await _ in stream {}
        end.finish()
    }

    private static func json(
        _ status: Int, _ members: [String: JSONValue], _ fields: HTTPFields = [:]
    ) -> HTTPResponse {
        var fields = fields
        fields["Content-Type"] = "application/json"
        return HTTPResponse(HTTPStatus(status), fields, body: .bytes(JSON.text(of: .object(members))))
    }
}
