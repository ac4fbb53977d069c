// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
package import Contracts

/// The topology as a broker's own definitions file: for operators who load it before the first service starts, and to
/// see at a glance what there is. The services declare the same.
package enum Definitions {
    package static func json(of topology: Topology, _ ladder: Ladder = .standard) -> String {
        var (exchanges, queues, bindings): ([String], [String], [String]) = ([], [], [])
        for declaration in topology.declarations(ladder) + Topology.tail(named: Names.tails[0]) {
            switch declaration {
            case .exchange(let name, let kind, let arguments):
                exchanges.append(
                    object([
                        ("name", quoted(name)), ("vhost", quoted("/")), ("type", quoted(kind)), ("durable", "true"),
                        ("auto_delete", "false"), ("internal", "false"), ("arguments", self.arguments(arguments)),
                    ]))
            case .queue(let name, let arguments):
                queues.append(
                    object([
                        ("name", quoted(name)), ("vhost", quoted("/")), ("durable", "true"), ("auto_delete", "false"),
                        ("arguments", self.arguments(arguments)),
                    ]))
            case .binding(let queue, let exchange, let key):
                bindings.append(
                    object([
                        ("source", quoted(exchange)), ("vhost", quoted("/")), ("destination", quoted(queue)),
                        ("destination_type", quoted("queue")), ("routing_key", quoted(key)), ("arguments", "{}"),
                    ]))
            }
        }
        return "{\n"
            + [
                list("vhosts", [object([("name", quoted("/"))])]), list("exchanges", exchanges), list("queues", queues),
                list("bindings", bindings),
            ].joined(separator: ",\n") + "\n}\n"
    }

    private static func list(_ name: String, _ items: [String]) -> String {
        "  \(quoted(name)): [\n" + items.map { "    " + $0 }.joined(separator: ",\n") + "\n  ]"
    }

    private static func object(_ fields: [(String, String)]) -> String {
        "{" + fields.map { "\(quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
    }

    private static func arguments(_ fields: [String: Field]) -> String {
        object(
            fields.sorted { $0.key < $1.key }.map { name, value in
                switch value {
                case .text(let text): (name, quoted(text))
                case .number(let number): (name, "\(number)")
                case .flag(let flag): (name, "\(flag)")
                case .table(let inner): (name, arguments(inner))
                }
            })
    }

    /// Our own names only: they have nothing that JSON would escape.
    private static func quoted(_ text: String) -> String { "\"\(text)\"" }
}
