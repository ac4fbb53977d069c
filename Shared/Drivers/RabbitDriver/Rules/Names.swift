// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit

/// What the broker's own things are called.
enum Names {
    static let events = "ainer.events"
    static let unrouted = "ainer.unrouted"
    static let deadLetters = "ainer.dead"
    static let tail = "ainer.tail"

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
