// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver
import Glibc
import Lanes

/// One connection through the proxy: a client's socket, a server's, and a flow each way.
///
/// Not Sendable: it belongs to its proxy's lane.
final class Link {
    private let lane: Lane
    private let onEnd: () -> Void
    private var client: Int32?
    private var server: Int32?
    private var alarm: UInt64?
    private(set) var up: Flow
    private(set) var down: Flow
    /// True when bytes were swallowed, or one side is gone without a word.
    private(set) var hasLost = false
    private var mood: Mood

    init(client: Int32, server: Int32, lane: Lane, mood: Mood, onEnd: @escaping () -> Void) {
        self.client = client
        self.server = server
        self.lane = lane
        self.mood = mood
        self.onEnd = onEnd
        up = Flow()
        down = Flow()
    }

    func begin() {
        for descriptor in [client, server].compactMap(\.self) { watch(descriptor) }
    }

    func become(_ mood: Mood) {
        let wasSilent = self.mood == .silent
        self.mood = mood
        if mood == .silent, let client { lane.unwatch(client) }
        if wasSilent, mood != .silent, let client { watch(client) }
        pump()
    }

    /// Closes the server's side; the client is not told.
    func loseServer() {
        hasLost = true
        if let server {
            lane.unwatch(server)
            Glibc.close(server)
        }
        server = nil
    }

    func breakOff() { end(Sockets.reset) }

    func close() { end { Glibc.close($0) } }

    private func end(_ end: (Int32) -> Void) {
        if let alarm { lane.callOff(alarm) }
        alarm = nil
        for descriptor in [client, server].compactMap(\.self) {
            lane.unwatch(descriptor)
            end(descriptor)
        }
        client = nil
        server = nil
        onEnd()
    }

    private func watch(_ descriptor: Int32) {
        lane.watch(descriptor, for: .readable) { [weak self] ready in self?.serve(descriptor, ready) }
    }

    private func serve(_ descriptor: Int32, _ ready: Readiness) {
        guard mood != .silent else { return }
        if ready.contains(.readable) {
            let isWell = descriptor == client ? read(client, &up) : read(server, &down)
            guard isWell else { return breakOff() }
        }
        pump()
    }

    /// False when the connection broke.
    private func read(_ source: Int32?, _ flow: inout Flow) -> Bool {
        guard let source else { return true }
        // Nobody looks for more from it: what is heard now is that the connection broke.
        guard !flow.hasEnded else { return false }
        var room = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(source, &room, room.count, 0)
        if count < 0 { return errno == EAGAIN || errno == EINTR }
        if mood == .hole {
            hasLost = true
            flow.swallow(count)
        } else {
            flow.take(count == 0 ? nil : room[..<count], after: lag)
        }
        return true
    }

    private var lag: Duration { if case .slow(let lag) = mood { lag } else { .zero } }
    private var rate: Int? { if case .narrow(let rate) = mood { rate } else { nil } }

    /// Passes on what may go now, and sees to it that it is called again for the rest.
    private func pump() {
        guard mood != .silent, let client, let server else { return }
        guard up.pass(to: server, rate: rate), down.pass(to: client, rate: rate) else { return breakOff() }
        if up.isOver && down.isOver { return close() }
        lane.change(client, to: interest(reading: up, writing: down))
        lane.change(server, to: interest(reading: down, writing: up))
        quietEnds()
        setAlarm()
    }

    private func interest(reading: Flow, writing: Flow) -> Readiness {
        var interest: Readiness = []
        if reading.wantsMore { interest.insert(.readable) }
        if writing.isStuck { interest.insert(.writable) }
        return interest
    }

    /// A socket with nothing to say any more would wake the lane for ever.
    private func quietEnds() {
        if up.hasEnded, down.isOver, let client { lane.unwatch(client) }
        if down.hasEnded, up.isOver, let server { lane.unwatch(server) }
    }

    private func setAlarm() {
        if let alarm { lane.callOff(alarm) }
        let due = [up.due, down.due].compactMap(\.self).min()
        alarm = due.map { due in
            lane.ring(after: due - .now) { [weak self] in
                self?.alarm = nil
                self?.pump()
            }
        }
    }
}

/// The bytes on their way in one direction.
struct Flow {
    private struct Chunk {
        var bytes: ArraySlice<UInt8>
        let due: ContinuousClock.Instant
    }

    private static let mostHeld = 1 << 18

    private var chunks: [Chunk] = []
    private var held = 0
    private var freeAt = ContinuousClock.Instant.now
    private(set) var received = 0
    /// The sender will send no more.
    private(set) var hasEnded = false
    /// The receiver knows that too.
    private(set) var isOver = false
    /// The receiver does not take more now.
    private(set) var isStuck = false

    var wantsMore: Bool { !hasEnded && held < Self.mostHeld }

    /// When the next byte may go, if it is time it waits for.
    var due: ContinuousClock.Instant? { isStuck ? nil : chunks.first.map { max($0.due, freeAt) } }

    /// `nil` is the end.
    mutating func take(_ bytes: ArraySlice<UInt8>?, after lag: Duration) {
        if let bytes {
            received += bytes.count
            held += bytes.count
        } else {
            hasEnded = true
        }
        chunks.append(Chunk(bytes: bytes ?? [], due: .now + lag))
    }

    mutating func swallow(_ count: Int) {
        received += count
        if count == 0 { hasEnded = true }
    }

    /// Sends what is due; false when the receiver is gone.
    mutating func pass(to receiver: Int32, rate: Int?) -> Bool {
        isStuck = false
        while let chunk = chunks.first, max(chunk.due, freeAt) <= .now {
            guard !chunk.bytes.isEmpty else {
                if hasEnded && chunks.count == 1 {
                    shutdown(receiver, Int32(SHUT_WR))
                    isOver = true
                }
                chunks.removeFirst()
                continue
            }
            // A narrow pipe takes a fiftieth of a second's worth at a time.
            let piece = chunk.bytes.prefix(rate.map { max(1, $0 / 50) } ?? chunk.bytes.count)
            let sent = piece.withUnsafeBytes { send(receiver, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else {
                isStuck = errno == EAGAIN || errno == EINTR
                return isStuck
            }
            held -= sent
            chunks[0].bytes = chunk.bytes.dropFirst(sent)
            if chunks[0].bytes.isEmpty { chunks.removeFirst() }
            if let rate { freeAt = max(.now, freeAt) + .nanoseconds(sent * 1_000_000_000 / rate) }
        }
        return true
    }
}
