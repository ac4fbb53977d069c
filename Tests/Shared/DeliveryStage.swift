// SharedTests · tests · sees Contracts, Ports, Telemetry
import Contracts
import Ports
import Synchronization
import Telemetry

/// Holds whoever comes until it is opened.
final class Barrier: Sendable {
    private let (arrivals, arrive) = AsyncStream.makeStream(of: Void.self)
    private let (openings, opened) = AsyncStream.makeStream(of: Void.self)

    func wait() async throws {
        arrive.yield()
        for await _ in openings { break }
        try Task.checkCancellation()
    }

    func untilSomebodyWaits() async throws {
        for await _ in arrivals { return }
        try Task.checkCancellation()
    }

    func open() { opened.finish() }
}

/// A bus that asks something of everybody who publishes, before and after; `whole` asks nothing.
struct TollBus: MessageBus {
    typealias Toll = @Sendable ([Letter]) async throws -> Void

    let whole: any MessageBus
    var toll: Toll = { _ in }
    var receipt: Toll = { _ in }

    func publish(_ letters: [Letter]) async throws(BusFailure) {
        try await ask(toll, of: letters)
        try await whole.publish(letters)
        try await ask(receipt, of: letters)
    }

    private func ask(_ toll: Toll, of letters: [Letter]) async throws(BusFailure) {
        do {
            try await toll(letters)
        } catch {
            throw error as? BusFailure ?? BusFailure(.canceled, during: "publish", cause: "\(error)")
        }
    }

    func declare(_ topology: Topology) async throws(BusFailure) { try await whole.declare(topology) }

    func subscribe(to queue: QueueName, prefetch: Int) async throws(BusFailure) -> Arrivals<Delivery> {
        try await whole.subscribe(to: queue, prefetch: prefetch)
    }

    func settle(_ verdicts: [Verdict]) async throws(BusFailure) { try await whole.settle(verdicts) }
    func depth(of queue: QueueName) async throws(BusFailure) -> Int { try await whole.depth(of: queue) }
    func drop(_ queue: QueueName) async throws(BusFailure) { try await whole.drop(queue) }

    func tail(from position: TailPosition) async throws(BusFailure) -> Arrivals<TailEntry> {
        try await whole.tail(from: position)
    }

    func close() async { await whole.close() }
}

/// What was complained about, with the letter it was about.
final class Errors: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    var log: Log {
        Log(threshold: .error) { line in
            let letter = line.fields.first { $0.key == .eventID }.map { " " + $0.value } ?? ""
            self.kept.withLock { $0.append("\(line.message)" + letter) }
        }
    }
}
