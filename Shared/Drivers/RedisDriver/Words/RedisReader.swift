// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
import CRedis

/// What Redis says.
package indirect enum RedisValue: Hashable, Sendable {
    case bytes([UInt8])
    case integer(Int64)
    case null
    case array([RedisValue])
    case error(String)

    package var text: String? {
        if case .bytes(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
    }

    package var list: [RedisValue]? { if case .array(let values) = self { values } else { nil } }

    /// A number, also one that was written out because it would not have survived as one.
    package var number: Int64? {
        switch self {
        case .integer(let number): number
        case .bytes: text.flatMap { Int64($0) }
        case .null, .array, .error: nil
        }
    }
}

/// Bytes that are not what Redis speaks.
package struct RedisGarble: Error, CustomStringConvertible {
    package let description: String
}

/// Takes values out of a stream of bytes, however it is cut.
@safe
package final class RedisReader {
    /// A value that is not whole after so much is none we asked for.
    private static let mostUnread = 256 << 20
    private static let mostElements: Int32 = 1 << 18

    /// Ours: freed in `deinit`.
    private let raw: UnsafeMutablePointer<redisReader>
    /// The library's functions, but for one.
    private let makers: UnsafeMutablePointer<redisReplyObjectFunctions>

    /// `nil` when there is no memory.
    package init?() {
        guard let raw = unsafe redisReaderCreate(), let standard = unsafe raw.pointee.fn else { return nil }
        unsafe makers = .allocate(capacity: 1)
        unsafe makers.initialize(to: standard.pointee)
        unsafe makers.pointee.createArray = { task, count in
            // The library asks for room for as many as the other side says, before any of them has come.
            guard count <= RedisReader.mostElements, let standard = unsafe task?.pointee.privdata else { return nil }
            let makers = unsafe standard.assumingMemoryBound(to: redisReplyObjectFunctions.self)
            return unsafe makers.pointee.createArray(task, count)
        }
        unsafe raw.pointee.privdata = UnsafeMutableRawPointer(standard)
        unsafe raw.pointee.fn = makers
        unsafe self.raw = raw
    }

    deinit {
        unsafe redisReaderFree(raw)
        unsafe makers.deinitialize(count: 1)
        unsafe makers.deallocate()
    }

    package func feed(_ bytes: UnsafeRawBufferPointer) throws(RedisGarble) {
        guard let start = unsafe bytes.bindMemory(to: CChar.self).baseAddress, unsafe !bytes.isEmpty else { return }
        let status = unsafe redisReaderFeed(raw, start, bytes.count)
        try check(status)
        guard unsafe raw.pointee.len - raw.pointee.pos <= Self.mostUnread else {
            throw RedisGarble(description: "a value of more than \(Self.mostUnread) bytes")
        }
    }

    /// The next value, or `nil` when it has not come whole.
    package func next() throws(RedisGarble) -> RedisValue? {
        var found: UnsafeMutableRawPointer?
        let status = unsafe redisReaderGetReply(raw, &found)
        try check(status)
        guard let found = unsafe found else { return nil }
        defer { unsafe freeReplyObject(found) }
        return unsafe Self.value(of: found.assumingMemoryBound(to: redisReply.self))
    }

    private func check(_ status: Int32) throws(RedisGarble) {
        guard status != REDIS_OK else { return }
        let text = unsafe withUnsafeBytes(of: raw.pointee.errstr) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        throw RedisGarble(description: text)
    }

    /// Copies what the library allocated. Its depth is bounded by the library's own stack.
    private static func value(of reply: UnsafePointer<redisReply>) -> RedisValue {
        let bytes = unsafe UnsafeRawBufferPointer(start: reply.pointee.str, count: max(0, Int(reply.pointee.len)))
        switch unsafe reply.pointee.type {
        case REDIS_REPLY_STRING, REDIS_REPLY_STATUS: return unsafe .bytes(Array(bytes))
        case REDIS_REPLY_INTEGER: return unsafe .integer(reply.pointee.integer)
        case REDIS_REPLY_ARRAY:
            let elements = unsafe UnsafeBufferPointer(
                start: reply.pointee.element, count: Int(reply.pointee.elements))
            return unsafe .array(elements.map { unsafe $0.map { unsafe value(of: $0) } ?? .null })
        case REDIS_REPLY_ERROR: return unsafe .error(String(decoding: bytes, as: UTF8.self))
        default: return .null
        }
    }
}
