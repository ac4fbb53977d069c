// AinerBench · wiring · sees nothing
import Foundation

/// Many streams of one server in this process, each of them silent. They are closed with the value.
final class IdleStreams {
    private let port: UInt16
    private let request: [UInt8]
    /// What a stream has said when it has begun.
    private let beginning: String
    private var sockets: [Int32] = []

    init(_ port: UInt16, _ request: String, untilIt says: String) {
        self.port = port
        self.request = Array(request.utf8)
        beginning = says
    }

    deinit { for one in sockets { close(one) } }

    /// Bytes that each of so many streams costs this process; they stay open.
    func cost(of count: Int) throws -> Double {
        // The first ones make what all share.
        for _ in 0..<100 { sockets.append(try open()) }
        let before = try Self.resident()
        try open(count)
        return Double(try Self.resident() - before) / Double(count)
    }

    func open(_ count: Int) throws { for _ in 0..<count { sockets.append(try open()) } }

    /// Waits until every stream has said this too.
    func hear(_ word: String) throws {
        for one in sockets { try Self.read(one, until: word) }
    }

    private func open() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0, send(descriptor, request, request.count, 0) == request.count else {
            throw BenchFault("the server takes no more streams: \(String(cString: strerror(errno)))")
        }
        try Self.read(descriptor, until: beginning)
        return descriptor
    }

    private static func read(_ descriptor: Int32, until word: String) throws {
        var heard: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 4096)
        while !String(decoding: heard, as: UTF8.self).contains(word) {
            let count = recv(descriptor, &room, room.count, 0)
            guard count > 0 else {
                throw BenchFault("a stream ended with: \(String(decoding: heard.suffix(300), as: UTF8.self))")
            }
            heard += room[..<count]
        }
    }

    static func resident() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        guard let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw BenchFault("/proc/self/statm says: \(text)")
        }
        return pages * Int(getpagesize())
    }
}
