// DoorTests · tests · sees HTTP, Contracts
import Contracts
import HTTP
import Testing

@Suite("what reads bytes from outside")
struct CodecFuzzTests {
    @Test("reads or refuses any target, and what it read says the same again", arguments: 1...4 as ClosedRange<UInt64>)
    func targets(seed: UInt64) throws {
        let seeds = try CodecSeeds.lines("targets")
        var chance = CodecSeeds(seed)
        for round in 0..<10_000 {
            let text = String(decoding: chance.mutated(seeds[round % seeds.count], among: seeds), as: UTF8.self)
            guard let target = try? URLTarget(text) else { continue }  // most are refused, rightly
            let path = "/" + target.segments.map(PercentCoding.encoded).joined(separator: "/")
            let query = target.query.text
            let again = try URLTarget(query.isEmpty ? path : "\(path)?\(query)")
            #expect(again == target)
            #expect(!target.segments.contains { $0 == ".." || $0.contains("/") || $0.contains("\0") })
        }
    }

    @Test("reads or refuses any URL, and writes it as the same", arguments: 1...4 as ClosedRange<UInt64>)
    func urls(seed: UInt64) throws {
        let seeds = try CodecSeeds.lines("urls")
        var chance = CodecSeeds(seed)
        for round in 0..<10_000 {
            let text = String(decoding: chance.mutated(seeds[round % seeds.count], among: seeds), as: UTF8.self)
            guard let url = WebURL(text) else { continue }
            let again = try #require(WebURL(url.text), "\(url.text)")
            #expect(again.origin == url.origin)
            #expect(again.target == url.target)
            #expect(again.user == url.user)
        }
    }

    @Test("survives any field", arguments: 1...4 as ClosedRange<UInt64>)
    func fields(seed: UInt64) throws {
        let seeds = try CodecSeeds.lines("fields")
        var chance = CodecSeeds(seed)
        for round in 0..<10_000 {
            let text = String(decoding: chance.mutated(seeds[round % seeds.count], among: seeds), as: UTF8.self)
            if case .part(let part) = ByteRange(text, of: 100) {
                #expect(part.lowerBound < part.upperBound && part.upperBound <= 100)
            }
            if let type = MediaType(field: text) { #expect(MediaType(field: type.description) == type) }
            if let tag = EntityTag(field: text) { #expect(EntityTag(field: tag.description) == tag) }
            if let time = HTTPDate.time(text) { #expect(HTTPDate.time(HTTPDate.text(of: time)) == time) }
            _ = Accept([text]).best(of: [.json, .text])
            _ = TagList([text])
            _ = Credentials(text)
            _ = Authority(text)
        }
    }

    @Test("a form says the same in any pieces", arguments: 1...4 as ClosedRange<UInt64>)
    func forms(seed: UInt64) throws {
        let seeds = try CodecSeeds.files("multipart")
        var chance = CodecSeeds(seed)
        for round in 0..<10_000 {
            let form =
                round < 30 ? seeds[round % seeds.count] : chance.mutated(seeds[round % seeds.count], among: seeds)
            #expect(Self.parts(of: [form]) == Self.parts(of: chance.pieces(of: form)))
        }
    }

    private struct Part: Equatable {
        let head: MultipartHead
        var bytes: [UInt8] = []
        var isWhole = false
    }

    private static func parts(of pieces: [[UInt8]]) -> [Part]? {
        guard var reader = MultipartReader(MediaType("multipart/form-data", ["boundary": "X7"])) else { return nil }
        var parts: [Part] = []
        do {
            for piece in pieces {
                for step in try reader.read(piece) {
                    switch step {
                    case .begins(let head): parts.append(Part(head: head))
                    case .bytes(let bytes): parts[parts.count - 1].bytes += bytes
                    case .ends: parts[parts.count - 1].isWhole = true
                    }
                }
            }
            try reader.end()
        } catch { return nil }
        return parts
    }

    @Test("a stream of events says the same in any pieces", arguments: 1...4 as ClosedRange<UInt64>)
    func events(seed: UInt64) throws {
        let seeds = try CodecSeeds.files("events")
        var chance = CodecSeeds(seed)
        for round in 0..<10_000 {
            let stream = chance.mutated(seeds[round % seeds.count], among: seeds)
            var (whole, parted) = (EventStreamReader(), EventStreamReader())
            let events = try whole.read(stream)
            let pieces = try chance.pieces(of: stream).flatMap { try parted.read($0) }
            #expect(events == pieces)
        }
    }

    @Test("whatever an event says arrives", arguments: 1...4 as ClosedRange<UInt64>)
    func eventRoundTrip(seed: UInt64) throws {
        var chance = CodecSeeds(seed)
        for round in 0..<2_000 {
            let lines = (0...chance.below(3)).map { _ in chance.text(atMost: 12) }
            let event = StreamEvent(lines.joined(separator: "\n"), name: "n\(round)", id: "\(round)")
            var reader = EventStreamReader()
            let stream = StreamEvent.comment("alive") + event.bytes + StreamEvent.retry(after: .milliseconds(1500))
            let heard = try chance.pieces(of: stream).flatMap { try reader.read($0) }
            #expect(heard == [event])
            #expect(reader.lastID == "\(round)")
            #expect(reader.retry == .milliseconds(1500))
        }
    }

    @Test("whatever is escaped is meant", arguments: 1...4 as ClosedRange<UInt64>)
    func escapes(seed: UInt64) throws {
        var chance = CodecSeeds(seed)
        for _ in 0..<5_000 {
            let text = chance.text(atMost: 20).filter { $0 != "\t" }
            #expect(try PercentCoding.decoded(Array(PercentCoding.encoded(text).utf8)[...]) == text)
            let query = URLQuery(["a": text, text: "b"])
            #expect(try URLQuery(Array(query.text.utf8)[...]) == query)
        }
    }
}
