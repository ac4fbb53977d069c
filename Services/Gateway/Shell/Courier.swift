// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
import GatewayCore
package import Ports
import Synchronization
package import Telemetry

/// Carries notices to webhooks: at most eight at once, and of one webhook one after the other.
///
/// Killed between the answer and its note it carries the notice again, under the same name: receivers notice.
package final class Courier: Sendable {
    private static let mostAtOnce = 8
    /// Longer than a post takes: whoever has not come back by then is dead.
    private static let claim = Duration.seconds(30)

    private let notices: any NoticeQueue
    private let post: any HookPost
    private let clock: any WallClock
    private let entropy: any Entropy
    private let log: Log
    private let rings: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation
    private let underWay = Atomic(0)

    package init(
        notices: any NoticeQueue, post: any HookPost, clock: any WallClock, entropy: any Entropy, log: Log
    ) {
        self.notices = notices
        self.post = post
        self.clock = clock
        self.entropy = entropy
        self.log = log
        // Rings add nothing to one another: the courier asks for everything that is due each time.
        (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Something may be due.
    package func ring() { bell.yield() }

    /// When the next notice falls due, for whoever rings then.
    package func nextDue() async throws -> Timestamp? { try await notices.nextDue(at: clock.now()) }

    /// Works until cancelled, beginning with what a crash left behind.
    package func run() async {
        ring()
        await withDiscardingTaskGroup { group in
            for await _ in rings {
                let free = Self.mostAtOnce - underWay.load(ordering: .relaxed)
                for parcel in await due(atMost: free) {
                    underWay.add(1, ordering: .relaxed)
                    group.addTask {
                        await self.carry(parcel)
                        self.underWay.subtract(1, ordering: .relaxed)
                        // The next of the same webhook, or of one that found no hand free.
                        self.ring()
                    }
                }
            }
            group.cancelAll()
        }
    }

    /// Carries everything that is due, and returns when nothing is.
    package func sweep() async {
        while case let parcels = await due(atMost: Self.mostAtOnce), !parcels.isEmpty, !Task.isCancelled {
            await withDiscardingTaskGroup { group in
                for parcel in parcels { group.addTask { await self.carry(parcel) } }
            }
        }
    }

    private func due(atMost limit: Int) async -> [Parcel] {
        guard limit > 0 else { return [] }
        do {
            let now = clock.now()
            return try await notices.claim(limit, at: now, until: now + Self.claim)
        } catch {
            // Whoever rings at the next due time asks again.
            if !Task.isCancelled { log.error("notices that are due cannot be read", [.cause: "\(error)"]) }
            return []
        }
    }

    private func carry(_ parcel: Parcel) async {
        let seconds = clock.now().microseconds / 1_000_000
        let signatures = parcel.secrets.map { $0.signature(of: parcel.noticeID.rawValue, at: seconds, parcel.body) }
        let event = await post.send(
            parcel.body, to: parcel.url,
            [
                ("webhook-id", parcel.noticeID.rawValue), ("webhook-timestamp", "\(seconds)"),
                ("webhook-signature", signatures.joined(separator: " ")),
            ])
        // Given up half-way is neither answered nor failed: when the claim is over it is carried again.
        guard !Task.isCancelled else { return }
        let (now, roll) = (clock.now(), Double(entropy.bits() >> 11) / 0x1p53)
        do {
            try await notices.settle(parcel, at: now) { NoticeMachine.decide($0, event, at: now, roll: roll) }
        } catch {
            log.error("what came of a notice cannot be noted", [.cause: "\(parcel.noticeID): \(error)"])
        }
    }
}
