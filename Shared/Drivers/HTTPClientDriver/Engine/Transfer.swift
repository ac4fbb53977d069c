// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
import CCurl
import HTTP

/// One try of one call: what came of it, and who waits for it.
///
/// Not Sendable: it lives on the engine's lane. It stays known until its reader lets go, its handle only until it ends.
final class Transfer {
    let id: UInt64
    let order: Order
    private let refusesPrivateAddresses: Bool
    private(set) var handle: EasyHandle?
    let upload: Upload?
    private var head = HeadReader()
    private var headResult: Result<Head, HTTPClientFailure>?
    private var onHead: ((Result<Head, HTTPClientFailure>) -> Void)?
    /// What has come and was not read, and who waits for more.
    private var room: [UInt8] = []
    private var isPaused = false
    private var onPiece: ((Result<[UInt8]?, HTTPClientFailure>) -> Void)?
    private var received: Int64 = 0
    private var hasSpoken = false
    private var ending: Ending?
    /// Why we end it, before the library has heard of it.
    private var verdict: HTTPClientFailure?
    /// Told that the request is sent, and that the answer begins.
    var onSent: (() -> Void)?
    var onAnswer: (() -> Void)?

    struct Head: Sendable {
        let status: HTTPStatus
        let fields: HTTPFields
    }

    private enum Ending {
        case complete
        case failed(HTTPClientFailure)
    }

    /// So much is kept for a reader who is not there; then the other side has to wait.
    private static let roomSize = 256 << 10

    init(_ id: UInt64, _ order: Order, refusesPrivateAddresses: Bool) {
        self.id = id
        self.order = order
        self.refusesPrivateAddresses = refusesPrivateAddresses
        upload = order.bodyLength.map { Upload(order.call.body, length: $0) }
    }

    func begin(with handle: EasyHandle) { self.handle = handle }

    var place: String { order.address.place }
    var isOver: Bool { ending != nil }
    /// How many bytes ever moved, for whoever looks whether any still do.
    var moved: Int64 { received + (upload?.sent ?? 0) }
    /// It waits for us, not for the other side.
    var isWaitingForUs: Bool { isPaused || upload?.isWaitingForUs == true }
    var isAnswered: Bool { head.isComplete }
}

// MARK: what the library calls, and what it gets

extension Transfer {
    enum Fate {
        case taken
        case later
        case never
    }

    func admits(_ address: SeenAddress) -> Bool {
        guard refusesPrivateAddresses, !address.isPublic else { return true }
        verdict = HTTPClientFailure(
            .refusedAddress, at: place, "\(order.address.host) is at an address of a private network",
            help: "only public addresses may be called from here")
        return false
    }

    /// Asked before the request is sent. The library sends it once more by itself when a connection that was kept breaks
    /// before the answer; what is not idempotent may have been heard by then.
    func maySpeak() -> Bool {
        defer { hasSpoken = true }
        if !hasSpoken || order.isRepeatable { return true }
        return refuse(.truncated, "the connection broke before the answer, and nobody knows whether the call was heard")
    }

    func hear(_ line: String) -> Bool {
        let wasComplete = head.isComplete
        guard head.read(line) else {
            return refuse(.protocolError, "the head of its answer is no HTTP, or longer than \(HeadReader.limit) bytes")
        }
        guard head.isComplete, !wasComplete, let status = head.status else { return true }
        onAnswer?()
        if order.call.method != .head, let length = head.fields.contentLength, length > order.call.bodyLimit {
            return refuse(.tooLarge, "its answer has \(length) bytes, the caller takes \(order.call.bodyLimit)")
        }
        tellHead(.success(Head(status: status, fields: head.fields)))
        return true
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Fate {
        if verdict != nil { return .never }
        guard room.count < Self.roomSize else {
            isPaused = true
            return .later
        }
        received += Int64(bytes.count)
        guard received <= order.call.bodyLimit else {
            _ = refuse(.tooLarge, "its answer has more than the \(order.call.bodyLimit) bytes the caller takes")
            return .never
        }
        unsafe room.append(contentsOf: bytes)
        handOut()
        return .taken
    }

    func send(_ room: UnsafeMutableRawBufferPointer) -> Upload.Portion {
        guard verdict == nil, let upload else { return .never }
        let portion = unsafe upload.fill(room)
        if case .never = portion { _ = refuse(.cannotRead, upload.fault ?? "what was to be sent cannot be read") }
        if upload.isComplete { onSent?() }
        return portion
    }

    func rewind(to offset: Int64) -> Bool { upload?.rewind(to: offset) ?? (offset == 0) }

    private func refuse(_ code: HTTPClientFailure.Code, _ cause: String) -> Bool {
        verdict = verdict ?? HTTPClientFailure(code, at: place, cause)
        return false
    }
}

// MARK: what the reader asks

extension Transfer {
    func awaitHead(_ onHead: @escaping (Result<Head, HTTPClientFailure>) -> Void) {
        if let headResult { onHead(headResult) } else { self.onHead = onHead }
    }

    /// Answers the next bytes when there are some, `nil` at the end.
    func read(_ onPiece: @escaping (Result<[UInt8]?, HTTPClientFailure>) -> Void) {
        // Two readers of one body: the one before gets nothing more.
        self.onPiece?(.success(nil))
        self.onPiece = onPiece
        handOut()
        guard isPaused, room.isEmpty else { return }
        isPaused = false
        handle?.resume()
    }

    private func handOut() {
        guard let onPiece else { return }
        if !room.isEmpty {
            let piece = room
            room = []
            self.onPiece = nil
            return onPiece(.success(piece))
        }
        switch ending {
        case .none: return
        case .complete: onPiece(.success(nil))
        case .failed(let failure): onPiece(.failure(failure))
        }
        self.onPiece = nil
    }

    private func tellHead(_ result: Result<Head, HTTPClientFailure>) {
        guard headResult == nil else { return }
        headResult = result
        onHead?(result)
        onHead = nil
    }

    // MARK: the end

    /// The library is done with it, or we are. The handle must be out of the library's hands.
    func end(_ failure: HTTPClientFailure?) {
        guard ending == nil else { return }
        let failure = failure == nil ? nil : verdict ?? failure
        ending = failure.map { .failed($0) } ?? .complete
        // Whoever turned away does not want the rest.
        if failure?.code == .canceled { room = [] }
        handle = nil
        upload?.letGo()
        (onSent, onAnswer) = (nil, nil)
        if let failure { tellHead(.failure(failure)) }
        tellHead(.failure(HTTPClientFailure(.protocolError, at: place, "it answered without a head")))
        handOut()
    }
}
