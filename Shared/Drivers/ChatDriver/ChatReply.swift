// ChatDriver · driver · sees Contracts, HTTP, HTTPClientDriver, Policies, Ports, Wire
import Contracts
import HTTP
import HTTPClientDriver
import Ports
import Wire

/// An answer as it grows: from a stream, or in one piece from a provider that does not stream.
struct ChatReply {
    /// A longer answer is none: nothing we ask for needs so much.
    static let longest = 4 << 20

    private var text = ""
    private var promptTokens = 0
    private var answerTokens = 0
    private var ending: String?

    static func read(_ answer: HTTPAnswer) async throws -> ChatReply {
        var reply = ChatReply()
        guard answer.fields["Content-Type"]?.lowercased().hasPrefix("text/event-stream") ?? false else {
            try reply.take(try await answer.body.collect(upTo: longest))
            return try reply.finished()
        }
        var reader = EventStreamReader(limit: 1 << 20)
        var size = 0
        for try await piece in answer.body {
            size += piece.count
            guard size <= longest * 8 else { throw ChatFault(.broken, "its answer has no end") }
            for event in try reader.read(piece) {
                if event.data == "[DONE]" { return try reply.finished() }
                try reply.take(Array(event.data.utf8))
            }
        }
        return try reply.finished()
    }

    func answer(tries: Int) -> TextAnswer {
        TextAnswer(text: text, promptTokens: promptTokens, answerTokens: answerTokens, tries: tries)
    }

    private mutating func take(_ bytes: [UInt8]) throws(ChatFault) {
        let part: JSONValue
        do { part = try JSON.value(of: bytes) } catch {
            throw ChatFault(.broken, "what it sent is not JSON: \(String(decoding: bytes.prefix(2000), as: UTF8.self))")
        }
        if let error = part["error"], error != .null { throw ChatFault(.busy, ChatFault.words(of: part)) }
        if let usage = part["usage"] {
            promptTokens = usage["prompt_tokens"]?.count ?? promptTokens
            answerTokens = usage["completion_tokens"]?.count ?? answerTokens
        }
        guard case .array(let choices)? = part["choices"], let choice = choices.first else { return }
        text += (choice["delta"] ?? choice["message"])?["content"]?.words ?? ""
        guard text.utf8.count <= Self.longest else { throw ChatFault(.broken, "its answer has no end") }
        ending = choice["finish_reason"]?.words ?? ending
    }

    /// A reply that says how it ended. One that breaks off is none, however whole it looks.
    private func finished() throws(ChatFault) -> ChatReply {
        switch ending {
        case nil: throw ChatFault(.broken, "its answer broke off")
        case "length": throw ChatFault(.cutShort, "its answer is longer than it may be")
        case "content_filter": throw ChatFault(.refused, "its filter holds the answer back")
        default: return self
        }
    }
}

extension JSONValue {
    var words: String? { if case .string(let text) = self { text } else { nil } }
    /// Of tokens: no provider counts more, and nobody's sum runs over.
    fileprivate var count: Int? {
        guard case .integer(let number) = self, (0...1_000_000_000).contains(number) else { return nil }
        return Int(number)
    }
}
