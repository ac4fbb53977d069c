// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
import Ports

/// Everything a local coordination keeps. Moments are microseconds.
struct LocalDesk: Sendable {
    struct Place: Hashable, Sendable {
        let kind: Holding.Kind
        let name: String

        init(_ kind: Holding.Kind, _ name: String) {
            self.kind = kind
            self.name = name
        }
    }

    struct Grant: Sendable {
        let holding: Holding
        var until: Int64
    }

    struct Kept<Value: Sendable>: Sendable {
        let value: Value
        let until: Int64

        init(_ value: Value, until: Int64) {
            self.value = value
            self.until = until
        }
    }

    struct Stream: Sendable {
        var entries: [StreamEntry] = []
        var until: Int64
    }

    enum Line: Hashable, Sendable {
        case channel(String)
        case bell(String)
    }

    var isClosed = false
    var grants: [Place: [Grant]] = [:]
    var memories: [String: Kept<[UInt8]>] = [:]
    var counters: [String: Kept<Int>] = [:]
    /// When each bucket is full again; a full one need not be kept.
    var buckets: [String: Int64] = [:]
    var groups: [String: [String: Int64]] = [:]
    var streams: [String: Stream] = [:]
    var channels: [Line: [Listener]] = [:]
    private var lastGrant = 0
    private var nextLife: Int64
    private var looks = 0

    init(firstLife: Int64) { nextLife = firstLife }

    /// Forgets now and then what is over, so that names nobody asks for again do not gather.
    mutating func tidy(at moment: Int64) {
        looks += 1
        guard looks % 1024 == 0 else { return }
        grants = grants.compactMapValues { found in
            let alive = found.filter { $0.until > moment }
            return alive.isEmpty ? nil : alive
        }
        memories = memories.filter { $0.value.until > moment }
        counters = counters.filter { $0.value.until > moment }
        buckets = buckets.filter { $0.value > moment }
        groups = groups.mapValues { $0.filter { $0.value > moment } }.filter { !$0.value.isEmpty }
        streams = streams.filter { $0.value.until > moment }
    }

    mutating func grant(
        _ kind: Holding.Kind, _ name: String, among count: Int, _ holder: String, _ span: (now: Int64, until: Int64)
    ) -> Holding? {
        let place = Place(kind, name)
        var held = (grants[place] ?? []).filter { $0.until > span.now }
        defer { grants[place] = held.isEmpty ? nil : held }
        guard held.count < count else { return nil }
        lastGrant += 1
        let holding = Holding(kind, of: name, holder: holder, proof: "\(lastGrant)")
        held.append(Grant(holding: holding, until: span.until))
        return holding
    }

    /// False when the holding is not held any more.
    mutating func change(_ holding: Holding, at moment: Int64, _ change: (inout Grant) -> Void) -> Bool {
        let place = Place(holding.kind, holding.name)
        let index = grants[place]?.firstIndex { $0.holding.proof == holding.proof && $0.until > moment }
        guard let index, var grant = grants[place]?[index] else { return false }
        change(&grant)
        grants[place]?[index] = grant
        return true
    }

    mutating func append(
        _ bytes: [UInt8], to name: String, keeping count: Int, _ span: (now: Int64, until: Int64)
    ) -> StreamCursor {
        var stream = streams[name].flatMap { $0.until > span.now ? $0 : nil } ?? Stream(until: span.until)
        let cursor: StreamCursor
        if let last = stream.entries.last?.cursor {
            cursor = StreamCursor(life: last.life, number: last.number + 1)
        } else {
            // Lives are counted up from the hour of the start, so none of an earlier process comes again.
            cursor = StreamCursor(life: nextLife, number: 1)
            nextLife += 1
        }
        stream.entries.append(StreamEntry(cursor, bytes))
        if stream.entries.count > count { stream.entries.removeFirst(stream.entries.count - count) }
        stream.until = span.until
        streams[name] = stream
        return cursor
    }

    func entries(of name: String, at moment: Int64) -> [StreamEntry] {
        streams[name].flatMap { $0.until > moment ? $0.entries : nil } ?? []
    }
}
