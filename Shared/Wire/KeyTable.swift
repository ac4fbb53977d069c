// Wire · bytes · sees Contracts

/// Finds what a key means by its bytes, without making a string of it.
struct KeyTable<Meaning: Sendable>: Sendable {
    /// All keys one after another, the shorter ones first: few keys of one object are as long as one another.
    private let bytes: [UInt8]
    private let meanings: [Meaning]
    /// Where the keys of each length begin: among the bytes and among the meanings.
    private let starts: [(byte: Int, meaning: Int)]

    init(_ pairs: [(key: String, meaning: Meaning)]) {
        let sorted = pairs.sorted { $0.key.utf8.count < $1.key.utf8.count }
        let longest = sorted.last?.key.utf8.count ?? 0
        bytes = sorted.flatMap { Array($0.key.utf8) }
        meanings = sorted.map(\.meaning)
        var starts: [(byte: Int, meaning: Int)] = []
        for length in 0...(longest + 1) {
            let shorter = sorted.prefix { $0.key.utf8.count < length }
            starts.append((shorter.reduce(0) { $0 + $1.key.utf8.count }, shorter.count))
        }
        self.starts = starts
    }

    subscript(key: UnsafeBufferPointer<UInt8>) -> Meaning? {
        let length = key.count
        guard length + 1 < starts.count else { return nil }
        var byte = starts[length].byte
        for place in starts[length].meaning..<starts[length + 1].meaning {
            var matching = 0
            while matching < length, bytes[byte + matching] == key[matching] { matching += 1 }
            if matching == length { return meanings[place] }
            byte += length
        }
        return nil
    }
}
