// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
import Lanes
import Ports

/// The connection for what is said to everybody. It asks anew, after a loss, for every channel somebody listens to.
final class RedisEar {
    private final class Channel {
        var listeners: [Listener] = []
        /// Who waits until the server has said that it will tell.
        var comers: [(due: ContinuousClock.Instant, reply: RedisReply)] = []
        /// Requests whose answer has not come: what was asked before an end does not count for who comes after it.
        var asked = 0
        /// What the server heard last about this channel on this connection.
        var isAsked = false
        var isTold = false
        /// It was told, and the connection was lost.
        var isCut = false
    }

    private let session: RedisSession
    private let lane: Lane
    private let patience: Duration
    private var channels: [String: Channel] = [:]
    private var beat: UInt64?

    init(_ session: RedisSession) {
        self.session = session
        lane = session.lane
        patience = session.patience
        session.onValue = { [self] in hear($0) }
        session.onOpen = { [self] in resume() }
        session.onLost = { [self] in lost($0) }
    }

    func listen(to name: String, _ listener: Listener, _ reply: RedisReply) {
        guard session.state != .closed else {
            return fail([reply], CoordinationFailure(.closed, during: "listen", cause: "the coordination is closed"))
        }
        let channel = channels[name] ?? Channel()
        channels[name] = channel
        channel.listeners.append(listener)
        if channel.isTold { return reply.answer(.success(.null)) }
        channel.comers.append((.now + patience, reply))
        if !channel.isAsked { ask(for: name, channel) }
        session.start()
        setBeat()
    }

    func end(_ listener: Listener, of name: String) {
        guard let channel = channels[name] else { return }
        channel.listeners.removeAll { $0 === listener }
        guard channel.listeners.isEmpty else { return }
        session.tell(RedisCommand("UNSUBSCRIBE", name))
        (channel.isAsked, channel.isTold) = (false, false)
        if channel.asked == 0 { channels[name] = nil }
    }

    func close() {
        let all = channels.values
        channels = [:]
        if let beat { lane.callOff(beat) }
        session.close()
        for channel in all {
            fail(
                channel.comers.map(\.reply),
                CoordinationFailure(.closed, during: "listen", cause: "the coordination is closed"))
            for listener in channel.listeners { listener.finish() }
        }
    }

    private func ask(for name: String, _ channel: Channel) {
        guard session.state == .open else { return }
        channel.asked += 1
        channel.isAsked = true
        session.tell(RedisCommand("SUBSCRIBE", name))
    }

    private func hear(_ value: RedisValue) {
        guard let parts = value.list, parts.count == 3, let kind = parts[0].text, let name = parts[1].text,
            let channel = channels[name]
        else { return }
        if kind == "message", case .bytes(let bytes) = parts[2] {
            for listener in channel.listeners { listener.say(bytes) }
        } else if kind == "subscribe" {
            told(name, channel)
        }
    }

    private func told(_ name: String, _ channel: Channel) {
        channel.asked = max(0, channel.asked - 1)
        guard channel.asked == 0 else { return }
        guard channel.isAsked else {
            if channel.listeners.isEmpty { channels[name] = nil }
            return
        }
        channel.isTold = true
        if channel.isCut {
            channel.isCut = false
            for listener in channel.listeners { listener.interrupt() }
        }
        for comer in channel.comers { comer.reply.answer(.success(.null)) }
        channel.comers = []
    }

    private func resume() {
        for (name, channel) in channels { ask(for: name, channel) }
    }

    private func lost(_ failure: CoordinationFailure) {
        for (name, channel) in channels {
            channel.asked = 0
            channel.isCut = channel.isCut || channel.isTold
            (channel.isAsked, channel.isTold) = (false, false)
            if channel.listeners.isEmpty { channels[name] = nil }
            guard failure.code == .refused else { continue }
            fail(channel.comers.map(\.reply), failure)
            channel.comers = []
        }
    }

    private func fail(_ replies: [RedisReply], _ failure: CoordinationFailure) {
        for reply in replies {
            reply.answer(.failure(CoordinationFailure(failure.code, during: "listen", cause: failure.cause)))
        }
    }

    /// Three words in the time in which one answer must come: a server that hears nobody looks like one where nobody
    /// speaks.
    private func setBeat() {
        guard beat == nil else { return }
        beat = lane.ring(after: patience / 3) { [self] in
            beat = nil
            let now = ContinuousClock.now
            for channel in channels.values {
                fail(
                    channel.comers.filter { $0.due <= now }.map(\.reply),
                    CoordinationFailure(.unreachable, during: "listen", cause: "nobody could be reached"))
                channel.comers.removeAll { $0.due <= now }
            }
            if session.state == .open {
                if let heard = session.lastHeard, heard + patience < now {
                    session.lose(.timeout, "nothing was heard for \(patience)")
                } else {
                    session.tell(RedisCommand("PING"))
                }
            }
            setBeat()
        }
    }
}
