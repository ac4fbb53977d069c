// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
import CCurl
import Contracts
import HTTP
import Lanes

/// The times after which a transfer is not waited for any more. The whole is counted from the start, the others while it
/// has its turn.
final class Alarms {
    private let lane: Lane
    private let transfer: Transfer
    private let onOver: (HTTPClientFailure) -> Void
    private var whole: UInt64?
    private var firstByte: UInt64?
    private var stall: UInt64?
    private var seen: Int64 = 0

    init(of transfer: Transfer, on lane: Lane, onOver: @escaping (HTTPClientFailure) -> Void) {
        self.lane = lane
        self.transfer = transfer
        self.onOver = onOver
        if let deadline = transfer.order.deadline {
            whole = ring(after: deadline - .now) { $0.end("the call took longer than its caller waits") }
        }
    }

    func callOff() {
        for number in [whole, firstByte, stall] { if let number { lane.callOff(number) } }
        (whole, firstByte, stall) = (nil, nil, nil)
    }

    /// The transfer has its turn.
    func begin() {
        transfer.onAnswer = { [weak self] in self?.answered() }
        if (transfer.upload?.length ?? 0) == 0 {
            // The library counts the time of the connection itself.
            awaitAnswer(plus: transfer.order.call.patience.connect)
        } else {
            transfer.onSent = { [weak self] in self?.awaitAnswer(plus: .zero) }
            watchMovement()
        }
    }

    private func awaitAnswer(plus more: Duration) {
        guard firstByte == nil, !transfer.isAnswered else { return }
        if let stall { lane.callOff(stall) }
        stall = nil
        firstByte = ring(after: transfer.order.call.patience.firstByte + more) { $0.end("no answer came in time") }
    }

    private func answered() {
        if let firstByte { lane.callOff(firstByte) }
        firstByte = nil
        if stall == nil { watchMovement() }
    }

    private func watchMovement() {
        seen = transfer.moved
        stall = ring(after: transfer.order.call.patience.stall) { alarms in
            let hasMoved = alarms.transfer.moved != alarms.seen || alarms.transfer.isWaitingForUs
            hasMoved ? alarms.watchMovement() : alarms.end("nothing moved any more")
        }
    }

    private func end(_ cause: String) { onOver(HTTPClientFailure(.timeout, at: transfer.place, cause)) }

    private func ring(after delay: Duration, _ body: @escaping (Alarms) -> Void) -> UInt64 {
        lane.ring(after: delay) { [weak self] in if let self { body(self) } }
    }
}

extension EasyHandle {
    /// Everything a transfer is told before it begins. Nothing comes from the environment.
    func prepare(_ transfer: Transfer, _ options: HTTPClientOptions) {
        let order = transfer.order
        set(CURLOPT_URL, order.address.text)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_NOSIGNAL, 1)
        // The end of a transfer does not wait for a name service that does not answer.
        set(CURLOPT_QUICK_EXIT, 1)
        // The library takes no time at all for ever.
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, order.call.patience.connect.milliseconds))
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_USERAGENT, options.userAgent)
        setProxy(order, options)
        setTrust(options)
        setVersion(transfer, options)
        setFields(order.lines)
        call(transfer)
        setBody(transfer)
    }

    private func setBody(_ transfer: Transfer) {
        switch transfer.order.call.method {
        case .head: set(CURLOPT_NOBODY, 1)
        case .get where transfer.upload == nil: set(CURLOPT_HTTPGET, 1)
        case let method: set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        }
        guard let upload = transfer.upload else { return }
        set(CURLOPT_UPLOAD, 1)
        set(CURLOPT_INFILESIZE_LARGE, upload.length)
        set(CURLOPT_UPLOAD_BUFFERSIZE, 256 << 10)
        // A connection that died while it waited would be noticed in the middle of what cannot be sent twice.
        if case .stream = transfer.order.call.body { set(CURLOPT_FRESH_CONNECT, 1) }
    }

    /// An empty proxy keeps the library from looking for one in the environment.
    private func setProxy(_ order: Order, _ options: HTTPClientOptions) {
        let proxy = order.address.scheme == "https" ? options.httpsProxy : options.httpProxy
        set(CURLOPT_PROXY, options.refusesPrivateAddresses ? "" : proxy ?? "")
        set(CURLOPT_NOPROXY, options.noProxy)
    }

    private func setTrust(_ options: HTTPClientOptions) {
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = options.authorities { set(CURLOPT_CAINFO, file) }
    }

    /// So much fits into the window of a new stream.
    private static let smallBody: Int64 = 32 << 10

    /// A server may answer before it has read a body. Over HTTP/2 the library (7.88) then waits for ever for leave to send
    /// the rest, so what is long goes over HTTP/1.1.
    private func setVersion(_ transfer: Transfer, _ options: HTTPClientOptions) {
        let isFit = options.speaksHTTP2 && (transfer.upload?.length ?? 0) <= Self.smallBody
        set(CURLOPT_HTTP_VERSION, Int(isFit ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1))
    }
}

extension Transfer {
    /// What the library's code means for whoever reads it.
    func failure(_ result: CURLcode) -> HTTPClientFailure {
        let (code, help): (HTTPClientFailure.Code, String) =
            switch result {
            case CURLE_COULDNT_RESOLVE_HOST: (.cannotResolve, "is \(order.address.host) the right name?")
            case CURLE_COULDNT_RESOLVE_PROXY: (.cannotResolve, "is the proxy's name right?")
            case CURLE_COULDNT_CONNECT: (.cannotConnect, "does the server run, and does the network lead to it?")
            case CURLE_OPERATION_TIMEDOUT: (.timeout, "")
            case CURLE_PEER_FAILED_VERIFICATION:
                (.tls, "the certificate must be for this host and from an authority that is believed")
            case CURLE_SSL_CACERT_BADFILE: (.tls, "the file of the authorities must be readable PEM")
            case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED,
                CURLE_USE_SSL_FAILED:
                (.tls, "does that port speak TLS?")
            case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND:
                (.truncated, "")
            case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT: (.misuse, "")
            case CURLE_READ_ERROR, CURLE_ABORTED_BY_CALLBACK: (.cannotRead, "")
            // A line that is too long is "out of memory" to the library, too.
            default: (.protocolError, "")
            }
        let words = handle?.words ?? ""
        let cause = unsafe words.isEmpty ? String(cString: curl_easy_strerror(result)) : words
        return HTTPClientFailure(code, at: place, String(cause.prefix(300)), help: help)
    }
}
