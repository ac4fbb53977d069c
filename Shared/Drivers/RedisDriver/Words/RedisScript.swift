// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
/// A program that runs in Redis, all of it or nothing.
package struct RedisScript: Hashable, Sendable {
    package let name: String
    package let text: String
}

extension RedisScript {
    private static let now = "local t = redis.call('TIME')\nlocal now = t[1] * 1000000 + t[2]\n"
    // Numbers are written out: as a script's own text they would lose their last digits.
    private static let whole = "local function whole(n) return string.format('%.0f', n) end\n"
    private static let extend = """
        if redis.call('PTTL', KEYS[1]) < tonumber(ms) then redis.call('PEXPIRE', KEYS[1], ms) end

        """

    package static let renewLock = RedisScript(
        name: "renew lock",
        text: """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('PEXPIRE', KEYS[1], ARGV[2])
            """)

    package static let releaseLock = RedisScript(
        name: "release lock",
        text: """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('DEL', KEYS[1])
            """)

    /// Takes a place in a crowd: until when each is there stands beside his name. At most ARGV[3] at a time.
    package static let enter = RedisScript(
        name: "enter",
        text: now + whole + """
            local ms = ARGV[2]
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', whole(now))
            if ARGV[3] ~= '' and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
            redis.call('ZADD', KEYS[1], whole(now + ms * 1000), ARGV[1])

            """ + extend + "return 1")

    package static let renewPlace = RedisScript(
        name: "renew place",
        text: now + whole + """
            local ms = ARGV[2]
            local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
            if not score or tonumber(score) <= now then return 0 end
            redis.call('ZADD', KEYS[1], whole(now + ms * 1000), ARGV[1])

            """ + extend + "return 1")

    package static let leave = RedisScript(
        name: "leave",
        text: now + """
            local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
            redis.call('ZREM', KEYS[1], ARGV[1])
            if not score or tonumber(score) <= now then return 0 end
            return 1
            """)

    package static let members = RedisScript(
        name: "members",
        text: now + whole + "return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. whole(now), '+inf')")

    package static let add = RedisScript(
        name: "add",
        text: """
            redis.call('INCRBY', KEYS[1], ARGV[1])
            if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return redis.call('GET', KEYS[1])
            """)

    /// The arithmetic of `TokenBucket`, at the server's time unless the caller brings one.
    package static let spend = RedisScript(
        name: "spend",
        text: now + whole + """
            if ARGV[4] ~= '' then now = tonumber(ARGV[4]) end
            local full = tonumber(redis.call('GET', KEYS[1]) or '0')
            if full < now then full = now end
            local after = full + ARGV[1] * ARGV[2]
            local room = now + ARGV[3] * ARGV[2] - after
            if room < 0 then return {0, whole(-room)} end
            redis.call('SET', KEYS[1], whole(after), 'PX', whole(math.ceil((after - now) / 1000)))
            return {1, whole(math.floor(room / ARGV[2]))}
            """)

    /// Counts on from the newest entry; a stream that is not there begins a life named after the server's hour.
    package static let append = RedisScript(
        name: "append",
        text: now + whole + """
            local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
            local id = whole(math.floor(now / 1000)) .. '-1'
            if last[1] then
                local life, number = string.match(last[1][1], '^(%d+)-(%d+)$')
                id = life .. '-' .. whole(number + 1)
            end
            redis.call('XADD', KEYS[1], 'MAXLEN', '=', ARGV[2], id, 'b', ARGV[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            redis.call('PUBLISH', ARGV[4], '')
            return id
            """)

    package static let read = RedisScript(
        name: "read",
        text: """
            local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
            local found = redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', ARGV[2])
            return {found, last[1] and last[1][1] or '0-0'}
            """)

    package static let all = [
        renewLock, releaseLock, enter, renewPlace, leave, members, add, spend, append, read,
    ]
}
