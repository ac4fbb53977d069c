// DoorTests · tests · sees HTTP, HTTPServerDriver, Lanes, Telemetry
import Foundation
import Glibc
import Lanes

struct ClientFault: Error { let what: String }

/// A client that sends exactly what it is told, with a thread of its own to wait on.
final class RawClient: Sendable {
    struct Answer: Sendable, Equatable {
        var status: Int
        var head: String
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }

        func field(_ name: String) -> String? {
            for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix(name.lowercased() + ": ") {
                return String(line.dropFirst(name.count + 2))
            }
            return nil
        }
    }

    let descriptor: Int32
    private let lane = Lane("raw-client")

    init(_ port: UInt16, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        // No test hangs: whoever waits longer than this has failed.
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard Self.connect(descriptor, port) == 0 else { throw ClientFault(what: "refused") }
    }

    static func connect(_ descriptor: Int32, _ port: UInt16) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit {
        Glibc.close(descriptor)
        lane.close()
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        let descriptor = descriptor
        try await lane.run {
            var done = 0
            while done < bytes.count {
                let sent = bytes.withUnsafeBytes { raw in
                    Glibc.send(descriptor, raw.baseAddress.map { $0 + done }, bytes.count - done, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { throw ClientFault(what: "send: \(errno)") }
                done += sent
            }
        }
    }

    /// Some bytes, or none at the end of the connection; a reset is an end too.
    func receive(_ most: Int = 65_536) async throws -> [UInt8] {
        let descriptor = descriptor
        return try await lane.run {
            let room = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
                count = max(-1, recv(descriptor, buffer.baseAddress, most, 0)) + 0
                if count < 0 { count = 0 }
            }
            if room.isEmpty, errno == EAGAIN { throw ClientFault(what: "nothing came") }
            return room
        }
    }

    func receive(_ count: Int, exactly: Bool) async throws -> [UInt8] {
        var got: [UInt8] = []
        while got.count < count {
            let piece = try await receive(count - got.count)
            guard !piece.isEmpty else { throw ClientFault(what: "ended after \(got.count)") }
            got += piece
        }
        return got
    }

    func readToEnd() async throws -> String {
        var all: [UInt8] = []
        while true {
            let piece = try await receive()
            if piece.isEmpty { return String(decoding: all, as: UTF8.self) }
            all += piece
        }
    }

    func read(until end: String) async throws -> String {
        var all: [UInt8] = []
        let mark = Array(end.utf8)
        while !(all.count >= mark.count && all.suffix(mark.count).elementsEqual(mark)) {
            let byte = try await receive(1)
            guard !byte.isEmpty else {
                throw ClientFault(what: "ended after \(String(decoding: all, as: UTF8.self))")
            }
            all += byte
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// One whole answer.
    func answer(hasBody: Bool = true) async throws -> Answer {
        let head = try await read(until: "\r\n\r\n")
        var answer = Answer(status: Int(head.split(separator: " ")[1]) ?? 0, head: head, body: [])
        guard hasBody, answer.status >= 200 else { return answer }
        if let length = answer.field("Content-Length").flatMap({ Int($0) }) {
            answer.body = try await receive(length, exactly: true)
        } else if answer.field("Transfer-Encoding") != nil {
            while true {
                let size = Int(try await read(until: "\r\n").dropLast(2), radix: 16) ?? 0
                answer.body += try await receive(size, exactly: true)
                _ = try await read(until: "\r\n")
                if size == 0 { break }
            }
        }
        return answer
    }

    func ask(_ text: String) async throws -> Answer {
        try await send(text)
        return try await answer()
    }

    func stopSending() { shutdown(descriptor, Int32(SHUT_WR)) }
}
