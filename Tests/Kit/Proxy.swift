// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver
import Glibc
import Lanes

/// A bad network in front of a good server on this machine. What it is told holds for the connections there are and for
/// those to come, until the next word. Whoever opened it closes it.
package actor Proxy {
    /// Where clients connect to.
    package nonisolated let port: Int
    private nonisolated let serverPort: Int
    private nonisolated let lane: Lane
    private let listener: Int32
    private var links: [Int: Link] = [:]
    private var mood = Mood.fair
    /// How many connections were ever made, and how many bytes came from clients and from the server.
    package private(set) var connections = 0
    private var gone = (up: 0, down: 0)

    package nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

    package static func open(to port: Int) async throws -> Proxy {
        let (listener, own) = try Sockets.listen()
        let proxy = Proxy(listener, port: own, serverPort: port)
        await proxy.begin()
        return proxy
    }

    private init(_ listener: Int32, port: Int, serverPort: Int) {
        self.listener = listener
        self.port = port
        self.serverPort = serverPort
        lane = Lane("proxy")
    }

    /// The same URL, but through here.
    package nonisolated func through(_ url: String) -> String {
        url.split(separator: ":\(serverPort)", maxSplits: 1, omittingEmptySubsequences: false)
            .joined(separator: ":\(port)")
    }

    package func close() {
        for link in links.values { link.close() }
        links = [:]
        lane.unwatch(listener)
        Glibc.close(listener)
        lane.close()
    }

    // MARK: the weather

    /// Every byte arrives that much later, in both directions.
    package func delay(_ lag: Duration) { become(.slow(lag)) }

    /// A black hole: takes every byte and passes none on.
    package func drop() { become(.hole) }

    /// Passes on that many bytes a second, in each direction of each connection.
    package func throttle(bytesPerSecond: Int) { become(.narrow(max(1, bytesPerSecond))) }

    /// The server's side is gone and nobody told the client: nothing is read, nothing comes, nothing closes.
    package func halfOpen() {
        become(.silent)
        for link in links.values { link.loseServer() }
    }

    /// Resets every connection on both sides, and every new one until it is healed.
    package func refuse() {
        become(.closed)
        breakAll()
    }

    /// Resets every connection on both sides, once.
    package func reset() { breakAll() }

    /// All is well again. A connection that has lost something is reset: it cannot go on.
    package func heal() {
        become(.fair)
        for link in links.values where link.hasLost { link.breakOff() }
    }

    // MARK: what was seen

    package var openConnections: Int { links.count }
    package var bytesUp: Int { links.values.reduce(gone.up) { $0 + $1.up.received } }
    package var bytesDown: Int { links.values.reduce(gone.down) { $0 + $1.down.received } }

    // MARK: connections

    private func begin() {
        lane.watch(listener, for: .readable) { [weak self] _ in
            self?.assumeIsolated { $0.welcome() }
        }
    }

    private func become(_ mood: Mood) {
        self.mood = mood
        // A silent network does not answer a new connection either.
        lane.change(listener, to: mood == .silent ? [] : .readable)
        for link in links.values { link.become(mood) }
    }

    private func breakAll() {
        for link in links.values { link.breakOff() }
    }

    private func welcome() {
        while let client = Sockets.accept(listener) {
            connections += 1
            guard mood != .closed, let server = Sockets.connect(to: serverPort) else {
                Sockets.reset(client)
                continue
            }
            let number = connections
            let link = Link(client: client, server: server, lane: lane, mood: mood) { [weak self] in
                self?.assumeIsolated { $0.forget(number) }
            }
            links[number] = link
            link.begin()
        }
    }

    private func forget(_ number: Int) {
        guard let link = links.removeValue(forKey: number) else { return }
        gone.up += link.up.received
        gone.down += link.down.received
    }
}

/// How the network is.
enum Mood: Equatable {
    case fair
    case slow(Duration)
    case narrow(Int)
    case hole
    case silent
    case closed
}
