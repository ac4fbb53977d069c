// SharedTests · tests · sees Lanes, Kit
import Glibc
import Kit
import Lanes

/// A client on a thread of its own.
final class Caller: Sendable {
    struct Broken: Error, Equatable {
        let reason: Int32
    }

    private let lane = Lane("caller")
    private let descriptor: Int32

    init(_ port: Int, patience: Duration = .seconds(30)) async throws {
        descriptor = try await lane.run {
            guard let descriptor = Sockets.connect(to: port) else { throw Broken(reason: errno) }
            _ = fcntl(descriptor, F_SETFL, 0)
            let (seconds, atto) = patience.components
            var time = timeval(tv_sec: Int(seconds), tv_usec: Int(atto / 1_000_000_000_000))
            for side in [SO_RCVTIMEO, SO_SNDTIMEO] {
                setsockopt(descriptor, SOL_SOCKET, side, &time, socklen_t(MemoryLayout<timeval>.size))
            }
            return descriptor
        }
    }

    deinit {
        close(descriptor)
        lane.close()
    }

    func say(_ bytes: [UInt8], thenHear count: Int) async throws -> [UInt8] {
        async let heard = hear(count)
        let other = Lane("saying")
        try await other.run { [descriptor] in try Self.say(bytes, to: descriptor) }
        other.close()
        return try await heard
    }

    func say(_ bytes: [UInt8]) async throws {
        try await lane.run { [descriptor] in try Self.say(bytes, to: descriptor) }
    }

    func hear(_ count: Int) async throws -> [UInt8] {
        try await lane.run { [descriptor] in
            var bytes = [UInt8](repeating: 0, count: count)
            let got = recv(descriptor, &bytes, count, Int32(MSG_WAITALL))
            guard got == count else { throw Broken(reason: got < 0 ? errno : 0) }
            return bytes
        }
    }

    /// Whatever comes first.
    func hearSome() async throws -> [UInt8] {
        try await lane.run { [descriptor] in
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            let got = recv(descriptor, &bytes, bytes.count, 0)
            guard got > 0 else { throw Broken(reason: got < 0 ? errno : 0) }
            return Array(bytes[..<got])
        }
    }

    /// Says that nothing more comes and answers what is still heard, which ought to be the end.
    func end() async throws -> Int {
        try await lane.run { [descriptor] in
            shutdown(descriptor, Int32(SHUT_WR))
            var byte: UInt8 = 0
            return recv(descriptor, &byte, 1, 0)
        }
    }

    private static func say(_ bytes: [UInt8], to descriptor: Int32) throws {
        let sent = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        guard sent == bytes.count else { throw Broken(reason: sent < 0 ? errno : 0) }
    }
}
