// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import CryptoDriver
import Glibc
import Lanes
import Ports

/// One connection on its lane, plain or sealed: what comes is handed on, what is written goes out in one piece at the end
/// of the turn.
@safe
final class Link {
    /// So much is read in one turn before others have theirs.
    private static let gulp = 1 << 18

    /// What waits to be sent, as we say it.
    let out = ByteQueue(capacity: 1 << 16)
    private let lane: Lane
    private let tls: TLSSession?
    private var descriptor: Int32
    /// What has come, as it was said.
    private let heard = ByteQueue(capacity: Link.gulp)
    /// What goes over the wire when it is sealed, and what came over it.
    private let sealed = ByteQueue(capacity: 1 << 12)
    private let unopened = ByteQueue(capacity: 1 << 12)
    private var interest: Readiness = .readable
    private var flushes = false
    private var onBytes: (UnsafeRawBufferPointer) throws -> Int = { $0.count }
    private var onEnd: (BusFailure.Code, String) -> Void = { _, _ in }
    private(set) var lastHeard = ContinuousClock.now
    private(set) var lastSaid = ContinuousClock.now

    /// Takes the descriptor over, and closes it in the end.
    init(_ descriptor: Int32, sealedBy tls: TLSSession?, on lane: Lane) {
        self.descriptor = descriptor
        self.tls = tls
        self.lane = lane
    }

    /// `onBytes` gets what has come and answers how much of it is done with; when it throws, the link ends. `onEnd` is
    /// called once, unless the link is closed from this side.
    func start(
        onBytes: @escaping (UnsafeRawBufferPointer) throws -> Int, onEnd: @escaping (BusFailure.Code, String) -> Void
    ) {
        unsafe self.onBytes = onBytes
        self.onEnd = onEnd
        lane.watch(descriptor, for: interest) { [self] readiness in
            if readiness.contains(.readable) { read() }
            if readiness.contains(.writable) { flush() }
        }
        flushSoon()
    }

    /// Sends what waits, when everything that is ready now has been served.
    func flushSoon() {
        guard !flushes, descriptor >= 0 else { return }
        flushes = true
        lane.beforeSleep { [self] in
            flushes = false
            flush()
        }
    }

    func close() {
        guard descriptor >= 0 else { return }
        lane.unwatch(descriptor)
        Glibc.close(descriptor)
        descriptor = -1
        unsafe onBytes = { $0.count }
        onEnd = { _, _ in }
    }

    private func end(_ code: BusFailure.Code, _ reason: String) {
        let tell = onEnd
        close()
        tell(code, reason)
    }

    private func end(_ failure: TLSFailure) {
        // What the other side is must be mended by somebody; what happened on the way may not happen again.
        let mayPass = [.broken, .truncated].contains(failure.code)
        end(mayPass ? .unreachable : .refused, failure.description)
    }
}

// MARK: hearing

extension Link {
    private func read() {
        guard descriptor >= 0 else { return }
        var (count, number): (Int, Int32) = (0, 0)
        unsafe (tls == nil ? heard : unopened).append(atMost: Self.gulp) { room in
            count = unsafe recv(descriptor, room.baseAddress, room.count, 0)
            number = errno
            return count
        }
        guard count > 0 else {
            if count < 0 {
                if number == EAGAIN || number == EINTR { return }
                return end(.unreachable, unsafe String(cString: strerror(number)))
            }
            return hearEnd()
        }
        lastHeard = .now
        if let tls { open(with: tls) }
        handOn()
    }

    private func open(with tls: TLSSession) {
        var failure: TLSFailure?
        unsafe unopened.consume { bytes in
            do throws(TLSFailure) { try unsafe tls.take(bytes) { unsafe heard.append($0) } } catch { failure = error }
            return bytes.count
        }
        // Also a refusal has something to say to the other side.
        flush()
        if let failure { end(failure) }
    }

    private func handOn() {
        var failure: (any Error)?
        unsafe heard.consume { bytes in
            do { return try unsafe onBytes(bytes) } catch {
                failure = error
                return bytes.count
            }
        }
        if let failure { end(.unreachable, "\(failure)") }
    }

    private func hearEnd() {
        do throws(TLSFailure) {
            try tls?.networkEnded()
            end(.unreachable, "the other side closed the connection")
        } catch { end(error) }
    }
}

// MARK: saying

extension Link {
    /// Sends what can be sent now.
    func flush() {
        guard let tls else { return send(out) }
        if tls.state == .open, sealed.count < Self.gulp {
            var failure: TLSFailure?
            unsafe out.consume { bytes in
                do throws(TLSFailure) { try unsafe tls.send(bytes) } catch { failure = error }
                return bytes.count
            }
            if let failure { return end(failure) }
        }
        var wire: [UInt8] = []
        tls.pour(into: &wire)
        unsafe wire.withUnsafeBytes { unsafe sealed.append($0) }
        send(sealed)
    }

    private func send(_ queue: ByteQueue) {
        var failure: Int32 = 0
        while descriptor >= 0, queue.count > 0, failure == 0 {
            unsafe queue.consume { bytes in
                let sent = unsafe Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
                if sent < 0 { failure = errno }
                return sent
            }
            lastSaid = .now
        }
        guard descriptor >= 0 else { return }
        if failure != 0, failure != EAGAIN, failure != EINTR {
            return end(.unreachable, unsafe String(cString: strerror(failure)))
        }
        let wished: Readiness = queue.count > 0 ? [.readable, .writable] : .readable
        guard wished != interest else { return }
        interest = wished
        lane.change(descriptor, to: wished)
    }
}
