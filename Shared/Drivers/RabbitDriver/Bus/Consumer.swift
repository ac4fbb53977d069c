// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
import Lanes
import Policies
import Ports

/// Somebody who takes from a queue or reads the tail, on a channel of its own that is made again whenever it is lost. It
/// belongs to the lane.
final class Consumer {
    /// What is done with what comes.
    enum Reader {
        case deliveries(Slot<Delivery>)
        case entries(Slot<TailEntry>)
    }

    /// What came since it was last handed on.
    private var deliveries: [Delivery] = []
    private var entries: [TailEntry] = []

    /// How long an acknowledgement may wait for others to go with it.
    private static let ackPatience = Duration.milliseconds(20)
    private static let pauses = Backoff(first: .milliseconds(100), longest: .seconds(5))

    let number: Int
    /// What it is called may change: the tail's may.
    private let name: () -> QueueName
    private(set) var queue: QueueName
    private let prefetch: Int
    private let reader: Reader
    private let session: Session
    /// Where the tail goes on.
    private var offset: Field?
    private var lastPosition: Int64 = -1
    private var channel: Channel?
    private var unsettled = Unsettled()
    /// Settled, and not yet told to the broker: one word for many spares it a write for each.
    private var held: [UInt64] = []
    private var life = 0
    private var failures = 0
    private var hasEnded = false
    private var onStart: ((BusFailure?) -> Void)?
    /// Nothing of it is left.
    var onOver: () -> Void = {}
    /// Its queue is gone: what was declared must be declared again.
    var onQueueGone: (_ done: @escaping () -> Void) -> Void = { $0() }

    init(_ number: Int, of name: @escaping () -> QueueName, prefetch: Int, into reader: Reader, on session: Session) {
        self.number = number
        self.name = name
        queue = name()
        self.prefetch = max(1, min(prefetch, 65535))
        self.reader = reader
        self.session = session
    }

    func read(from position: TailPosition) {
        switch position {
        case .first: offset = .text("first")
        case .now: offset = .text("next")
        case .after(let number):
            offset = .number(number + 1)
            lastPosition = number
        }
    }

    /// Answers once it receives, or was refused.
    func begin(_ answer: @escaping (BusFailure?) -> Void) {
        onStart = answer
        if session.state == .open { start() }
    }

    /// Whoever began has waited long enough: unless it receives by now, it never will.
    func giveUp(_ failure: BusFailure) {
        guard onStart != nil else { return }
        started(failure)
        end {}
    }

    /// On a new connection, or on a new channel of this one.
    func start() {
        guard !hasEnded, channel == nil else { return }
        let channel = session.openChannel()
        self.channel = channel
        // Every channel counts from 1: a receipt of an older one must settle nothing here.
        life += 1
        (unsettled, held) = (Unsettled(), [])
        clear()
        channel.onContent = { [self] content in take(content) }
        channel.onWord = { [self] word in if word == .cancel { queueIsGone() } }
        channel.onClose = { [self] failure in lose(failure) }
        session.ask(.qos(prefetch: prefetch), on: channel) { _ in }
        let arguments = arguments(for: name())
        session.ask(.consume(queue: queue.text, tag: "c", arguments: arguments), on: channel) { [self] result in
            guard case .success = result else { return }
            failures = 0
            started(nil)
        }
    }

    private func arguments(for queue: QueueName) -> [String: Field] {
        defer { self.queue = queue }
        guard let offset else { return [:] }
        // A tail under another name begins at its own beginning.
        if queue != self.queue { (self.offset, lastPosition) = (.text("first"), -1) }
        return ["x-stream-offset": lastPosition < 0 ? self.offset ?? offset : .number(lastPosition + 1)]
    }

    private func started(_ failure: BusFailure?) {
        let tell = onStart
        onStart = nil
        tell?(failure)
    }
}

// MARK: arriving

extension Consumer {
    /// What came in one piece goes on in one piece.
    func handOn() {
        switch reader {
        case .deliveries(let slot):
            guard !deliveries.isEmpty else { return }
            let arrived = deliveries
            deliveries = []
            if !hasEnded { slot.put(arrived) } else { giveBack(arrived) }
        case .entries(let slot):
            guard !entries.isEmpty else { return }
            slot.put(entries)
            entries = []
        }
    }

    private func take(_ content: consuming Channel.Content) {
        switch reader {
        case .deliveries: if let delivery = delivery(content) { deliveries.append(delivery) }
        case .entries: if let entry = entry(content) { entries.append(entry) }
        }
    }

    private func delivery(_ content: Channel.Content) -> Delivery? {
        guard case .deliver(let tag, let address) = content.word else { return nil }
        unsettled.delivered(tag)
        let properties = content.properties
        var letter = Letter(
            id: EventID(trusted: properties.id), to: properties.address.flatMap(Letter.Address.init) ?? address,
            headers: properties.headers, body: content.body)
        if queue == .dead, letter.death == nil, let last = properties.lastDeath {
            let death = Death(
                reason: last.reason == "delivery_limit" ? "delivered too often and never settled" : last.reason,
                queue: QueueName(last.queue), deliveries: properties.tries + 21)
            letter.headers.merge(death.headers) { _, new in new }
        }
        return Delivery(
            Delivery.Receipt(consumer: number, life: life, number: Int64(tag)), queue: queue,
            count: properties.tries + properties.deliveries + 1, letter: letter)
    }

