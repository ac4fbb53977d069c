// DoorTests · tests · sees HTTP, Kit, Lanes
import Glibc
import HTTP
import Kit
import Lanes
import Synchronization

/// A server for tests that says exactly the bytes it is told to, right or wrong. A thread a connection; whoever opened it
/// closes it.
final class ClientHost: Sendable {
    let port: Int
    private let listener: Int32
    private let lane = Lane("host")
    private let answer: @Sendable (ClientPeer, Asked) throws -> Void
    private let state = Mutex(State())

    private struct State {
        var asked: [Asked] = []
        var open: Set<Int32> = []
        var connections = 0
        var isClosed = false
    }

    /// A request as it came.
    struct Asked: Sendable, Equatable {
        let line: String
        let fields: HTTPFields
        let body: [UInt8]

        var path: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
    }

    /// `answer` runs on a thread of its own; when it throws, the connection is closed.
    static func open(_ answer: @escaping @Sendable (ClientPeer, Asked) throws -> Void) throws -> ClientHost {
        let (listener, port) = try Sockets.listen()
        let host = ClientHost(listener, port, answer)
        host.lane.perform { [lane = host.lane, weak host] in
            lane.watch(listener, for: .readable) { _ in
                while let socket = Sockets.accept(listener) { host?.serve(socket) }
            }
        }
        return host
    }

    private init(_ listener: Int32, _ port: Int, _ answer: @escaping @Sendable (ClientPeer, Asked) throws -> Void) {
        self.listener = listener
        self.port = port
        self.answer = answer
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var asked: [Asked] { state.withLock { $0.asked } }
    var connections: Int { state.withLock { $0.connections } }
    var openConnections: Int { state.withLock { $0.open.count } }

    func close() {
        let listener = listener
        state.withLock { state in
            state.isClosed = true
            for socket in state.open { shutdown(socket, Int32(SHUT_RDWR)) }
        }
        lane.perform { [lane] in
            lane.unwatch(listener)
            Glibc.close(listener)
        }
        lane.close()
    }

    private func serve(_ socket: Int32) {
        _ = fcntl(socket, F_SETFL, 0)
        let isWelcome = state.withLock { state in
            state.connections += 1
            if !state.isClosed { state.open.insert(socket) }
            return !state.isClosed
        }
        guard isWelcome else {
            Glibc.close(socket)
            return
        }
        let own = Lane("host-peer")
        own.perform { [self] in
            let peer = ClientPeer(socket)
            while let asked = peer.hear() {
                state.withLock { $0.asked.append(asked) }
                do { try answer(peer, asked) } catch { break }
            }
            _ = state.withLock { $0.open.remove(socket) }
            Glibc.close(socket)
        }
        own.close()
    }
}

/// The server's end of one connection. Calls block.
final class ClientPeer {
    let socket: Int32
    private var rest: [UInt8] = []

    struct Gone: Error {}

    init(_ socket: Int32) { self.socket = socket }

    /// The next request, head and body; `nil` when the client is gone.
    func hear() -> ClientHost.Asked? {
        var end: Int?
        while true {
            end = headEnd()
            if end != nil { break }
            // A TLS client meets somebody who does not speak it.
            guard more(), rest.first != 0x16 else { return nil }
        }
        guard let end else { return nil }
        let lines = String(decoding: rest[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
        rest = Array(rest[(end + 4)...])
        var fields = HTTPFields()
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            fields.add(parts[0], parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        guard let body = takeBody(fields) else { return nil }
        return ClientHost.Asked(line: lines.first ?? "", fields: fields, body: body)
    }

    func say(_ text: String) throws { try say(Array(text.utf8)) }

    func say(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw -> Int in
                guard let start = raw.baseAddress else { return 0 }
                return send(socket, start + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Gone() }
            sent += count
        }
    }

    /// A whole answer with its length.
    func answer(_ status: String = "200 OK", _ fields: [String] = [], _ body: String = "") throws {
        let head = ["HTTP/1.1 " + status] + fields + ["Content-Length: \(body.utf8.count)"]
        try say(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Returns when the client has closed its end.
    func awaitGoodbye() { while more() { rest = [] } }

    private func takeBody(_ fields: HTTPFields) -> [UInt8]? {
        let length = fields["Content-Length"].flatMap { Int($0) } ?? 0
        while rest.count < length { guard more() else { return nil } }
        defer { rest = Array(rest[length...]) }
        return Array(rest[..<length])
    }

    private func headEnd() -> Int? {
        guard rest.count >= 4 else { return nil }
        return (0...rest.count - 4).first { rest[$0] == 13 && Array(rest[$0..<$0 + 4]) == [13, 10, 13, 10] }
    }

    private func more() -> Bool {
        var room = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(socket, &room, room.count, 0)
        guard count > 0 else { return false }
        rest += room[..<count]
        return true
    }
}
