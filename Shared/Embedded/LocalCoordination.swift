// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
import Contracts
import Policies
package import Ports
import Synchronization

/// Coordination within one process, in memory: what a laptop needs, where there is nobody else.
package final class LocalCoordination: Coordination {
    private let desk: Mutex<LocalDesk>
    private let now: @Sendable () -> Int64

    /// `now` counts microseconds and never goes back. `clock` names the lives of streams, which must differ from those
    /// of earlier processes.
    package init(
        clock: any WallClock = SystemClock(), now: @escaping @Sendable () -> Int64 = LocalCoordination.uptime
    ) {
        self.now = now
        desk = Mutex(LocalDesk(firstLife: clock.now().microseconds / 1000))
    }

    private static let birth = ContinuousClock.now

    package static let uptime: @Sendable () -> Int64 = { (ContinuousClock.now - birth).microseconds }

    package func close() async {
        let listeners = desk.withLock { desk in
            desk.isClosed = true
            defer { desk.channels = [:] }
            return desk.channels.values.flatMap { $0 }
        }
        for listener in listeners { listener.finish() }
    }

    /// One look at the desk, at one moment.
    private func at<Value: Sendable>(
        _ call: String, _ body: (inout LocalDesk, Int64) throws(CoordinationFailure) -> Value
    ) throws(CoordinationFailure) -> Value {
        let moment = now()
        return try desk.withLock { (desk) throws(CoordinationFailure) in
            guard !desk.isClosed else {
                throw CoordinationFailure(.closed, during: call, cause: "the coordination is closed")
            }
            desk.tidy(at: moment)
            return try body(&desk, moment)
        }
    }

    /// The moment when something of that time is over.
    private func until(_ time: Duration, _ moment: Int64, _ call: String) throws(CoordinationFailure) -> Int64 {
        moment + (try CoordinationLimits.milliseconds(time, during: call)) * 1000
    }
}

// MARK: locks and slots

extension LocalCoordination {
    package func acquire(
        _ lock: String, holder: String, lasting time: Duration
    ) async throws(CoordinationFailure) -> Holding? {
        try CoordinationLimits.check(lock, holder, during: "lock")
        return try at("lock") { (desk, moment) throws(CoordinationFailure) in
            let until = try until(time, moment, "lock")
            return desk.grant(.lock, lock, among: 1, holder, (moment, until))
        }
    }

    package func acquire(
        slotOf place: String, among count: Int, holder: String, lasting time: Duration
    ) async throws(CoordinationFailure) -> Holding? {
        try CoordinationLimits.check(place, holder, during: "slot")
        try CoordinationLimits.check(count: count, during: "slot")
        return try at("slot") { (desk, moment) throws(CoordinationFailure) in
            let until = try until(time, moment, "slot")
            return desk.grant(.slot, place, among: count, holder, (moment, until))
        }
    }

    package func renew(_ holding: Holding, lasting time: Duration) async throws(CoordinationFailure) -> Bool {
        try at("renew") { (desk, moment) throws(CoordinationFailure) in
            let until = try until(time, moment, "renew")
            return desk.change(holding, at: moment) { $0.until = until }
        }
    }

    @discardableResult
    package func release(_ holding: Holding) async throws(CoordinationFailure) -> Bool {
        try at("release") { desk, moment in desk.change(holding, at: moment) { $0.until = moment } }
    }

    package func holder(of lock: String) async throws(CoordinationFailure) -> String? {
        try CoordinationLimits.check(lock, during: "lock")
        return try at("lock") { desk, moment in
            desk.grants[.init(.lock, lock)]?.first { $0.until > moment }?.holding.holder
        }
    }
}

// MARK: keys, counters, buckets, groups

extension LocalCoordination {
    package func remember(
        _ value: [UInt8], under key: String, lasting time: Duration
    ) async throws(CoordinationFailure) -> Recollection {
        try CoordinationLimits.check(key, during: "remember")
        try CoordinationLimits.check(value, during: "remember")
        return try at("remember") { (desk, moment) throws(CoordinationFailure) in
            let until = try until(time, moment, "remember")
            if let known = desk.memories[key], known.until > moment { return .known(known.value) }
            desk.memories[key] = .init(value, until: until)
            return .unknown
        }
    }

    package func recall(_ key: String) async throws(CoordinationFailure) -> Recollection {
        try CoordinationLimits.check(key, during: "recall")
        return try at("recall") { desk, moment in
            guard let known = desk.memories[key], known.until > moment else { return .unknown }
            return .known(known.value)
        }
    }

    package func forget(_ key: String) async throws(CoordinationFailure) {
        try CoordinationLimits.check(key, during: "forget")
        try at("forget") { desk, _ in desk.memories[key] = nil }
    }

    @discardableResult
    package func add(
        _ amount: Int, to counter: String, lasting time: Duration
    ) async throws(CoordinationFailure) -> Int {
        try CoordinationLimits.check(counter, during: "add")
        return try at("add") { (desk, moment) throws(CoordinationFailure) in
            let until = try until(time, moment, "add")
            let found = desk.counters[counter].flatMap { $0.until > moment ? $0 : nil }
            let (sum, isTooLarge) = (found?.value ?? 0).addingReportingOverflow(amount)
            guard !isTooLarge else {
                throw CoordinationFailure(.refused, during: "add", cause: "the counter would overflow")
            }
            desk.counters[counter] = .init(sum, until: found?.until ?? until)
            return sum
        }
    }

