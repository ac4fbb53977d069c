// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
import CRedis

/// One thing to say to Redis.
package struct RedisCommand: Sendable {
    package var words: [[UInt8]]

    package init(_ words: [[UInt8]]) { self.words = words }
    package init(_ words: String...) { self.init(words.map { Array($0.utf8) }) }

    /// Appends it as Redis reads it. False when there is no memory for it.
    func write(to out: inout [UInt8]) -> Bool {
        let all = words.flatMap { $0 }
        let lengths = words.map(\.count)
        return unsafe all.withUnsafeBufferPointer { all in
            guard let start = all.baseAddress else { return false }
            return unsafe start.withMemoryRebound(to: CChar.self, capacity: all.count) { start in
                var (next, starts) = unsafe (start, [UnsafePointer<CChar>?]())
                for length in lengths {
                    unsafe starts.append(next)
                    unsafe next += length
                }
                return unsafe Self.format(&starts, lengths, &out)
            }
        }
    }

    private static func format(
        _ starts: inout [UnsafePointer<CChar>?], _ lengths: [Int], _ out: inout [UInt8]
    ) -> Bool {
        var formatted: UnsafeMutablePointer<CChar>?
        let count = unsafe redisFormatCommandArgv(&formatted, Int32(lengths.count), &starts, lengths)
        guard count > 0, let formatted = unsafe formatted else { return false }
        unsafe out.append(contentsOf: UnsafeRawBufferPointer(start: formatted, count: Int(count)))
        // The library's until here.
        unsafe redisFreeCommand(formatted)
        return true
    }
}
