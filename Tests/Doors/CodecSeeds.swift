// DoorTests · tests · sees nothing
import Foundation

/// The committed beginnings of the fuzz tests, and what chance makes of them.
struct CodecSeeds {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Vectors/web")

    /// One seed a line.
    static func lines(_ name: String) throws -> [[UInt8]] {
        try Array(Data(contentsOf: folder.appendingPathComponent(name + ".txt"))).split(separator: 0x0A).map(Array.init)
    }

    /// One seed a file.
    static func files(_ name: String) throws -> [[UInt8]] {
        let folder = folder.appendingPathComponent(name)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            Array(try Data(contentsOf: folder.appendingPathComponent($0)))
        }
    }

    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int { Int(bits() % UInt64(max(1, bound))) }

    /// SplitMix64.
    private mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A few bytes changed, lost, doubled or taken from another seed.
    mutating func mutated(_ seed: [UInt8], among seeds: [[UInt8]]) -> [UInt8] {
        var bytes = seed
        for _ in 0...below(6) {
            let place = below(bytes.count + 1)
            switch below(5) {
            case 0 where place < bytes.count: bytes[place] = UInt8(below(256))
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: Array("%/.:;\"=&\r\n-,?#[]*".utf8).shuffledHead(&self), at: place)
            case 3: bytes.insert(contentsOf: seeds[below(seeds.count)].prefix(below(20)), at: place)
            default: bytes.insert(UInt8(below(256)), at: place)
            }
        }
        return bytes
    }

    /// The same bytes in pieces of chance.
    mutating func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = 1 + below(min(rest.count, 9))
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    /// A text with everything in it that has ever hurt somebody.
    mutating func text(atMost most: Int) -> String {
        let letters: [Character] = Array("aZ0-._~ %/\\?#[]@:&=+;,\"'*<>{}|^`你好é🎬\t")
        return String((0..<below(most + 1)).map { _ in letters[below(letters.count)] })
    }
}

extension [UInt8] {
    fileprivate func shuffledHead(_ chance: inout CodecSeeds) -> [UInt8] { [self[chance.below(count)]] }
}
