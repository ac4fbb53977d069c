// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
package import Ports

extension RedisCoordination {
    package func publish(_ bytes: [UInt8], to channel: String) async throws(CoordinationFailure) {
        try CoordinationLimits.check(channel, during: "publish")
        try CoordinationLimits.check(bytes, during: "publish")
        _ = try await ask("publish", RedisCommand(words("PUBLISH", key("channel", channel)) + [bytes]))
    }

    package func listen(to channel: String, depth: Int) async throws(CoordinationFailure) -> Listener {
        try CoordinationLimits.check(channel, during: "listen")
        try CoordinationLimits.check(count: depth, during: "listen")
        return try await listen(on: key("channel", channel), depth: depth)
    }

    /// The script that appends also rings, so waiting readers share the one connection that listens, however many they
    /// are; a read that blocks would need a connection each.
    package func bell(of stream: String) async throws(CoordinationFailure) -> Listener {
        try CoordinationLimits.check(stream, during: "listen")
        return try await listen(on: key("bell", stream), depth: 1)
    }

    @discardableResult
    package func append(
        _ bytes: [UInt8], to stream: String, keeping: Keeping
    ) async throws(CoordinationFailure) -> StreamCursor {
        try CoordinationLimits.check(stream, during: "append")
        try CoordinationLimits.check(bytes, during: "append")
        try CoordinationLimits.check(count: keeping.count, during: "append")
        let milliseconds = try CoordinationLimits.milliseconds(keeping.time, during: "append")
        let answer = try await run(
            .append, on: key("stream", stream), [bytes] + words(keeping.count, milliseconds, key("bell", stream)))
        guard let cursor = answer.cursor else { throw odd(answer, during: "append") }
        return cursor
    }

    package func read(
        _ stream: String, after cursor: StreamCursor, limit: Int
    ) async throws(CoordinationFailure) -> StreamPage {
        try CoordinationLimits.check(stream, during: "read")
        try CoordinationLimits.check(count: limit, during: "read")
        let answer = try await run(.read, on: key("stream", stream), words(cursor, limit))
        guard let parts = answer.list, parts.count == 2, let found = parts[0].list, let newest = parts[1].cursor
        else { throw odd(answer, during: "read") }
        var entries: [StreamEntry] = []
        for value in found {
            guard let entry = value.entry else { throw odd(value, during: "read") }
            entries.append(entry)
        }
        return StreamPage(after: cursor, found: entries, newest: newest)
    }

    package func end(of stream: String) async throws(CoordinationFailure) -> StreamCursor {
        try CoordinationLimits.check(stream, during: "read")
        let answer = try await ask(
            "read", RedisCommand("XREVRANGE", key("stream", stream), "+", "-", "COUNT", "1"))
        guard let newest = answer.list else { throw odd(answer, during: "read") }
        guard let entry = newest.first else { return .start }
        guard let cursor = entry.entry?.cursor else { throw odd(answer, during: "read") }
        return cursor
    }
}

extension RedisValue {
    fileprivate var cursor: StreamCursor? { text.flatMap { StreamCursor($0) } }

    /// `[id, [name, bytes]]`.
    fileprivate var entry: StreamEntry? {
        guard let parts = list, parts.count == 2, let cursor = parts[0].cursor, let fields = parts[1].list,
            fields.count == 2, case .bytes(let bytes) = fields[1]
        else { return nil }
        return StreamEntry(cursor, bytes)
    }
}
