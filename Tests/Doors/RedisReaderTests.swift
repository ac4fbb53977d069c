// DoorTests · tests · sees Policies, RedisDriver
import Policies
import RedisDriver
import Testing

/// Whatever a peer sends: it is read, or refused.
@Suite("The reader of what Redis says")
struct RedisReaderTests {
    @Test("takes values out of bytes however they are cut", arguments: 0..<4)
    func cuts(seed: UInt64) throws {
        var dice = Dice(seed, "cuts")
        let values = (0..<300).map { _ in Self.value(&dice, depth: 0) }
        let stream = values.flatMap { Self.bytes(of: $0) }
        let reader = try #require(RedisReader())
        var (read, rest) = ([RedisValue](), stream[...])
        while !rest.isEmpty {
            let piece = Array(rest.prefix(dice.between(1, 60)))
            rest = rest.dropFirst(piece.count)
            try Self.feed(piece, to: reader, into: &read)
        }
        #expect(read == values)
    }

    @Test("survives 100,000 changed values of every kind", arguments: 0..<4)
    func garbage(seed: UInt64) throws {
        var dice = Dice(seed, "garbage")
        var (read, refused) = ([RedisValue](), 0)
        for _ in 0..<25_000 {
            var bytes = Self.bytes(of: Self.value(&dice, depth: 0))
            for _ in 0..<dice.between(0, 4) { bytes[dice.between(0, bytes.count - 1)] = UInt8(dice.between(0, 255)) }
            if dice.next() < 0.2 { bytes.insert(UInt8(dice.between(48, 57)), at: 1) }
            let reader = try #require(RedisReader())
            do {
                try Self.feed(bytes, to: reader, into: &read)
            } catch {
                refused += 1
            }
        }
        #expect(read.count > 1000)
        #expect(refused > 1000)
    }

    @Test("asks for no memory for what was only announced")
    func announcements() throws {
        for text in ["*2147483647\r\n", "*300000\r\n", "$9223372036854775807\r\n", "*1\r\n*1\r\n*1\r\n*99999999\r\n"] {
            let reader = try #require(RedisReader())
            var read: [RedisValue] = []
            do {
                try Self.feed(Array(text.utf8), to: reader, into: &read)
            } catch {
                #expect(!error.description.isEmpty)
            }
            #expect(read.isEmpty)
        }
    }

    @Test("refuses the greeting of the next protocol, and stays refusing")
    func nextProtocol() throws {
        let reader = try #require(RedisReader())
        var read: [RedisValue] = []
        for _ in 0..<2 {
            let failure = #expect(throws: RedisGarble.self) {
                try Self.feed(Array("%1\r\n+a\r\n+b\r\n".utf8), to: reader, into: &read)
            }
            #expect(failure?.description.contains("Protocol error") == true)
        }
    }

    private static func feed(_ bytes: [UInt8], to reader: RedisReader, into read: inout [RedisValue])
        throws(RedisGarble)
    {
        try bytes.withUnsafeBufferPointer { (buffer) throws(RedisGarble) in
            try reader.feed(UnsafeRawBufferPointer(buffer))
        }
        while let value = try reader.next() { read.append(value) }
    }

    private static func value(_ dice: inout Dice, depth: Int) -> RedisValue {
        switch dice.between(0, depth < 5 ? 5 : 3) {
        case 0: return .null
        case 1: return .integer(Int64(dice.between(-1_000_000_000, 1_000_000_000)))
        case 2: return .error("ERR " + String(repeating: "x", count: dice.between(0, 20)))
        case 3: return .bytes((0..<dice.between(0, 40)).map { _ in UInt8(dice.between(0, 255)) })
        default: return .array((0..<dice.between(0, 5)).map { _ in value(&dice, depth: depth + 1) })
        }
    }

    private static func bytes(of value: RedisValue) -> [UInt8] {
        switch value {
        case .null: Array("$-1\r\n".utf8)
        case .integer(let number): Array(":\(number)\r\n".utf8)
        case .error(let text): Array("-\(text)\r\n".utf8)
        case .bytes(let bytes): Array("$\(bytes.count)\r\n".utf8) + bytes + Array("\r\n".utf8)
        case .array(let values): Array("*\(values.count)\r\n".utf8) + values.flatMap { Self.bytes(of: $0) }
        }
    }
}
