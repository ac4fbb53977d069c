// Lanes · threads · sees nothing
import Glibc

/// Why nobody could be reached.
package struct DialFailure: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}

/// Finds a host's addresses and connects to the first that answers. It belongs to its lane.
package final class Dialer {
    /// The addresses of a host, with flags of `getaddrinfo`. It may block.
    package typealias Resolve = @Sendable (String, UInt16, Int32) throws(DialFailure) -> [[UInt8]]
    package typealias Answer = (Result<Int32, DialFailure>) -> Void

    /// How long one address may take to answer.
    private static let patience = Duration.seconds(5)

    private let lane: Lane
    private let host: String
    private let port: UInt16
    private let resolve: Resolve
    private var answer: Answer?
    private var descriptor: Int32 = -1
    private var timer: UInt64 = 0
    private var addresses: [[UInt8]] = []
    private var lastFailure = "it has no address"

    package init(host: String, port: UInt16, on lane: Lane, resolve: @escaping Resolve = Dialer.ask) {
        self.lane = lane
        self.host = host
        self.port = port
        self.resolve = resolve
    }

    /// Answers once, on the lane, with a connected descriptor that belongs to whoever hears it.
    package func dial(_ answer: @escaping Answer) {
        self.answer = answer
        if let found = try? resolve(host, port, AI_NUMERICHOST) {  // a name is looked up below
            return self.found(.success(found))
        }
        let (lane, host, port, resolve) = (lane, host, port, resolve)
        let me = OnLane(self)
        // A name service that does not answer keeps its thread for long, so nobody else waits on that one.
        let names = Lane("name")
        names.perform {
            let found = Result { () throws(DialFailure) in try resolve(host, port, 0) }
            lane.perform { me.value.found(found) }
        }
        names.close()
    }

    /// Answers nobody any more.
    package func hangUp() {
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
            Int32(address.withUnsafeBytes { $0.loadUnaligned(as: sa_family_t.self) }),
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return failed(errno) }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        let status = address.withUnsafeBytes { bytes -> Int32 in
            guard let start = bytes.bindMemory(to: sockaddr.self).baseAddress else { return -1 }
            return connect(descriptor, start, socklen_t(bytes.count))
        }
        guard status == 0 || errno == EINPROGRESS else { return failed(errno) }
        lane.watch(descriptor, for: .writable) { [self] _ in connected() }
        timer = lane.ring(after: Self.patience) { [self] in failed(ETIMEDOUT) }
    }

    private func connected() {
        var status: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &status, &size)
        guard status == 0 else { return failed(status) }
        lane.callOff(timer)
        lane.unwatch(descriptor)
        let won = descriptor
        descriptor = -1
        finish(.success(won))
    }

    private func failed(_ number: Int32) {
        lastFailure = String(cString: strerror(number))
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

    package static func ask(_ host: String, _ port: UInt16, _ flags: Int32) throws(DialFailure) -> [[UInt8]] {
        var wish = addrinfo()
        wish.ai_socktype = Int32(SOCK_STREAM.rawValue)
        wish.ai_flags = AI_NUMERICSERV | flags
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, "\(port)", &wish, &list)
        guard status == 0 else {
            throw DialFailure(description: "no address for \(host): \(String(cString: gai_strerror(status)))")
        }
        defer { freeaddrinfo(list) }
        var found: [[UInt8]] = []
        var next = list
        while let entry = next {
            let bytes = UnsafeRawBufferPointer(
                start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen))
            found.append(Array(bytes))
            next = entry.pointee.ai_next
        }
        return found
    }
}

/// Carries something that belongs to a lane through code that runs elsewhere.
///
/// Sendable because whoever carries it does not look at it: it is opened on its lane only.
package struct OnLane<Value>: @unchecked Sendable {
    package let value: Value
    package init(_ value: Value) { self.value = value }
}
