// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
package import Ports

/// From the first byte to the open connection: what to answer to each word of the broker.
package struct Handshake: Equatable {
    /// What both sides agreed on.
    package struct Terms: Equatable {
        package var channels: Int
        package var largestFrame: Int
        /// Seconds; none when both sides want none.
        package var heartbeat: Int

        package init(channels: Int, largestFrame: Int, heartbeat: Int) {
            self.channels = channels
            self.largestFrame = largestFrame
            self.heartbeat = heartbeat
        }
    }

    package enum Answer: Equatable {
        /// Introduce ourselves, with name and password.
        case introduce
        /// Accept the terms and ask for the virtual host.
        case accept(Terms)
        case open(Terms)
        case fail(BusFailure.Code, String)
    }

    private enum State: Equatable {
        /// Exits: introduced on start.
        case greeted
        /// Exits: asking on tune.
        case introduced
        /// Exits: over on openOK.
        case asking(Terms)
        case over
    }

    private var state = State.greeted
    private let address: BrokerAddress

    package init(to address: BrokerAddress) { self.address = address }

    package mutating func hear(_ word: Word) -> Answer {
        switch (state, word) {
        case (.greeted, .start(let mechanisms)):
            guard mechanisms.split(separator: " ").contains("PLAIN") else {
                return .fail(.refused, "the broker takes no passwords (it offers \(mechanisms)); allow PLAIN")
            }
            state = .introduced
            return .introduce
        case (.introduced, .tune(let channels, let largestFrame, let heartbeat)):
            let terms = Terms(
                channels: channels == 0 ? 2047 : min(channels, 2047),
                largestFrame: largestFrame == 0 ? 131_072 : max(4096, min(largestFrame, 131_072)),
                heartbeat: heartbeat == 0 ? address.heartbeat : min(heartbeat, address.heartbeat))
            state = .asking(terms)
            return .accept(terms)
        case (.asking(let terms), .openOK):
            state = .over
            return .open(terms)
        case (_, .close(let code, let text)):
            return .fail(.refused, refusal(code, text))
        default:
            return .fail(.unreachable, "the broker said something out of turn: \(word)")
        }
    }

    /// The other side closed the connection without a word, which old brokers do when they dislike a password.
    package var endMeans: String {
        switch state {
        case .greeted: "the connection was closed before the broker said anything; is it an AMQP port?"
        case .introduced: "the broker closed the connection when it heard the name \"\(address.user)\""
        case .asking: "the broker closed the connection when it heard the virtual host \"\(address.vhost)\""
        case .over: "the connection was closed"
        }
    }

    private func refusal(_ code: Int, _ text: String) -> String {
        switch code {
        case 403:
            "the broker refuses user \"\(address.user)\": check the user and the password in the URL (403 \(text))"
        case 530:
            "the broker refuses virtual host \"\(address.vhost)\": check its name, and what user "
                + "\"\(address.user)\" may do there (530 \(text))"
        default: "the broker refuses the connection (\(code) \(text))"
        }
    }
}
