// SharedTests · tests · sees Ports, Policies, RabbitDriver
import Policies
import Ports
import RabbitDriver
import Testing

/// Whatever a peer sends: it is read, or refused, and nothing is read beyond it.
@Suite("The reader of AMQP frames")
struct FrameFuzzTests {
    @Test("takes frames out of bytes however they are cut", arguments: 0..<4)
    func cuts(seed: UInt64) throws {
        var dice = Dice(seed, "cuts")
        let stream = (0..<200).flatMap { _ in Self.frame(&dice) }
        let whole = try Self.read(stream, in: [stream.count])
        #expect(whole.count == 200)
        var cuts: [Int] = []
        while cuts.reduce(0, +) < stream.count { cuts.append(dice.between(1, 40)) }
        #expect(try Self.read(stream, in: cuts) == whole)
    }

    @Test("survives 100,000 changed frames of every kind", arguments: 0..<4)
    func garbage(seed: UInt64) {
        var dice = Dice(seed, "garbage")
        var (read, refused) = (0, 0)
        for _ in 0..<25_000 {
            var bytes = Self.frame(&dice)
            for _ in 0..<dice.between(0, 6) { bytes[dice.between(0, bytes.count - 1)] = UInt8(dice.between(0, 255)) }
            if dice.next() < 0.2 { bytes = Array(bytes.prefix(dice.between(0, bytes.count))) }
            do {
                read += try Self.read(bytes, in: [bytes.count]).count
            } catch {
                refused += 1
            }
        }
        #expect(read > 1000)
        #expect(refused > 1000)
    }

    @Test("refuses a frame larger than was agreed on, and a server of another version")
    func refusals() {
        let huge: [UInt8] = [1, 0, 0, 255, 255, 255, 255, 0]
        #expect(throws: FrameFault.self) { try Self.read(huge, in: [8]) }
        let failure = #expect(throws: FrameFault.self) {
            try Self.read(Array("AMQP\u{0}\u{0}\u{9}\u{2}".utf8), in: [8])
        }
        #expect(failure?.description.contains("version") == true)
    }

    /// What was read, as text: words, properties and lengths of bodies.
    private static func read(_ bytes: [UInt8], in pieces: [Int]) throws -> [String] {
        let (frames, words) = (FrameReader(), WordReader())
        var found: [String] = []
        var (waiting, start): ([UInt8], Int) = ([], 0)
        for piece in pieces where start < bytes.count {
            waiting += bytes[start..<min(bytes.count, start + piece)]
            start += piece
            // A copy of exactly this size, so that a sanitizer sees every step beyond it.
            let room = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, waiting.count), alignment: 1)
            defer { room.deallocate() }
            room.copyBytes(from: waiting)
            let view = UnsafeRawBufferPointer(rebasing: room[..<waiting.count])
            var offset = 0
            while let frame = try frames.next(in: view, at: &offset) {
                switch frame.kind {
                case .method: found.append("\(frame.channel) \(try words.word(frame.payload))")
                case .header: found.append("\(frame.channel) \(try words.properties(frame.payload))")
                case .body, .heartbeat: found.append("\(frame.channel) \(frame.payload.count)")
                }
            }
            words.recycle()
            waiting.removeFirst(offset)
        }
        return found
    }

    /// A frame as a broker sends it: deliveries, confirms, headers with tables, bodies, closes.
    private static func frame(_ dice: inout Dice) -> [UInt8] {
        let payload: [UInt8]
        var kind: UInt8 = 1
        switch dice.between(0, 6) {
        case 0:
            payload =
                [0, 60, 0, 60] + short("c") + long(UInt64(dice.between(1, 999)), 8) + [0] + short("") + short("q")
        case 1: payload = [0, 60, 0, 80] + long(UInt64(dice.between(1, 999)), 8) + [1]
        case 2: payload = [0, 60, 0, 50] + long(312, 2) + short("NO_ROUTE") + short("ainer.events") + short("k")
        case 3: payload = [0, 20, 0, 40] + long(404, 2) + short("NOT_FOUND") + long(0, 4)
        case 4:
            kind = 2
            let table =
                short("x-delivery-count") + [UInt8(ascii: "l")] + long(3, 8) + short("n") + [UInt8(ascii: "S")]
                + long(2, 4) + Array("42".utf8) + deaths()
            payload =
                [0, 60, 0, 0] + long(5, 8) + [0x20, 0x80] + long(UInt64(table.count), 4) + table + short("evt_1")
        case 5:
            kind = 3
            payload = (0..<dice.between(0, 60)).map { _ in UInt8(dice.between(0, 255)) }
        default:
            kind = 8
            payload = []
        }
        return [kind] + long(UInt64(dice.between(0, 3)), 2) + long(UInt64(payload.count), 4) + payload + [0xCE]
    }

    private static func deaths() -> [UInt8] {
        let table =
            short("queue") + [UInt8(ascii: "S")] + long(1, 4) + [113] + short("count") + [UInt8(ascii: "l")]
            + long(1, 8)
        let array = [UInt8(ascii: "F")] + long(UInt64(table.count), 4) + table
        return short("x-death") + [UInt8(ascii: "A")] + long(UInt64(array.count), 4) + array
    }

    private static func short(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }

    private static func long(_ number: UInt64, _ bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
