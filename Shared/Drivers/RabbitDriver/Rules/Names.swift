// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit

/// What the broker's own things are called.
enum Names {
    static let events = "ainer.events"
    static let unrouted = "ainer.unrouted"
    static let deadLetters = "ainer.dead"
    /// Knows every queue by its name. What was delayed for a queue that is gone by now ends among the unrouted: in the
    /// exchange that the broker has for such names it would be kept back, and thirty-two of them stop a rung for everybody.
    static let back = "ainer.back"
    /// A broker killed in the seconds after it made its first stream never finds that stream again, cannot delete it, and
    /// keeps its name: then the next name is taken. Whatever is said goes into all of them.
    static let tails = ["ainer.tail", "ainer.tail.2", "ainer.tail.3"]

    static func rung(_ wait: Duration) -> String {
        let milliseconds = wait.milliseconds
        return "ainer.later." + (milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms")
    }
}

extension Duration {
    var milliseconds: Int64 {
        let (seconds, atto) = components
        return seconds * 1000 + atto / 1_000_000_000_000_000
    }
}
