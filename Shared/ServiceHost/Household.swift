// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
import Contracts
import Ports
import Synchronization
import Telemetry

/// The whole life of a process: opens, runs, drains and closes what its service houses, as `HostMachine` decides.
///
/// Everything that happens comes in as one stream of events, so nothing that hangs can keep the rest from ending.
struct Household: Sendable {
    /// Closing is short: what takes longer will not end by itself.
    private static let closingTime = Duration.seconds(10)

    let host: Host
    let drain: Duration
    let signals: AsyncStream<Int32>

    /// Returns the exit status.
    func live(_ seat: @escaping @Sendable (Host) async throws -> Void) async -> Int32 {
        let (events, happen) = AsyncStream<HostMachine.Event>.makeStream(bufferingPolicy: .bufferingOldest(1024))
        let errands = Errands()
        defer { errands.cancelAll() }
        errands.run { for await number in signals { happen.yield(.signal(number)) } }
        let opening = errands.run {
            do {
                try await seat(host)
                happen.yield(.opened)
            } catch {
                if !Task.isCancelled { happen.yield(.cannotOpen(cause: "\(error)")) }
            }
        }
        var machine = HostMachine()
        var running: [Running] = []
        for await event in events {
            for effect in machine.decide(event) {
                switch effect {
                case .beReady:
                    // First: a part that asks after its own health finds it true.
                    host.health.enter("running")
                    running = begin(errands, happen)
                    host.log.notice("running")
                case .say(let word): say(word, running)
                case .stopOpening: opening.cancel()
                case .drain:
                    host.health.enter("draining")
                    drain(running, errands, happen)
                case .close:
                    host.health.enter("closing")
                    close(after: opening, running, errands, happen)
                }
            }
            if case .over(let status) = machine.state { return status }
        }
        return HostMachine.broken
    }

    private func begin(_ errands: Errands, _ happen: AsyncStream<HostMachine.Event>.Continuation) -> [Running] {
        host.housed.map { part in
            let isOver = Flag()
            guard let run = part.run else {
                isOver.raise()
                return Running(part: part, task: nil, isOver: isOver)
            }
            let task = errands.run {
                var cause = "it returned while it was needed"
                do { try await run() } catch { cause = "\(error)" }
                isOver.raise()
                if !Task.isCancelled { happen.yield(.partEnded(name: part.name, cause: cause)) }
            }
            return Running(part: part, task: task, isOver: isOver)
        }
    }

    private func drain(
        _ running: [Running], _ errands: Errands, _ happen: AsyncStream<HostMachine.Event>.Continuation
    ) {
        errands.run { [clock = host.clock] in
            do { try await clock.sleep(until: clock.now() + drain) } catch { return }
            happen.yield(.drainingTooLong)
        }
        errands.run {
            for one in running.reversed() {
                await one.part.drain?()
                one.task?.cancel()
                await one.task?.value
            }
            happen.yield(.drained)
        }
    }

    private func close(
        after opening: Task<Void, Never>, _ running: [Running], _ errands: Errands,
        _ happen: AsyncStream<HostMachine.Event>.Continuation
    ) {
        errands.run { [clock = host.clock] in
            do { try await clock.sleep(until: clock.now() + Self.closingTime) } catch { return }
            happen.yield(.closingTooLong)
        }
        errands.run {
            for one in running { one.task?.cancel() }
            await opening.value
            for part in host.housed.reversed() { await part.close?() }
            happen.yield(.closed)
        }
    }

    private func say(_ word: HostMachine.Word, _ running: [Running]) {
        let log = host.log
        switch word {
        case .cannotOpen(let cause): log.error("the service cannot begin", [.cause: cause])
        case .lostPart(let name, let cause): log.error("a part has ended", [.service: name, .cause: cause])
        case .stopping(let signal): log.notice("stopping", [.signal: signal])
        case .stillBusy:
            let names = running.filter { !$0.isOver.isRaised }.map(\.part.name).joined(separator: ", ")
            log.error("not everything ended in time", [.cause: names.isEmpty ? "closing" : names])
        case .impatient: log.warning("ending at once: asked twice")
        }
    }
}

private struct Running: Sendable {
    let part: Part
    let task: Task<Void, Never>?
    let isOver: Flag
}

/// Raised once, seen by everybody.
private final class Flag: Sendable {
    private let state = Atomic<Bool>(false)
    func raise() { state.store(true, ordering: .releasing) }
    var isRaised: Bool { state.load(ordering: .acquiring) }
}

/// Tasks that may outlive whoever waits for them: this is the one place where a hanging part must not hang its process.
private final class Errands: Sendable {
    private let tasks = Mutex<[Task<Void, Never>]>([])

    @discardableResult
    func run(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        let task = Task { await work() }
        tasks.withLock { $0.append(task) }
        return task
    }

    func cancelAll() { for task in tasks.withLock({ $0 }) { task.cancel() } }
}