    package func count(of counter: String) async throws(CoordinationFailure) -> Int {
        try CoordinationLimits.check(counter, during: "count")
        return try at("count") { desk, moment in
            desk.counters[counter].flatMap { $0.until > moment ? $0.value : nil } ?? 0
        }
    }

    package func spend(
        _ tokens: Int, from bucket: String, of allowance: Allowance
    ) async throws(CoordinationFailure) -> Spending {
        try CoordinationLimits.check(bucket, during: "spend")
        _ = try CoordinationLimits.milliseconds(allowance.period, during: "spend")
        let rule = TokenBucket(
            tokens: allowance.tokens, every: allowance.period.microseconds, burst: allowance.burst)
        guard let rule, (1...allowance.burst).contains(tokens) else {
            throw CoordinationLimits.misuse("spend", "\(tokens) tokens can never be had of \(allowance)")
        }
        return try at("spend") { desk, moment in
            switch rule.spend(Int64(tokens), full: desk.buckets[bucket], at: moment) {
            case .allowed(let full, let left):
                desk.buckets[bucket] = full
                return .allowed(left: Int(left))
            case .wait(let time): return .refused(retryAfter: .microseconds(time))
            }
        }
    }

    package func arrive(
        _ member: String, in group: String, lasting time: Duration
    ) async throws(CoordinationFailure) {
        try CoordinationLimits.check(member, group, during: "arrive")
        try at("arrive") { (desk, moment) throws(CoordinationFailure) in
            let until = try until(time, moment, "arrive")
            desk.groups[group, default: [:]][member] = until
        }
    }

    package func leave(_ member: String, from group: String) async throws(CoordinationFailure) {
        try CoordinationLimits.check(member, group, during: "leave")
        try at("leave") { desk, _ in desk.groups[group]?[member] = nil }
    }

    package func members(of group: String) async throws(CoordinationFailure) -> [String] {
        try CoordinationLimits.check(group, during: "members")
        return try at("members") { desk, moment in
            (desk.groups[group] ?? [:]).filter { $0.value > moment }.keys.sorted()
        }
    }
}

// MARK: channels and streams

extension LocalCoordination {
    package func publish(_ bytes: [UInt8], to channel: String) async throws(CoordinationFailure) {
        try CoordinationLimits.check(channel, during: "publish")
        try CoordinationLimits.check(bytes, during: "publish")
        let listeners = try at("publish") { desk, _ in desk.channels[.channel(channel)] ?? [] }
        for listener in listeners { listener.say(bytes) }
    }

    package func listen(to channel: String, depth: Int) async throws(CoordinationFailure) -> Listener {
        try CoordinationLimits.check(channel, during: "listen")
        try CoordinationLimits.check(count: depth, during: "listen")
        return try listen(to: .channel(channel), depth: depth)
    }

    package func bell(of stream: String) async throws(CoordinationFailure) -> Listener {
        try CoordinationLimits.check(stream, during: "listen")
        return try listen(to: .bell(stream), depth: 1)
    }

    private func listen(to line: LocalDesk.Line, depth: Int) throws(CoordinationFailure) -> Listener {
        let listener = Listener(depth: depth) { [weak self] listener in
            self?.desk.withLock { desk in
                desk.channels[line]?.removeAll { $0 === listener }
                if desk.channels[line]?.isEmpty == true { desk.channels[line] = nil }
            }
        }
        try at("listen") { desk, _ in desk.channels[line, default: []].append(listener) }
        return listener
    }

    @discardableResult
    package func append(
        _ bytes: [UInt8], to stream: String, keeping: Keeping
    ) async throws(CoordinationFailure) -> StreamCursor {
        try CoordinationLimits.check(stream, during: "append")
        try CoordinationLimits.check(bytes, during: "append")
        try CoordinationLimits.check(count: keeping.count, during: "append")
        let (cursor, bells) = try at("append") { (desk, moment) throws(CoordinationFailure) in
            let until = try until(keeping.time, moment, "append")
            let cursor = desk.append(bytes, to: stream, keeping: keeping.count, (moment, until))
            return (cursor, desk.channels[.bell(stream)] ?? [])
        }
        for bell in bells { bell.say([]) }
        return cursor
    }

    package func read(
        _ stream: String, after cursor: StreamCursor, limit: Int
    ) async throws(CoordinationFailure) -> StreamPage {
        try CoordinationLimits.check(stream, during: "read")
        try CoordinationLimits.check(count: limit, during: "read")
        return try at("read") { desk, moment in
            let entries = desk.entries(of: stream, at: moment)
            let found = entries.drop { $0.cursor <= cursor }.prefix(limit)
            return StreamPage(after: cursor, found: Array(found), newest: entries.last?.cursor ?? .start)
        }
    }

    package func end(of stream: String) async throws(CoordinationFailure) -> StreamCursor {
        try CoordinationLimits.check(stream, during: "read")
        return try at("read") { desk, moment in desk.entries(of: stream, at: moment).last?.cursor ?? .start }
    }
}
