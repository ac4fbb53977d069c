// SharedTests · tests · sees Policies, PostgresDriver
import Policies
import PostgresDriver

/// A crowd and a server that behave as the dice fall, and what must be so whatever they do.
struct PoolWalk {
    private static let limit = 3

    private(set) var complaints: [String] = []
    private var pool = ConnectionPool(limit: limit, backoff: Backoff(first: .seconds(1), longest: .seconds(8)))
    private var dice: Dice
    private var lastAsker = 0
    private var lastConnection = 0
    /// Those without an answer, and whether they ask for long.
    private var waiting: [Int: Bool] = [:]
    /// Who holds which connection.
    private var held: [Int: Int] = [:]
    private var heldForLong: Set<Int> = []
    private var open: Set<Int> = []
    private var dialling = 0
    private var isResting = false

    init(_ dice: Dice) { self.dice = dice }

    mutating func step() {
        switch dice.between(0, 9) {
        case 0...2: ask()
        case 3, 4: giveBack(isSound: dice.next() < 0.8)
        case 5: dialled()
        case 6: dialFailed()
        case 7: rest()
        case 8:
            guard let asker = waiting.keys.sorted().first else { return }
            if dice.next() < 0.5 {
                pool.withdraw(asker)
                waiting[asker] = nil
            } else {
                perform(pool.timeUp(for: asker))
                if waiting[asker] != nil { complaints.append("\(asker) waited beyond the end") }
            }
        default:
            let idle = open.subtracting(held.keys).sorted()
            guard !idle.isEmpty else { return }
            let connection = dice.pick(idle)
            if !pool.lost(connection) { complaints.append("\(connection) was not idle") }
            open.remove(connection)
        }
    }

    /// The server is well and everybody brings back what he has: then nobody waits.
    mutating func settle() {
        for _ in 0..<500 where !waiting.isEmpty || !held.isEmpty || dialling > 0 {
            rest()
            dialled()
            giveBack(isSound: true)
        }
        if !waiting.isEmpty { complaints.append("\(waiting.count) wait for ever") }
        if !pool.isQuiet { complaints.append("somebody holds what he gave back") }
        if open.count > Self.limit + 1 { complaints.append("\(open.count) stay open") }
    }

    private mutating func ask() {
        lastAsker += 1
        let isForLong = dice.next() < 0.2
        waiting[lastAsker] = isForLong
        perform(pool.ask(lastAsker, forLong: isForLong))
    }

    private mutating func giveBack(isSound: Bool) {
        guard !held.isEmpty else { return }
        let connection = dice.pick(held.keys.sorted())
        held[connection] = nil
        heldForLong.remove(connection)
        perform(pool.giveBack(connection, isSound: isSound))
        if !isSound, open.contains(connection) { complaints.append("\(connection) is kept though it is not sound") }
    }

    private mutating func dialled() {
        guard dialling > 0 else { return }
        dialling -= 1
        lastConnection += 1
        open.insert(lastConnection)
        perform(pool.dialled(lastConnection))
    }

    private mutating func dialFailed() {
        guard dialling > 0 else { return }
        dialling -= 1
        perform(pool.dialFailed("refused"))
    }

    private mutating func rest() {
        guard isResting else { return }
        isResting = false
        perform(pool.rested())
    }

    private mutating func perform(_ effects: [ConnectionPool.Effect]) {
        for effect in effects {
            switch effect {
            case .dial:
                if isResting { complaints.append("dials while it rests") }
                dialling += 1
            case .lend(let connection, let asker):
                guard let isForLong = waiting.removeValue(forKey: asker) else {
                    complaints.append("\(asker) did not ask")
                    continue
                }
                if held[connection] != nil || !open.contains(connection) {
                    complaints.append("\(connection) is not free")
                }
                held[connection] = asker
                if isForLong { heldForLong.insert(connection) }
            case .refuse(let asker, _):
                if waiting.removeValue(forKey: asker) == nil { complaints.append("\(asker) was refused for nothing") }
            case .rest:
                if isResting { complaints.append("rests twice") }
                isResting = true
            case .hangUp(let connection):
                if open.remove(connection) == nil || held[connection] != nil {
                    complaints.append("\(connection) was cut off")
                }
            }
        }
        if held.count - heldForLong.count > Self.limit { complaints.append("\(held.count) are lent") }
    }
}
