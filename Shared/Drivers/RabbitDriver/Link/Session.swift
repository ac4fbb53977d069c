// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
import CryptoDriver
import Lanes
import Policies
import Ports
import Telemetry

/// One connection to the broker that is made again whenever it is lost. It belongs to its lane.
final class Session {
    private static let pauses = Backoff(first: .milliseconds(200), longest: .seconds(10))
    /// From the first byte to the open connection.
    private static let handshakePatience = Duration.seconds(10)

    enum State {
        case resting
        case connecting
        case open
        case closing
    }

    let lane: Lane
    let address: BrokerAddress
    private let name: String
    private let entropy: any Entropy
    private let log: Log

    private(set) var state = State.resting
    /// Why it is not open, or was not the last time.
    private(set) var lastFailure: BusFailure?
    private(set) var blockedBecause: String?
    /// Grows with every connection: what belongs to an older one is not said on a newer.
    private(set) var life = 0
    /// The connection can be used: make again what was made on the last one.
    var onOpen: () -> Void = {}
    /// Called for every attempt that failed and every connection that was lost.
    var onDown: (BusFailure) -> Void = { _ in }
    var onBlocked: (_ reason: String?) -> Void = { _ in }
    /// Everything that came in one piece has been handed on.
    var onRead: () -> Void = {}

    private var dialer: Dialer?
    private var link: Link?
    private(set) var writer = FrameWriter(into: ByteQueue(capacity: 16))
    private var frames = FrameReader()
    private let words = WordReader()
    private var handshake: Handshake
    private var terms = Handshake.Terms(channels: 0, largestFrame: 0, heartbeat: 0)
    private var channels = Channels()
    private var lastChannel: UInt16 = 0
    private var timer: UInt64 = 0
    private var failures = 0
    private var onClosed: () -> Void = {}

    init(to address: BrokerAddress, name: String, on lane: Lane, entropy: any Entropy, log: Log) {
        self.address = address
        self.name = name
        self.lane = lane
        self.entropy = entropy
        self.log = log
        handshake = Handshake(to: address)
    }

    /// Open, and still the connection that somebody remembers.
    func isOpen(in life: Int) -> Bool { state == .open && self.life == life }

    var waiting: Int { writer.out.count }
    /// Sends what was written in this turn.
    func flushSoon() { link?.flushSoon() }
}

// MARK: making the connection

extension Session {
    func connect() {
        guard state == .resting else { return }
        state = .connecting
        let dialer = Dialer(host: address.host, port: address.port, on: lane)
        self.dialer = dialer
        dialer.dial { [self] result in
            self.dialer = nil
            switch result {
            case .success(let descriptor): begin(over: descriptor)
            case .failure(let failure): down(.unreachable, failure.description)
            }
        }
    }

    private func begin(over descriptor: Int32) {
        let link: Link
        do throws(TLSFailure) {
            link = Link(descriptor, sealedBy: try seal(), on: lane)
        } catch {
            Link(descriptor, sealedBy: nil, on: lane).close()
            return down(.refused, error.description)
        }
        self.link = link
        // What was asked while there was no connection was asked of nobody.
        closeChannels(BusFailure(.unreachable, during: "a channel", cause: "there was no connection"))
        writer = FrameWriter(into: link.out)
        frames = FrameReader()
        handshake = Handshake(to: address)
        timer = lane.ring(after: Self.handshakePatience) { [self] in
            down(.unreachable, "\(address.host):\(address.port) does not answer: \(handshake.endMeans)")
        }
        unsafe link.start(
            onBytes: { [self] bytes in try unsafe read(bytes) },
            onEnd: { [self] code, reason in
                let isSilence = code == .unreachable && state == .connecting
                down(code, isSilence ? "\(handshake.endMeans) (\(reason))" : reason)
            })
        writer.greet()
    }

    /// The authorities are read anew each time: they may have been changed.
    private func seal() throws(TLSFailure) -> TLSSession? {
        guard address.usesTLS else { return nil }
        let trust = address.authorities.map { TLSTrust.authority(file: $0) } ?? .system
        return try TLSSession(calling: address.host, with: TLSContext(trusting: trust))
    }

    private func answer(_ answer: Handshake.Answer) {
        switch answer {
        case .introduce: introduce(as: name)
        case .accept(let terms):
            self.terms = terms
            accept(terms)
        case .open:
            lane.callOff(timer)
            frames.largest = terms.largestFrame
            writer.largest = terms.largestFrame
            life += 1
            failures = 0
            state = .open
            lastFailure = nil
            beat()
            log.notice("connected to the broker", [.service: name, .host: address.label])
            onOpen()
        case .fail(let code, let cause): down(code, cause)
        }
        flushSoon()
    }

    /// The connection is lost, or was not made: everything on it is over, and the next attempt is on its way.
    private func down(_ code: BusFailure.Code, _ cause: String) {
        guard state == .connecting || state == .open else { return finishClosing() }
        let failure = BusFailure(code, during: state == .open ? "a connection" : "open", cause: cause)
        state = .resting
        tearDown(failure)
        failures += 1
        lastFailure = failure
        let longest = Self.pauses.delay(after: failures)
        // All who lost the same broker must not come back at the same moment.
        let pause = longest / 2 + longest * Double(entropy.bits() % 1024) / 2048
        timer = lane.ring(after: pause) { [self] in connect() }
        if failures == 1 { log.warning("the broker is gone", [.service: name, .cause: cause]) }
        onDown(failure)
    }

