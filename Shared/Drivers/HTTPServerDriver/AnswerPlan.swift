// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import HTTP
import Telemetry

/// What is really sent for an answer: its head as text, and a body where there may be one.
@safe
struct AnswerPlan {
    enum Body {
        case bytes([UInt8])
        /// A descriptor that whoever sends it closes.
        case file(Int32, offset: Int64, count: Int64)
        case stream(length: Int64?, @Sendable (any BodyWriter) async throws -> Void)
        case socket(@Sendable (any SocketTalk) async throws -> Void)
    }

    private(set) var status: HTTPStatus
    private(set) var body: Body
    /// Of the body, as far as it is known beforehand.
    private(set) var count = 0

    /// Writes the head. An answer that cannot be given becomes a 500, and the log says why.
    init(_ response: HTTPResponse, to head: RequestHead, log: Log, into text: inout [UInt8]) {
        status = response.status
        body = .bytes([])
        let hasBody = head.method != .head && !response.status.isBodiless
        guard let length = prepare(response, hasBody: hasBody), HeadText.write(response, length, into: &text) else {
            log.error("an answer could not be given", [.code: response.status.code, .cause: "its head or its file"])
            if case .file(let file, _, _) = body { OpenedFile.close(file) }
            text.removeAll(keepingCapacity: true)
            status = 500
            body = .bytes([])
            count = 0
            _ = HeadText.write(HTTPResponse(500), .known(0), into: &text)
            return
        }
    }

    /// The length that the head tells, or nil when the body cannot be had.
    private mutating func prepare(_ response: HTTPResponse, hasBody: Bool) -> HeadText.Length? {
        switch response.body {
        case .bytes(let bytes):
            if hasBody { (body, count) = (.bytes(bytes), bytes.count) }
            return .known(Int64(bytes.count))
        case .file(let path, let offset, let length):
            guard hasBody else { return .known(length) }
            guard let file = OpenedFile.open(path, offset: offset, count: length) else { return nil }
            (body, count) = (.file(file, offset: offset, count: length), Int(length))
            return .known(length)
        case .stream(let length, let write):
            if hasBody { body = .stream(length: length, write) }
            return length.map { .known($0) } ?? .untold
        case .socket(let talk):
            body = .socket(talk)
            return .untold
        }
    }
}
