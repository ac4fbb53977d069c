// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Glibc
import Lanes

/// Why nobody could be reached.
struct DialFailure: Error, CustomStringConvertible {
    let description: String
}

/// Finds a host's addresses and connects to the first that answers. It belongs to its lane.
final class Dialer {
    typealias Answer = (Result<Int32, DialFailure>) -> Void

    /// How long one address may take to answer.
    private static let patience = Duration.seconds(5)
    /// Asking for a host's addresses blocks, so nobody else's thread does it.
    private static let names = Lane("amqp-names")

    private let lane: Lane
    private let host: String
    private let port: UInt16
    private var answer: Answer?
    private var descriptor: Int32 = -1
    private var timer: UInt64 = 0
    private var addresses: [[UInt8]] = []
    private var lastFailure = "it has no address"

    init(host: String, port: UInt16, on lane: Lane) {
        self.host = host
        self.port = port
        self.lane = lane
    }

    /// Answers once, on the lane, with a connected descriptor that belongs to whoever hears it.
    func dial(_ answer: @escaping Answer) {
        self.answer = answer
        let (lane, host, port) = (lane, host, port)
        let me = OnLane(self)
        Dialer.names.perform {
            let found = Result { () throws(DialFailure) in try Dialer.resolve(host, port) }
            lane.perform { me.value.found(found) }
        }
    }

    /// Answers nobody any more.
    func hangUp() {
        answer = nil
        closeAttempt()
    }

    private func found(_ result: Result<[[UInt8]], DialFailure>) {
        switch result {
        case .success(let found):
            addresses = found
            tryNext()
        case .failure(let failure): finish(.failure(failure))
        }
    }

    private func tryNext() {
        guard answer != nil else { return }
        guard !addresses.isEmpty else {
            finish(.failure(DialFailure(description: "\(host):\(port) cannot be reached: \(lastFailure)")))
            return
        }
        let address = addresses.removeFirst()
        descriptor = socket(
            Int32(unsafe address.withUnsafeBytes { unsafe $0.loadUnaligned(as: sa_family_t.self) }),
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return failed(errno) }
        var one: Int32 = 1
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        let status = unsafe address.withUnsafeBytes { bytes -> Int32 in
            guard let start = unsafe bytes.bindMemory(to: sockaddr.self).baseAddress else { return -1 }
            return unsafe connect(descriptor, start, socklen_t(bytes.count))
        }
        guard status == 0 || errno == EINPROGRESS else { return failed(errno) }
        lane.watch(descriptor, for: .writable) { [self] _ in connected() }
        timer = lane.ring(after: Self.patience) { [self] in failed(ETIMEDOUT) }
    }

    private func connected() {
        var status: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &status, &size)
        guard status == 0 else { return failed(status) }
        lane.callOff(timer)
        lane.unwatch(descriptor)
        let won = descriptor
        descriptor = -1
        finish(.success(won))
    }

    private func failed(_ number: Int32) {
        lastFailure = unsafe String(cString: strerror(number))
        closeAttempt()
        tryNext()
    }

    private func closeAttempt() {
        lane.callOff(timer)
        guard descriptor >= 0 else { return }
        lane.unwatch(descriptor)
        close(descriptor)
        descriptor = -1
    }

    private func finish(_ result: Result<Int32, DialFailure>) {
        guard let answer else {
            // Nobody waits any more, so nobody else closes it.
            if case .success(let descriptor) = result { close(descriptor) }
            return
        }
        self.answer = nil
        answer(result)
    }

    private static func resolve(_ host: String, _ port: UInt16) throws(DialFailure) -> [[UInt8]] {
        var wish = unsafe addrinfo()
        unsafe wish.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe wish.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host, "\(port)", &wish, &list)
        guard status == 0 else {
            throw DialFailure(description: unsafe "no address for \(host): \(String(cString: gai_strerror(status)))")
        }
        defer { unsafe freeaddrinfo(list) }
        var found: [[UInt8]] = []
        var next = unsafe list
        while let entry = unsafe next {
            let bytes = unsafe UnsafeRawBufferPointer(
                start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen))
            unsafe found.append(Array(bytes))
            unsafe next = entry.pointee.ai_next
        }
        return found
    }
}

/// Carries something that belongs to a lane through code that runs elsewhere.
///
/// Sendable because whoever carries it does not look at it: it is opened on its lane only.
struct OnLane<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
