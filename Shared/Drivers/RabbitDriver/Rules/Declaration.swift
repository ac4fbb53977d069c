// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts

/// One thing to be made on the broker, in the order it must be made in.
enum Declaration: Hashable, Sendable {
    case exchange(String, kind: String, arguments: [String: Field])
    case queue(String, arguments: [String: Field])
    case binding(queue: String, exchange: String, key: String)
}

extension Topology {
    /// Everything that is needed for these queues, and what every house needs.
    func declarations(_ ladder: Ladder) -> [Declaration] {
        Self.house(ladder)
            + queues.sorted { $0.key.text < $1.key.text }.flatMap { queue, topics in
                [
                    .queue(queue.text, arguments: Self.arguments(of: queue)),
                    .binding(queue: queue.text, exchange: Names.back, key: queue.text),
                ]
                    + topics.map(\.rawValue).sorted().map {
                        .binding(queue: queue.text, exchange: Names.events, key: $0)
                    }
            }
    }

    /// Quorum queues: on one node as fast as classic ones, and they alone count deliveries and bury without loss.
    private static let quorum: [String: Field] = ["x-queue-type": .text("quorum")]

    /// A message that leaves such a queue otherwise than by an answer is kept until it is safe where it goes.
    private static func leaving(to exchange: String) -> [String: Field] {
        quorum.merging([
            "x-dead-letter-exchange": .text(exchange), "x-dead-letter-strategy": .text("at-least-once"),
            "x-overflow": .text("reject-publish"),
        ]) { $1 }
    }

    /// Delivered this often in one stay and never settled, a message is what kills its handlers.
    private static let fuse: Int64 = 20

    private static func arguments(of queue: QueueName) -> [String: Field] {
        var arguments = leaving(to: Names.deadLetters)
        arguments["x-delivery-limit"] = .number(fuse)
        // A node that has been gone for an hour has a new name when it comes again.
        if queue.isOfNode { arguments["x-expires"] = .number(3_600_000) }
        return arguments
    }

    private static func house(_ ladder: Ladder) -> [Declaration] {
        let (unrouted, dead) = (Names.unrouted, Names.deadLetters)
        let base: [Declaration] = [
            .exchange(unrouted, kind: "fanout", arguments: [:]),
            .queue(unrouted, arguments: quorum),
            .binding(queue: unrouted, exchange: unrouted, key: ""),
            .exchange(dead, kind: "fanout", arguments: [:]),
            .queue(dead, arguments: quorum),
            .binding(queue: dead, exchange: dead, key: ""),
            .exchange(Names.events, kind: "topic", arguments: ["alternate-exchange": .text(unrouted)]),
            .exchange(Names.back, kind: "direct", arguments: ["alternate-exchange": .text(unrouted)]),
        ]
        return base + rungs(ladder)
    }

    /// A queue delays by its own time to live: one a rung. What is delayed comes in under the name of the queue it is for,
    /// and leaves to the exchange that knows every queue by its name.
    private static func rungs(_ ladder: Ladder) -> [Declaration] {
        ladder.rungs.flatMap { wait -> [Declaration] in
            let name = Names.rung(wait)
            var arguments = leaving(to: Names.back)
            arguments["x-message-ttl"] = .number(wait.milliseconds)
            return [
                .exchange(name, kind: "fanout", arguments: [:]), .queue(name, arguments: arguments),
                .binding(queue: name, exchange: name, key: ""),
            ]
        }
    }

    /// Bound to every topic there is and to nothing else: what has no topic's name shall end among the unrouted. It is
    /// for displays: that it cannot be made keeps nothing else from going on.
    static func tail(named name: String) -> [Declaration] {
        let arguments: [String: Field] = [
            "x-queue-type": .text("stream"), "x-max-age": .text("1D"), "x-max-length-bytes": .number(1 << 30),
        ]
        return [.queue(name, arguments: arguments)]
            + Topic.allCases.filter { !$0.isDirect }.map {
                .binding(queue: name, exchange: Names.events, key: $0.rawValue)
            }
    }
}
