// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
import Lanes
import Ports

/// What becomes of what was given out.
extension BusCore {
    func settle(_ verdicts: [Verdict], _ answer: @escaping Answer) {
        if isClosed { return answer(closed) }
        var moves: [(Delivery, Batch.Way)] = []
        var done: [Delivery.Receipt] = []
        done.reserveCapacity(verdicts.count)
        for verdict in verdicts {
            if verdict.fate == .done {
                done.append(verdict.delivery.receipt)
            } else if let move = move(for: verdict) {
                moves.append(move)
            }
        }
        // Nearly always all of one consumer.
        while let number = done.last?.consumer {
            consumers[number]?.settle(done.filter { $0.consumer == number })
            done.removeAll { $0.consumer == number }
        }
        move(moves, answer)
    }

    /// Where a delivery goes that is not done; `nil` when it is settled already, or comes again anyway.
    private func move(for verdict: Verdict) -> (Delivery, Batch.Way)? {
        let delivery = verdict.delivery
        guard let consumer = consumers[delivery.receipt.consumer], consumer.isOpen(delivery.receipt),
            !consumer.isHeld(delivery.receipt)
        else { return nil }
        switch verdict.fate {
        case .done: return nil
        case .later(let wish):
            return (delivery, .later(ladder.rung(for: wish), to: delivery.queue, tries: delivery.count))
        case .bury(let reason):
            return (delivery, .dead(Death(reason: reason, queue: delivery.queue, deliveries: delivery.count)))
        }
    }

    /// First safe where it goes, then gone from where it was: whoever dies between finds it twice, and never not at all.
    /// What could not be moved stays out, to be settled again.
    private func move(_ moves: [(Delivery, Batch.Way)], _ answer: @escaping Answer) {
        guard !moves.isEmpty else { return answer(nil) }
        var left = moves.count
        var first: BusFailure?
        for (delivery, way) in moves {
            publish([delivery.letter], way) { [self] failure in
                first = first ?? failure
                let consumer = consumers[delivery.receipt.consumer]
                if failure == nil { consumer?.settle([delivery.receipt]) }
                left -= 1
                guard left == 0 else { return }
                // Somebody has deleted a rung, or the dead.
                if first?.code == .unroutable { return remake { answer(first) } }
                answer(first)
            }
        }
    }

    func remake(_ done: @escaping () -> Void) {
        make(topology.declarations(ladder), on: hearing) { _ in done() }
    }
}

extension Result where Failure == BusFailure {
    var failure: BusFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
