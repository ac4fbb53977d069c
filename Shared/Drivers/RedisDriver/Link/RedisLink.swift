// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
import Glibc
import Lanes

/// One connection on its lane: what comes is handed on as values, what is said goes out in one piece at the end of the
/// turn.
final class RedisLink {
    private static let gulp = 1 << 18

    private let lane: Lane
    private let reader: RedisReader
    private var descriptor: Int32
    private var out: [UInt8] = []
    /// How much of `out` has gone.
    private var sent = 0
    private var interest: Readiness = .readable
    private var flushes = false
    private var onValue: (RedisValue) -> Void = { _ in }
    private var onEnd: (_ isGarble: Bool, _ reason: String) -> Void = { _, _ in }
    private var room = [UInt8](repeating: 0, count: RedisLink.gulp)
    private(set) var lastHeard = ContinuousClock.now

    /// Takes the descriptor over, and closes it in the end.
    init(_ descriptor: Int32, reading reader: RedisReader, on lane: Lane) {
        self.descriptor = descriptor
        self.reader = reader
        self.lane = lane
    }

    /// `onEnd` is called once, unless the link is closed from this side.
    func start(
        onValue: @escaping (RedisValue) -> Void, onEnd: @escaping (_ isGarble: Bool, _ reason: String) -> Void
    ) {
        self.onValue = onValue
        self.onEnd = onEnd
        lane.watch(descriptor, for: interest) { [self] readiness in
            if readiness.contains(.readable) { read() }
            if readiness.contains(.writable) { flush() }
        }
    }

    /// How many bytes wait to be sent.
    var backlog: Int { out.count - sent }

    /// False when there is no memory for it.
    func say(_ command: RedisCommand) -> Bool {
        guard command.write(to: &out) else { return false }
        guard !flushes, descriptor >= 0 else { return true }
        flushes = true
        lane.beforeSleep { [self] in
            flushes = false
            flush()
        }
        return true
    }

    func close() {
        guard descriptor >= 0 else { return }
        lane.unwatch(descriptor)
        Glibc.close(descriptor)
        descriptor = -1
        onValue = { _ in }
        onEnd = { _, _ in }
    }

    private func end(isGarble: Bool = false, _ reason: String) {
        let tell = onEnd
        close()
        tell(isGarble, reason)
    }

    private func read() {
        guard descriptor >= 0 else { return }
        let count = unsafe room.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        if count < 0 {
            if errno == EAGAIN || errno == EINTR { return }
            return end(unsafe String(cString: strerror(errno)))
        }
        guard count > 0 else { return end("the other side closed the connection") }
        lastHeard = .now
        do throws(RedisGarble) {
            try unsafe room.withUnsafeBufferPointer { bytes throws(RedisGarble) in
                try unsafe reader.feed(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[..<count])))
            }
            // Whoever hears a value may close the link.
            while descriptor >= 0, let value = try reader.next() { onValue(value) }
        } catch {
            end(isGarble: true, "what it says is not Redis: \(error)")
        }
    }

    private func flush() {
        while descriptor >= 0, backlog > 0 {
            let count = unsafe out.withUnsafeBytes { bytes in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[sent...])
                return unsafe send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 {
                if errno == EAGAIN || errno == EINTR { break }
                return end(unsafe String(cString: strerror(errno)))
            }
            sent += count
        }
        tidy()
        let wished: Readiness = backlog > 0 ? [.readable, .writable] : .readable
        guard descriptor >= 0, wished != interest else { return }
        interest = wished
        lane.change(descriptor, to: wished)
    }

    private func tidy() {
        if backlog == 0 {
            out.removeAll(keepingCapacity: out.count <= Self.gulp)
            sent = 0
        } else if sent > out.count / 2 {
            out.removeFirst(sent)
            sent = 0
        }
    }
}
