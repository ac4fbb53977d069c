// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
import Contracts
import Policies
package import Ports

// MARK: locks and slots

extension RedisCoordination {
    package func acquire(
        _ lock: String, holder: String, lasting time: Duration
    ) async throws(CoordinationFailure) -> Holding? {
        try CoordinationLimits.check(lock, holder, during: "lock")
        let milliseconds = try CoordinationLimits.milliseconds(time, during: "lock")
        let holding = Holding(.lock, of: lock, holder: holder, proof: mint())
        let answer = try await ask(
            "lock", RedisCommand("SET", key(.lock, lock), mark(holding), "NX", "PX", "\(milliseconds)"))
        switch answer {
        case .bytes: return holding
        case .null: return nil
        case .integer, .array, .error: throw odd(answer, during: "lock")
        }
    }

    package func acquire(
        slotOf place: String, among count: Int, holder: String, lasting time: Duration
    ) async throws(CoordinationFailure) -> Holding? {
        try CoordinationLimits.check(place, holder, during: "slot")
        try CoordinationLimits.check(count: count, during: "slot")
        let milliseconds = try CoordinationLimits.milliseconds(time, during: "slot")
        let holding = Holding(.slot, of: place, holder: holder, proof: mint())
        let answer = try await run(.enter, on: key(.slot, place), words(mark(holding), milliseconds, count))
        return try answer.bit("slot", self) ? holding : nil
    }

    package func renew(_ holding: Holding, lasting time: Duration) async throws(CoordinationFailure) -> Bool {
        let milliseconds = try CoordinationLimits.milliseconds(time, during: "renew")
        let script: RedisScript = holding.kind == .lock ? .renewLock : .renewPlace
        let answer = try await run(script, on: key(holding.kind, holding.name), words(mark(holding), milliseconds))
        return try answer.bit("renew", self)
    }

    @discardableResult
    package func release(_ holding: Holding) async throws(CoordinationFailure) -> Bool {
        let script: RedisScript = holding.kind == .lock ? .releaseLock : .leave
        let answer = try await run(script, on: key(holding.kind, holding.name), words(mark(holding)))
        return try answer.bit("release", self)
    }

    package func holder(of lock: String) async throws(CoordinationFailure) -> String? {
        try CoordinationLimits.check(lock, during: "lock")
        let answer = try await ask("lock", RedisCommand("GET", key(.lock, lock)))
        if answer == .null { return nil }
        guard let text = answer.text, let space = text.firstIndex(of: " ") else { throw odd(answer, during: "lock") }
        return String(text[text.index(after: space)...])
    }
}

// MARK: keys, counters, buckets, groups

extension RedisCoordination {
    package func remember(
        _ value: [UInt8], under key: String, lasting time: Duration
    ) async throws(CoordinationFailure) -> Recollection {
        try CoordinationLimits.check(key, during: "remember")
        try CoordinationLimits.check(value, during: "remember")
        let milliseconds = try CoordinationLimits.milliseconds(time, during: "remember")
        let words = words("SET", self.key("key", key)) + [value] + self.words("NX", "GET", "PX", milliseconds)
        return try recollection(await ask("remember", RedisCommand(words)), "remember")
    }

    package func recall(_ key: String) async throws(CoordinationFailure) -> Recollection {
        try CoordinationLimits.check(key, during: "recall")
        return try recollection(await ask("recall", RedisCommand("GET", self.key("key", key))), "recall")
    }

    package func forget(_ key: String) async throws(CoordinationFailure) {
        try CoordinationLimits.check(key, during: "forget")
        _ = try await ask("forget", RedisCommand("DEL", self.key("key", key)))
    }

    private func recollection(_ answer: RedisValue, _ call: String) throws(CoordinationFailure) -> Recollection {
        switch answer {
        case .null: return .unknown
        case .bytes(let value): return .known(value)
        case .integer, .array, .error: throw odd(answer, during: call)
        }
    }

    @discardableResult
    package func add(
        _ amount: Int, to counter: String, lasting time: Duration
    ) async throws(CoordinationFailure) -> Int {
        try CoordinationLimits.check(counter, during: "add")
        let milliseconds = try CoordinationLimits.milliseconds(time, during: "add")
        let answer = try await run(.add, on: key("count", counter), words(amount, milliseconds))
        guard let sum = answer.number else { throw odd(answer, during: "add") }
        return Int(sum)
    }

    package func count(of counter: String) async throws(CoordinationFailure) -> Int {
        try CoordinationLimits.check(counter, during: "count")
        let answer = try await ask("count", RedisCommand("GET", key("count", counter)))
        if answer == .null { return 0 }
        guard let sum = answer.number else { throw odd(answer, during: "count") }
        return Int(sum)
    }

    package func spend(
        _ tokens: Int, from bucket: String, of allowance: Allowance
    ) async throws(CoordinationFailure) -> Spending {
        try await spend(tokens, from: bucket, of: allowance, at: nil)
    }

    /// At that moment in microseconds, or at the server's own.
    package func spend(
        _ tokens: Int, from bucket: String, of allowance: Allowance, at moment: Int64?
    ) async throws(CoordinationFailure) -> Spending {
        try CoordinationLimits.check(bucket, during: "spend")
        _ = try CoordinationLimits.milliseconds(allowance.period, during: "spend")
        let rule = TokenBucket(
            tokens: allowance.tokens, every: allowance.period.microseconds, burst: allowance.burst)
        guard let rule, (1...allowance.burst).contains(tokens) else {
            throw CoordinationLimits.misuse("spend", "\(tokens) tokens can never be had of \(allowance)")
        }
        let answer = try await run(
            .spend, on: key("bucket", bucket),
            words(tokens, rule.interval, rule.burst, moment.map { "\($0)" } ?? ""))
        guard let parts = answer.list, parts.count == 2, let amount = parts[1].number else {
            throw odd(answer, during: "spend")
        }
        let isAllowed = try parts[0].bit("spend", self)
        return isAllowed ? .allowed(left: Int(amount)) : .refused(retryAfter: .microseconds(amount))
    }

    package func arrive(
        _ member: String, in group: String, lasting time: Duration
    ) async throws(CoordinationFailure) {
        try CoordinationLimits.check(member, group, during: "arrive")
        let milliseconds = try CoordinationLimits.milliseconds(time, during: "arrive")
        _ = try await run(.enter, on: key("group", group), words(member, milliseconds, ""))
    }

    package func leave(_ member: String, from group: String) async throws(CoordinationFailure) {
        try CoordinationLimits.check(member, group, during: "leave")
        _ = try await run(.leave, on: key("group", group), words(member))
    }

    package func members(of group: String) async throws(CoordinationFailure) -> [String] {
        try CoordinationLimits.check(group, during: "members")
        let answer = try await run(.members, on: key("group", group), [])
        guard let members = answer.list?.map(\.text), !members.contains(nil) else {
            throw odd(answer, during: "members")
        }
        return members.compactMap(\.self).sorted()
    }
}

// MARK: words

extension RedisCoordination {
    func key(_ kind: String, _ name: String) -> String { "\(options.namespace):\(kind):\(name)" }

    private func key(_ kind: Holding.Kind, _ name: String) -> String { key(kind.rawValue, name) }

    func words(_ values: any CustomStringConvertible...) -> [[UInt8]] { values.map { Array($0.description.utf8) } }

    /// What stands in Redis for a grant: none is like another.
    private func mark(_ holding: Holding) -> String { "\(holding.proof) \(holding.holder)" }

    private func mint() -> String {
        String(options.entropy.bits(), radix: 36) + String(options.entropy.bits(), radix: 36)
    }
}
