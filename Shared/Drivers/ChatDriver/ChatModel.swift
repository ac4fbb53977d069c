// ChatDriver · driver · sees Contracts, HTTP, HTTPClientDriver, Policies, Ports, Wire
import Contracts
import HTTP
package import HTTPClientDriver
import Policies
package import Ports
import Synchronization

/// Where a model is, how it is called, and how long it is waited for.
package struct ChatOptions: Sendable {
    /// As everybody gives it: `https://host/v1`, or the whole way to `chat/completions`.
    package var url: String
    package var model: String
    package var key: String?
    /// Until it begins to answer: it reads the question first.
    package var firstWord = Duration.seconds(120)
    /// Between two words.
    package var stall = Duration.seconds(60)
    /// Of one try.
    package var whole = Duration.seconds(600)
    package var tries = 4
    package var firstPause = Duration.seconds(1)
    package var longestPause = Duration.seconds(30)

    package init(url: String, model: String, key: String? = nil) {
        self.url = url
        self.model = model
        self.key = key
    }
}

/// A model behind the chat API that nearly every provider and every local server speaks. It is asked for a stream and for
/// a shape; who knows no shapes is asked for plain JSON.
package final class ChatModel: TextModel {
    package let name: String
    package let provider: String
    private let options: ChatOptions
    private let client: HTTPClient
    private let url: String
    /// What this provider takes, found by asking.
    private let form = Mutex(ChatForm.schema)

    /// Nil when the URL is none.
    package init?(_ options: ChatOptions, client: HTTPClient) {
        guard let url = WebURL(options.url), ["http", "https"].contains(url.scheme) else { return nil }
        self.options = options
        self.client = client
        name = options.model
        provider =
            "\(url.scheme)://\(url.host.contains(":") ? "[\(url.host)]" : url.host)\(url.port.map { ":\($0)" } ?? "")"
        self.url = provider + Self.way(url.path) + (url.query.map { "?" + $0 } ?? "")
    }

    private static func way(_ path: String) -> String {
        let bare = path.hasSuffix("/") ? String(path.dropLast()) : path
        if bare.hasSuffix("/chat/completions") { return bare }
        return bare.isEmpty ? "/v1/chat/completions" : bare + "/chat/completions"
    }

    /// What may pass is asked again: a broken line, a busy provider, an answer that broke off.
    package func complete(_ question: TextQuestion) async throws(TextFailure) -> TextAnswer {
        let backoff = Backoff(first: options.firstPause, longest: options.longestPause)
        let end = question.patience.map { ContinuousClock.now + $0 }
        var tries = 0
        while true {
            tries += 1
            let form = form.withLock { $0 }
            do throws(ChatFault) {
                var answer = try await attempt(question, form, until: end).answer(tries: tries)
                answer.text = hidden(answer.text)
                return answer
            } catch {
                if error.isOfForm {
                    // Refused in every form, it was something else: the next question is asked as the first was.
                    self.form.withLock { $0 = form.simpler ?? .schema }
                    if form.simpler != nil { continue }
                }
                let failure = TextFailure(
                    error.code, at: provider, String(hidden(error.cause).prefix(300)), tries: tries)
                guard error.mayPass, tries < options.tries else { throw failure }
                let pause = max(backoff.delay(after: tries), error.wish ?? .zero)
                guard pause <= options.longestPause, end.map({ .now + pause < $0 }) ?? true else { throw failure }
                do { try await Task.sleep(for: pause) } catch {
                    throw TextFailure(.canceled, at: provider, "its caller turned away", tries: tries)
                }
            }
        }
    }

    private func attempt(
        _ question: TextQuestion, _ form: ChatForm, until end: ContinuousClock.Instant?
    ) async throws(ChatFault) -> ChatReply {
        do {
            let answer = try await client.send(call(question, form, until: end))
            guard answer.status == 200 else {
                let body = try await answer.body.collect(upTo: 1 << 16)
                throw ChatFault(answer.status, body, after: answer.fields.retryAfter)
            }
            return try await ChatReply.read(answer)
        } catch let fault as ChatFault {
            throw fault
        } catch let failure as HTTPClientFailure {
            throw ChatFault(failure)
        } catch {
            throw ChatFault(.broken, "\(error)")
        }
    }

    private func call(
        _ question: TextQuestion, _ form: ChatForm, until end: ContinuousClock.Instant?
    ) throws -> HTTPCall {
        var fields: HTTPFields = ["Content-Type": "application/json", "Accept": "text/event-stream, application/json"]
        if let key = options.key { fields["Authorization"] = "Bearer " + key }
        var call = HTTPCall(.post, url, fields, body: .bytes(try ChatAsk.bytes(question, model: name, form)))
        call.patience.firstByte = options.firstWord
        call.patience.stall = options.stall
        call.patience.whole = end.map { min(options.whole, max(.milliseconds(1), $0 - .now)) } ?? options.whole
        call.retries = .never
        return call
    }

    /// Some providers say the key again when it is wrong.
    private func hidden(_ text: String) -> String {
        guard let key = options.key, !key.isEmpty else { return text }
        return text.split(separator: key, omittingEmptySubsequences: false).joined(separator: "•••")
    }
}
