// DoorTests · tests · sees HTTP, HTTPServerDriver, Lanes, Policies
import Foundation
import HTTP
import HTTPServerDriver
import Lanes
import Policies
import Testing

/// Whatever a stranger sends: each connection is answered or closed, and the server serves the next.
@Suite("a server and what strangers send")
struct ServerFuzzTests {
    /// The committed seeds: one request or several a file.
    private static let seeds: [[UInt8]] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Vectors/http")
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()  // told below
        return names.compactMap { FileManager.default.contents(atPath: folder.appending(path: $0).path) }.map(
            Array.init)
    }()

    @Test("outlives 20,000 spoilt streams", arguments: 1...4 as ClosedRange<UInt64>)
    func spoilt(seed: UInt64) async throws {
        #expect(Self.seeds.count >= 8)
        var options = HTTPServerOptions()
        options.headPatience = .milliseconds(500)
        options.idlePatience = .milliseconds(500)
        let lane = Lane("strangers")
        defer { lane.close() }
        try await ServerSite.open(Self.answer, options) { server in
            var dice = Dice(seed, "http")
            for _ in 0..<10 {
                // On a thread of its own: here it would take the place of every other test's tasks.
                dice = try await lane.run { [dice] in try Self.storm(server.port, 500, dice) }
                #expect(try await RawClient(server.port).ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
            }
            let whole = try await RawClient(server.port).ask("GET /last HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(whole.text == "/last")
        }
    }

    /// So many connections that send something spoilt in pieces; what is left of the dice.
    private static func storm(_ port: UInt16, _ rounds: Int, _ dice: Dice) throws -> Dice {
        var dice = dice
        for round in 0..<rounds {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            guard RawClient.connect(descriptor, port) == 0 else {
                throw ClientFault(what: "round \(round): nobody takes connections any more")
            }
            let bytes = spoil(seeds[dice.between(0, seeds.count - 1)], &dice)
            var sent = 0
            while sent < bytes.count {
                let count = min(bytes.count - sent, dice.between(1, 400))
                guard send(descriptor, Array(bytes[sent..<sent + count]), count, Int32(MSG_NOSIGNAL)) > 0 else { break }
                sent += count
            }
        }
        return dice
    }

    @Sendable private static func answer(_ head: RequestHead) -> Admission {
        if head.target.hasPrefix("/ws") {
            return .handle(
                Handling { _ in
                    HTTPResponse(
                        101,
                        body: .socket { talk in while let word = try await talk.next() { try await talk.send(word) } })
                })
        }
        if head.target.hasPrefix("/stream") {
            return .handle(
                Handling { _ in
                    HTTPResponse(
                        200,
                        body: .stream(length: nil) { writer in
                            for _ in 0..<20 { try await writer.write([UInt8](repeating: 97, count: 1000)) }
                        })
                })
        }
        return ServerSite.echo(head)
    }

    private static func spoil(_ seed: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = seed
        for _ in 0..<dice.between(0, 4) where !bytes.isEmpty {
            let place = dice.between(0, bytes.count - 1)
            switch dice.between(0, 5) {
            case 0: bytes[place] = UInt8(dice.between(0, 255))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(UInt8(dice.between(0, 255)), at: place)
            case 3: bytes = Array(bytes[..<place])
            case 4: bytes += bytes[place...]
            default: bytes.insert(contentsOf: seeds[dice.between(0, seeds.count - 1)], at: place)
            }
        }
        return bytes
    }
}
