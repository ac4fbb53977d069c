// ChatDriver · driver · sees Contracts, HTTP, HTTPClientDriver, Policies, Ports, Wire
import Contracts
import HTTP
import HTTPClientDriver
import Ports
import Wire

/// Why one try brought nothing.
struct ChatFault: Error {
    let code: TextFailure.Code
    let cause: String
    /// How long the provider wants to be left alone.
    var wish: Duration?
    /// It may be the shape we asked for that is refused.
    var isOfForm = false

    init(_ code: TextFailure.Code, _ cause: String) {
        self.code = code
        self.cause = cause
    }

    init(_ status: HTTPStatus, _ body: [UInt8], after wish: Duration?) {
        let isBusy = status.code == 408 || status.code == 429 || status.code >= 500
        code = isBusy ? .busy : .refused
        let said = Self.words(in: body)
        cause = "it answered \(status.code)" + (said.isEmpty ? "" : ": \(said)")
        self.wish = wish
        isOfForm = status.code == 400 || status.code == 422
    }

    init(_ failure: HTTPClientFailure) {
        cause = failure.cause
        switch failure.code {
        case .timeout: code = .stalled
        case .canceled: code = .canceled
        case .truncated, .tooLarge, .protocolError: code = .broken
        case .misuse, .cannotResolve, .cannotConnect, .tls, .refusedAddress, .refusedRedirect, .cannotRead:
            code = .unreachable
        }
    }

    /// Whether the same question might be answered a moment later.
    var mayPass: Bool {
        switch code {
        case .unreachable, .busy, .stalled, .broken: true
        case .refused, .cutShort, .canceled: false
        }
    }

    /// What a body says: in JSON, or plainly. A page of HTML is for a browser.
    private static func words(in body: [UInt8]) -> String {
        do { return words(of: try JSON.value(of: body)) } catch {
            let plain = String(decoding: body.prefix(4000), as: UTF8.self)
            return plain.hasPrefix("<") ? "a page of HTML" : plain
        }
    }

    /// Whole: a key in it is hidden before anything is cut off. `{"error": {"message": …}}`, or what some say instead.
    static func words(of body: JSONValue) -> String {
        let error = body["error"] ?? body
        let text = error["message"]?.words ?? error.words ?? body["detail"]?.words ?? ""
        return String(text.prefix(4000))
    }
}