    private func tearDown(_ failure: BusFailure) {
        lane.callOff(timer)
        dialer?.hangUp()
        dialer = nil
        link?.close()
        link = nil
        blockedBecause = nil
        closeChannels(failure)
    }

    private func closeChannels(_ failure: BusFailure) {
        let open = channels.all
        channels = Channels()
        for channel in open { channel.close(failure) }
    }
}

// MARK: reading

extension Session {
    private func read(_ bytes: UnsafeRawBufferPointer) throws -> Int {
        var offset = 0
        // What is read may end the connection, and with it the meaning of the rest.
        let life = ObjectIdentifier(writer)
        while ObjectIdentifier(writer) == life, link != nil, let frame = try unsafe frames.next(in: bytes, at: &offset)
        {
            try hear(frame)
        }
        words.recycle()
        onRead()
        return offset
    }

    private func hear(_ frame: Frame) throws(FrameFault) {
        switch frame.kind {
        case .heartbeat: return
        case .method:
            let word = try unsafe words.word(frame.payload)
            if frame.channel == 0 { return hear(word) }
            try hear(word, on: frame.channel)
        case .header:
            // A channel that was closed meanwhile still gets what was under way.
            try channels[frame.channel]?.hear(try unsafe words.properties(frame.payload))
        case .body: try unsafe channels[frame.channel]?.hear(frame.payload)
        }
    }

    private func hear(_ word: Word) {
        if state == .connecting { return answer(handshake.hear(word)) }
        switch word {
        case .blocked(let reason):
            blockedBecause = reason
            onBlocked(reason)
        case .unblocked:
            blockedBecause = nil
            onBlocked(nil)
        case .close(let code, let text):
            say(.closeOK, on: 0)
            link?.flush()
            down(code == 320 ? .unreachable : .refused, "the broker closed the connection (\(code) \(text))")
        case .closeOK: finishClosing()
        default: log.warning("the broker said something out of turn", [.service: name, .cause: "\(word)"])
        }
    }

    private func hear(_ word: Word, on number: UInt16) throws(FrameFault) {
        guard let channel = channels[number] else { return }
        switch word {
        case .channelClose(let code, let text):
            say(.channelCloseOK, on: number)
            channels[number] = nil
            channel.close(BusFailure(.refused, during: "a channel", cause: "\(text) (\(code))"))
        case .channelCloseOK:
            channels[number] = nil
            try channel.hear(word)
        case .flow(let isActive): say(.flowOK(isActive), on: number)
        default: try channel.hear(word)
        }
    }
}

// MARK: channels

extension Session {
    /// A new channel; its first answer is for its opening, which has been asked for.
    func openChannel(_ opened: @escaping Channel.Answer = { _ in }) -> Channel {
        // Nobody of ours opens so many: whoever leaks them must not stop everybody else for ever.
        if channels.count >= max(1, terms.channels) { down(.unreachable, "no channel is left") }
        repeat { lastChannel = lastChannel % UInt16(max(1, terms.channels)) + 1 } while channels[lastChannel] != nil
        let channel = Channel(lastChannel)
        channels[lastChannel] = channel
        ask(.openChannel, on: channel, opened)
        return channel
    }

    func closeChannel(_ channel: Channel) {
        guard channels[channel.number] === channel else { return }
        channel.onClose = { _ in }
        ask(.closeChannel, on: channel) { _ in }
    }

    func ask(_ question: Saying, on channel: Channel, _ answer: @escaping Channel.Answer) {
        channel.expect(answer)
        say(question, on: channel.number)
    }

    func say(_ saying: Saying, on number: UInt16) {
        // A word on a channel that is closed would cost the whole connection.
        guard number == 0 || channels[number] != nil else { return }
        writer.write(saying, on: number)
        writer.recycle()
        flushSoon()
    }

    private func introduce(as name: String) { say(.introduce(address, name), on: 0) }

    private func accept(_ terms: Handshake.Terms) {
        say(.accept(terms), on: 0)
        say(.open(address.vhost), on: 0)
    }
}

// MARK: heartbeats

extension Session {
    /// Every half of the agreed time: says something if nothing was said, and gives up on a side that says nothing.
    private func beat() {
        guard terms.heartbeat > 0, let link, state == .open else { return }
        let silence = ContinuousClock.now - link.lastHeard
        guard silence < .seconds(terms.heartbeat * 2) else {
            return down(.unreachable, "the broker has said nothing for \(silence.components.seconds) s")
        }
        if ContinuousClock.now - link.lastSaid >= .milliseconds(terms.heartbeat * 500) {
            writer.heartbeat()
            flushSoon()
        }
        timer = lane.ring(after: .milliseconds(terms.heartbeat * 500)) { [self] in beat() }
    }
}

// MARK: closing

extension Session {
    /// Says goodbye and answers when the other side has heard it, or has had its time.
    func close(_ closed: @escaping () -> Void) {
        onClosed = closed
        let wasOpen = state == .open
        state = .closing
        guard wasOpen else { return finishClosing() }
        lane.callOff(timer)
        say(.close, on: 0)
        timer = lane.ring(after: .seconds(2)) { [self] in finishClosing() }
    }

    private func finishClosing() {
        guard state == .closing else { return }
        tearDown(BusFailure(.closed, during: "a connection", cause: "the bus is closed"))
        let tell = onClosed
        onClosed = {}
        // They know us and we know them: somebody must let go.
        (onOpen, onRead, onDown, onBlocked) = ({}, {}, { _ in }, { _ in })
        tell()
    }
}
