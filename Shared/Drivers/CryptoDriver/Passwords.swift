// CryptoDriver · driver · sees Contracts, Lanes, Ports, COpenSSL
import Contracts
import Lanes
package import Ports

/// Passwords by scrypt. Each try takes 32 MB for a while, so there are two benches, each a thread of its own, and a queue in
/// front of them; whoever gives up waiting leaves the queue.
package struct Passwords: PasswordKeeper {
    private let costs: ScryptCosts
    private let entropy: any Entropy
    private let benches: Benches

    package init(costs: ScryptCosts = .usual, entropy: any Entropy) {
        self.costs = costs
        self.entropy = entropy
        benches = Benches()
    }

    package func seal(_ password: String) async throws -> String {
        let salt = (0..<2).flatMap { _ in Self.bytes(entropy.bits()) }
        let hash = try await derive(password, costs, salt: salt, count: 32)
        return ScryptText(costs, salt: salt, hash: hash).text
    }

    package func opens(_ password: String, _ sealed: String?) async throws -> Bool {
        guard let known = sealed.flatMap(ScryptText.init) else {
            _ = try await derive(password, costs, salt: [UInt8](repeating: 0, count: 16), count: 32)
            return false
        }
        let hash = try await derive(password, known.costs, salt: known.salt, count: known.hash.count)
        return HMAC.isEqual(hash, known.hash)
    }

    /// Ends both threads.
    package func close() async { await benches.close() }

    private func derive(_ password: String, _ costs: ScryptCosts, salt: [UInt8], count: Int) async throws -> [UInt8] {
        let secret = Array(password.utf8)
        let bench = try await benches.take()
        do {
            let key = try await bench.run { try costs.derive(secret, salt: salt, count: count) }
            await benches.giveBack(bench)
            return key
        } catch {
            await benches.giveBack(bench)
            throw error
        }
    }

    private static func bytes(_ bits: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) } }
}

/// Two threads, and who waits for them.
private actor Benches {
    private var free = [Lane("scrypt-1"), Lane("scrypt-2")]
    private var waiting: [(number: UInt64, reply: CheckedContinuation<Lane, any Error>)] = []
    private var last: UInt64 = 0
    private var isClosed = false

    func take() async throws -> Lane {
        try Task.checkCancellation()
        guard !isClosed else { throw LaneClosed() }
        if let bench = free.popLast() { return bench }
        last += 1
        let number = last
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { reply in
                // Cancelled before this line, the handler found nobody to wake.
                if Task.isCancelled {
                    reply.resume(throwing: CancellationError())
                } else {
                    waiting.append((number, reply))
                }
            }
        } onCancel: {
            Task { await leave(number) }
        }
    }

    func giveBack(_ bench: Lane) {
        guard !isClosed else { return bench.close() }
        if waiting.isEmpty { free.append(bench) } else { waiting.removeFirst().reply.resume(returning: bench) }
    }

    private func leave(_ number: UInt64) {
        guard let place = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: place).reply.resume(throwing: CancellationError())
    }

    /// A bench at work is closed by whoever gives it back.
    func close() {
        isClosed = true
        for bench in free { bench.close() }
        free = []
        for one in waiting { one.reply.resume(throwing: LaneClosed()) }
        waiting = []
    }
}