    private func entry(_ content: Channel.Content) -> TailEntry? {
        guard case .deliver(let tag, let address) = content.word else { return nil }
        unsettled.delivered(tag)
        guard let position = content.properties.position, position > lastPosition else {
            // Of a piece that began before the place we asked for.
            acknowledge([tag])
            return nil
        }
        lastPosition = position
        let letter = Letter(
            id: EventID(trusted: content.properties.id), to: address, headers: content.properties.headers,
            body: content.body)
        return TailEntry(position: position, letter: letter)
    }
}

// MARK: settling

extension Consumer {
    /// Acknowledges these of this life; those of an earlier one come again anyway.
    func settle(_ receipts: [Delivery.Receipt]) {
        acknowledge(receipts.filter { $0.life == life }.map { UInt64($0.number) })
        if hasEnded { tellSettled() }
        closeWhenOver()
    }

    func isOpen(_ receipt: Delivery.Receipt) -> Bool {
        receipt.life == life && channel != nil && unsettled.isOpen(UInt64(receipt.number))
    }

    /// Settled already, though the broker has not been told yet.
    func isHeld(_ receipt: Delivery.Receipt) -> Bool { held.contains(UInt64(receipt.number)) }

    func giveBack(_ deliveries: [Delivery]) {
        guard let channel else { return }
        for receipt in deliveries.map(\.receipt) where isOpen(receipt) {
            _ = unsettled.settle([UInt64(receipt.number)])
            session.say(.giveBack(UInt64(receipt.number)), on: channel.number)
        }
        closeWhenOver()
    }

    /// The tail's reader has taken what had come: there may be more.
    func allTaken() {
        acknowledge(unsettled.all)
    }

    /// Many at once, at the latest when nothing else is open, or after a moment.
    private func acknowledge(_ numbers: [UInt64]) {
        guard channel != nil, !numbers.isEmpty else { return }
        let waits = held.isEmpty
        held += numbers
        if held.count >= max(1, prefetch / 2) || held.count >= unsettled.open { return tellSettled() }
        if waits { _ = session.lane.ring(after: Self.ackPatience) { [self] in tellSettled() } }
    }

    private func tellSettled() {
        guard let channel, !held.isEmpty else { return }
        let numbers = held
        held = []
        for ack in unsettled.settle(numbers) { session.say(.ack(ack), on: channel.number) }
    }
}

// MARK: ending

extension Consumer {
    /// Takes no more. What was not given out goes back; what was given out can still be settled.
    func end(_ ended: @escaping () -> Void) {
        guard !hasEnded else { return ended() }
        tellSettled()
        hasEnded = true
        started(BusFailure(.canceled, during: "subscribe", cause: "it was ended"))
        let left = leave(nil)
        guard let channel else {
            onOver()
            return ended()
        }
        session.ask(.cancel(tag: "c"), on: channel) { [self] result in
            // On a channel that was lost meanwhile there is nothing to give back: it all comes again.
            if case .success = result {
                handOn()
                giveBack(left)
                closeWhenOver()
            }
            ended()
        }
    }

    /// The bus is closed.
    func close(_ failure: BusFailure) {
        tellSettled()
        hasEnded = true
        started(failure)
        _ = leave(failure)
        (onOver, onQueueGone) = ({}, { $0() })
    }

    private func leave(_ failure: BusFailure?) -> [Delivery] {
        switch reader {
        case .deliveries(let slot): return slot.end(failure)
        case .entries(let slot):
            _ = slot.end(failure)
            return []
        }
    }

    private func clear() {
        (deliveries, entries) = ([], [])
        switch reader {
        case .deliveries(let slot): slot.clear()
        // What was not taken is read again: those behind it would be out of order.
        case .entries: break
        }
    }

    private func closeWhenOver() {
        guard hasEnded, let channel, channel.isQuiet, isTail || unsettled.open == 0 else { return }
        session.closeChannel(channel)
        self.channel = nil
        onOver()
    }

    private var isTail: Bool { offset != nil }
}

// MARK: losing

extension Consumer {
    private func lose(_ failure: BusFailure) {
        channel = nil
        (unsettled, held) = (Unsettled(), [])
        guard !hasEnded else { return onOver() }
        // A queue that is not there, asked for the first time, is the asker's mistake.
        if onStart != nil, failure.code == .refused, !isTail {
            hasEnded = true
            started(
                BusFailure(
                    .refused, during: "subscribe", cause: "nobody has declared the queue \(queue): \(failure.cause)"))
            return onOver()
        }
        guard session.state == .open else { return }
        failures += 1
        _ = session.lane.ring(after: Self.pauses.delay(after: failures)) { [self] in
            if session.state == .open { onQueueGone { [self] in if session.state == .open { start() } } }
        }
    }

    private func queueIsGone() {
        guard let channel, !hasEnded else { return }
        session.closeChannel(channel)
        lose(BusFailure(.refused, during: "a channel", cause: "the queue \(queue) is gone"))
    }
}
