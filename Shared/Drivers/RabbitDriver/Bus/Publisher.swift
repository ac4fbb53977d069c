// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import CRabbit
import Contracts
import Lanes
import Ports

/// Sends letters on one channel and waits for the broker to answer for each. What it does not answer for before its
/// connection is lost is sent again on the next one. It belongs to the lane.
final class Publisher {
    private struct Ticket {
        let batch: Batch
        let index: Int

        var letter: Letter { batch.letters[index] }
        func settled(isSafe: Bool) { batch.settled(at: index, isSafe: isSafe) }
    }

    /// So many bytes may wait to be sent.
    private static let largestBacklog = 4 << 20
    /// What the broker takes as a header frame, less what stands around it.
    private static let largestHeaders = 100_000

    private let session: Session
    /// So many letters may be without an answer.
    private let window: Int
    private var channel: Channel?
    private var isReady = false
    private var confirms = Confirms<Ticket>()
    private var again: [Ticket] = []
    private var batches: [Batch] = []
    private var watches = false
    /// The broker closed the channel: something it publishes to may be gone.
    var onLost: () -> Void = {}

    init(on session: Session, window: Int) {
        self.session = session
        self.window = max(1, window)
    }

    /// The connection is new and what it publishes to is there.
    func open() {
        guard channel == nil else { return }
        let channel = session.openChannel()
        self.channel = channel
        channel.onWord = { [self] word in hear(word) }
        channel.onContent = { [self] content in comeBack(content) }
        channel.onClose = { [self] _ in lose() }
        session.ask(.confirmSelect, on: channel) { [self] result in
            guard case .success = result else { return }
            isReady = true
            pump()
        }
    }

    func publish(_ batch: Batch) {
        guard !batch.letters.isEmpty else { return batch.finish(nil) }
        batches.append(batch)
        watch()
        pump()
    }

    /// Sends as much as may be under way.
    func pump() {
        guard isReady, session.blockedBecause == nil, let channel else { return }
        while confirms.count < window, session.waiting < Self.largestBacklog, let ticket = nextTicket() {
            if send(ticket, on: channel.number) { confirms.sent(ticket) }
        }
        session.writer.recycle()
        session.flushSoon()
    }

    func close(_ failure: BusFailure) {
        isReady = false
        onLost = {}
        let open = again.map(\.batch) + confirms.abandon().map(\.batch) + batches
        (again, batches) = ([], [])
        for batch in open { batch.finish(failure) }
    }

    private func nextTicket() -> Ticket? {
        while !again.isEmpty {
            let ticket = again.removeFirst()
            if !ticket.batch.isOver { return ticket }
        }
        while let batch = batches.first {
            if batch.isOver || batch.next == batch.letters.count {
                batches.removeFirst()
                continue
            }
            batch.next += 1
            return Ticket(batch: batch, index: batch.next - 1)
        }
        return nil
    }
}

// MARK: what the broker answers

extension Publisher {
    private func hear(_ word: Word) {
        switch word {
        case .ack(let number, let isMultiple):
            for ticket in confirms.settle(number, isMultiple: isMultiple) { ticket.settled(isSafe: true) }
        case .nack(let number, let isMultiple):
            for ticket in confirms.settle(number, isMultiple: isMultiple) { ticket.settled(isSafe: false) }
        default: return
        }
        if confirms.count <= window / 2 { pump() }
    }

    /// A letter nobody can receive comes back before it is confirmed. One for a topic that nobody reads is no loss.
    private func comeBack(_ content: Channel.Content) {
        let id = content.properties.id
        guard let ticket = confirms.first(where: { !$0.batch.isOver && $0.letter.id.rawValue == id }) else {
            return
        }
        if case .own = ticket.batch.way, case .topic = ticket.letter.address { return }
        ticket.batch.isUnroutable(at: ticket.index)
    }

    private func lose() {
        isReady = false
        channel = nil
        again = confirms.abandon() + again
        if session.state == .open { onLost() }
    }

    /// Nobody waits for ever: who has waited long enough is told why.
    private func watch() {
        guard !watches else { return }
        watches = true
        _ = session.lane.ring(after: .milliseconds(250)) { [self] in
            watches = false
            let now = ContinuousClock.now
            let open = again.map(\.batch) + batches
            for batch in open where batch.deadline <= now { batch.finish(lateness) }
            // A batch that is sent whole and not confirmed is known to the confirms only.
            confirms.forEach { if $0.batch.deadline <= now { $0.batch.finish(lateness) } }
            again.removeAll { $0.batch.isOver }
            batches.removeAll { $0.isOver }
            if !again.isEmpty || !batches.isEmpty || confirms.count > 0 { watch() }
        }
    }

    private var lateness: BusFailure {
        if let reason = session.blockedBecause {
            return BusFailure(.blocked, during: "publish", cause: "the broker takes nothing: \(reason)")
        }
        let cause = session.lastFailure?.cause ?? "the broker does not confirm"
        return BusFailure(.unreachable, during: "publish", cause: cause)
    }
}

// MARK: sending

/// A letter as it goes over the wire.
private struct Posting {
    var exchange: String
    var key: String
    var headers: [(key: String, value: Field)]

    init(_ letter: Letter, _ way: Batch.Way) {
        exchange = letter.address.exchange
        key = letter.address.key
        headers = letter.headers.map { ($0.key, .text($0.value)) }
        switch way {
        case .own: return
        case .later(let wait, let queue, let tries):
            (exchange, key) = (Names.rung(wait), queue.text)
            headers.append((Header.tries, .number(Int64(tries))))
        case .dead(let death):
            (exchange, key) = (Names.deadLetters, death.queue.text)
            headers.removeAll { death.headers[$0.key] != nil }
            headers += death.headers.map { ($0.key, .text($0.value)) }
        }
        headers.append((Header.address, .text(letter.address.word)))
    }

    /// About how many bytes they take, and never fewer.
    var headerBytes: Int { headers.reduce(0) { $0 + $1.key.utf8.count + $1.value.size + 16 } }
}

extension Publisher {
    /// Answers false for a letter the broker would close the connection for: it is refused here.
    private func send(_ ticket: Ticket, on channel: UInt16) -> Bool {
        let letter = ticket.letter
        let posting = Posting(letter, ticket.batch.way)
        guard posting.headerBytes <= min(Self.largestHeaders, session.writer.largest / 2), letter.body.count <= 1 << 27,
            posting.key.utf8.count < 256
        else {
            ticket.settled(isSafe: false)
            return false
        }
        session.writer.publish(letter, as: posting, on: channel)
        return true
    }
}

extension FrameWriter {
    /// Always mandatory: a letter that nobody can receive is an error and not a silence.
    fileprivate func publish(_ letter: Letter, as posting: Posting, on channel: UInt16) {
        unsafe method(
            ainer_amqp_publish, on: channel,
            amqp_basic_publish_t(
                ticket: 0, exchange: text(posting.exchange), routing_key: text(posting.key), mandatory: 1, immediate: 0)
        )
        var properties = unsafe amqp_basic_properties_t()
        unsafe properties._flags = UInt32(AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG)
        unsafe properties.delivery_mode = 2
        unsafe properties.message_id = text(letter.id.rawValue)
        if !posting.headers.isEmpty {
            unsafe properties._flags |= UInt32(AMQP_BASIC_HEADERS_FLAG)
            unsafe properties.headers = table(posting.headers)
        }
        unsafe content(properties, headers: posting.headerBytes, body: letter.body, on: channel)
    }
}
