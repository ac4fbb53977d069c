// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
import Lanes
import Ports
import Telemetry

/// The bus as it lives on its lane: two connections, because a broker that takes nothing more stops reading what is
/// published, and with it every acknowledgement on the same connection.
final class BusCore {
    typealias Answer = (BusFailure?) -> Void

    let lane: Lane
    let ladder: Ladder
    let patience: Duration
    let speaking: Session
    let hearing: Session
    let publisher: Publisher
    private let log: Log
    var topology = Topology([:])
    private var tail = (name: 0, failures: 0, isBeingMade: false)
    var infancyEnds = ContinuousClock.now
    var growing: [Answer] = []
    /// Who waits for the end; none when it is over.
    var closers: [() -> Void]? = []
    var consumers: [Int: Consumer] = [:]
    var lastConsumer = 0
    var waiters: [(session: Session, alarm: UInt64, answer: Answer)] = []
    var isClosed = false

    init(_ options: RabbitBus.Options, to address: BrokerAddress, on lane: Lane) {
        self.lane = lane
        ladder = options.ladder
        patience = options.patience
        log = options.log
        let session = { (role: String) in
            Session(
                to: address, name: "\(options.name) \(role)", on: lane, entropy: options.entropy, log: options.log)
        }
        speaking = session("speaking")
        hearing = session("hearing")
        publisher = Publisher(on: speaking, window: options.window)
        wire()
    }

    private func wire() {
        for session in [speaking, hearing] {
            session.onOpen = { [self] in restore(session) }
        }
        speaking.onRead = { [self] in publisher.pump() }
        speaking.onBlocked = { [self] reason in
            if let reason { log.warning("the broker takes nothing", [.cause: reason]) }
            publisher.pump()
        }
        hearing.onRead = { [self] in for consumer in consumers.values { consumer.handOn() } }
        publisher.onLost = { [self] in restore(speaking, after: .milliseconds(200)) }
    }

    /// Makes again on a new connection what was made on the last one.
    private func restore(_ session: Session) {
        let life = session.life
        make(topology.declarations(ladder), on: session) { [self] failure in
            if let failure {
                log.error("the queues cannot be declared", [.cause: failure.cause])
                if session.isOpen(in: life) { fail(session, with: failure) }
                return restore(session, after: .seconds(1))
            }
            if session === hearing { return resume(session, life) }
            makeTail { [self] in whenGrown { [self] _ in resume(session, life) } }
        }
    }

    /// The same again, unless the connection is another one by then: that one is restored already.
    private func restore(_ session: Session, after pause: Duration) {
        let life = session.life
        _ = lane.ring(after: pause) { [self] in if session.isOpen(in: life) { restore(session) } }
    }

    private func resume(_ session: Session, _ life: Int) {
        guard session.isOpen(in: life) else { return }
        if session === speaking {
            publisher.open()
        } else {
            for consumer in consumers.values { consumer.start() }
        }
        ready(session)
    }

    /// Tries once and goes on, whether it is there or not; while it is not, tries again and again.
    private func makeTail(_ done: @escaping () -> Void) {
        make(Topology.tail(named: tailName), on: speaking) { [self] failure in
            if let failure {
                log.error("the tail cannot be declared", [.queue: tailName, .cause: failure.cause])
                // A lost connection says nothing about the tail.
                if failure.code == .refused, speaking.state == .open {
                    tail.failures += 1
                    if tail.failures % 5 == 0 { tail.name = (tail.name + 1) % Names.tails.count }
                }
                makeTailLater()
            } else {
                tail.failures = 0
            }
            done()
        }
    }

    private func makeTailLater() {
        guard !tail.isBeingMade else { return }
        tail.isBeingMade = true
        _ = lane.ring(after: .seconds(1)) { [self] in
            tail.isBeingMade = false
            if speaking.state == .open { makeTail {} }
        }
    }

    var tailName: String { Names.tails[tail.name] }
}
