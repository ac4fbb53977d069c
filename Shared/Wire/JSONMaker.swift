// Wire · bytes · sees Contracts
import Contracts

/// One value while it is written. Members are put down one behind the other as they come, each whole before the next, and
/// an object that is whole puts them in the order of their keys.
final class JSONMaker: Encoder {
    /// What all makers of one text write into.
    final class Ink {
        // One thread at a time encodes a value, and nothing here calls back while it writes.
        @exclusivity(unchecked) var writer = JSONWriter(reserving: 512)
        /// Makers whose value is whole: the next value takes one of them.
        @exclusivity(unchecked) fileprivate var spare: [JSONMaker] = []
    }

    private enum Form {
        case nothing
        case scalar
        case array
        case object
    }

    /// Where a key and its value stand.
    private struct Member {
        var start: Int
        var keyEnd: Int
        var end: Int
        /// The key as it reads, when it is written otherwise.
        let odd: String?

        /// Between its quotation marks.
        var key: Range<Int> { start + 1..<keyEnd - 1 }
    }

    /// A container that somebody holds on to: it is written elsewhere and put in when everything is whole.
    private struct Late {
        let at: Int
        let maker: JSONMaker
    }

    let ink: Ink
    @exclusivity(unchecked) private var parent: JSONMaker?
    @exclusivity(unchecked) private var key: (any CodingKey)?
    @exclusivity(unchecked) private var form = Form.nothing
    @exclusivity(unchecked) private var start = 0
    @exclusivity(unchecked) private var isFirst = true
    @exclusivity(unchecked) private var members: [Member] = []
    @exclusivity(unchecked) private var isInOrder = true
    @exclusivity(unchecked) private var late: [Late] = []

    /// The path to one that knows no parent: a parent keeps its late ones, so they must not keep it.
    private let base: [any CodingKey]

    init(_ ink: Ink, at base: [any CodingKey] = []) {
        self.ink = ink
        self.base = base
    }

    var codingPath: [any CodingKey] { (parent?.codingPath ?? base) + (key.map { [$0] } ?? []) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
        open(.object)
        return KeyedEncodingContainer(Members<Key>(maker: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        open(.array)
        return Elements(maker: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Scalar(maker: self) }

    private func open(_ wanted: Form) {
        guard form != wanted else { return }
        beginAnew(wanted)
        ink.writer.sign(wanted == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
    }

    /// What was said before, if anything was, is not meant.
    private func beginAnew(_ wanted: Form) {
        if form == .nothing { start = ink.writer.count } else { ink.writer.cut(to: start) }
        form = wanted
        empty()
    }

    private func empty() {
        isFirst = true
        isInOrder = true
        members.removeAll(keepingCapacity: true)
        late.removeAll(keepingCapacity: true)
    }

    // MARK: what is put in

    @exclusivity(unchecked) private(set) var count = 0

    @inline(__always)
    func member<Made>(_ key: String, _ write: () throws -> Made) rethrows -> Made {
        let before = ink.writer.count
        separate()
        let start = ink.writer.count
        ink.writer.string(key)
        let keyEnd = ink.writer.count
        ink.writer.sign(UInt8(ascii: ":"))
        let made: Made
        do { made = try write() } catch { throw takeBack(to: before, error) }
        let odd = keyEnd - start == key.utf8.count + 2 ? nil : key
        add(Member(start: start, keyEnd: keyEnd, end: ink.writer.count, odd: odd))
        return made
    }

    @inline(__always)
    func element<Made>(_ write: () throws -> Made) rethrows -> Made {
        let before = ink.writer.count
        separate()
        let made: Made
        do { made = try write() } catch { throw takeBack(to: before, error) }
        isFirst = false
        count += 1
        return made
    }

    @inline(__always)
    func become(_ write: () throws -> Void) rethrows {
        beginAnew(.scalar)
        try write()
    }

    private func separate() { if !isFirst { ink.writer.sign(UInt8(ascii: ",")) } }

    private func takeBack<Fault: Error>(to before: Int, _ error: Fault) -> Fault {
        ink.writer.cut(to: before)
        return error
    }

    private func add(_ member: Member) {
        if let last = members.last { isInOrder = isInOrder && precedes(last, member) }
        members.append(member)
        isFirst = false
    }

    func write(_ value: some Encodable, under key: (any CodingKey)?) throws {
        if let tree = Self.tree(value) { return ink.writer.value(tree) }
        var maker = ink.spare.popLast() ?? JSONMaker(ink)
        (maker.parent, maker.key) = (self, key)
        try value.encode(to: maker)
        maker.close()
        if isKnownUniquelyReferenced(&maker) { ink.spare.append(maker.cleared()) }
    }

    /// The comparison of types costs next to nothing; the cast would not.
    private static func tree<Value>(_ value: Value) -> JSONValue? {
        Value.self == JSONValue.self ? value as? JSONValue : nil
    }

    func write(_ value: Double, under key: (any CodingKey)?) throws {
        guard value.isFinite else {
            let path = codingPath + (key.map { [$0] } ?? [])
            throw EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: path, debugDescription: "JSON has no word for \(value)"))
        }
        ink.writer.number(value)
    }

    func write(_ value: some FixedWidthInteger) {
        if let small = Int64(exactly: value) {
            ink.writer.integer(small)
        } else {
            ink.writer.raw(Array("\(value)".utf8))
        }
    }

    /// A maker for a container that may be filled at any time until the whole is closed.
    func lateMaker(under key: (any CodingKey)?) -> JSONMaker {
        let maker = JSONMaker(Ink(), at: codingPath + (key.map { [$0] } ?? []))
        late.append(Late(at: ink.writer.count, maker: maker))
        return maker
    }

    // MARK: the whole

    var isNothing: Bool { form == .nothing }

    func close() {
        switch form {
        case .nothing: ink.writer.raw("{}")
        case .scalar: return
        case .array:
            putInLate()
            ink.writer.sign(UInt8(ascii: "]"))
        case .object:
            putInLate()
            if !isInOrder { putInOrder() }
            ink.writer.sign(UInt8(ascii: "}"))
        }
    }

    private func cleared() -> JSONMaker {
        (parent, key, form, count) = (nil, nil, .nothing, 0)
        empty()
        return self
    }

    /// From the last to the first, so that the places before stay where they are.
    private func putInLate() {
        for one in late.reversed() {
            one.maker.close()
            let bytes = one.maker.ink.writer.bytes
            ink.writer.insert(bytes, at: one.at)
            for index in members.indices {
                if members[index].start >= one.at { members[index].start += bytes.count }
                if members[index].keyEnd > one.at { members[index].keyEnd += bytes.count }
                if members[index].end >= one.at { members[index].end += bytes.count }
            }
        }
        late = []
    }

    /// The members in the order of their keys' bytes; of two under one key the later counts.
    private func putInOrder() {
        var order = Array(members.indices)
        order.sort { left, right in
            precedes(members[left], members[right]) || (left < right && !precedes(members[right], members[left]))
        }
        var pieces: [Range<Int>] = []
        pieces.reserveCapacity(order.count)
        for (place, index) in order.enumerated() {
            let member = members[index]
            // The next is not behind this one, so it has the same key.
            if place + 1 < order.count, !precedes(member, members[order[place + 1]]) { continue }
            pieces.append(member.start..<member.end)
        }
        ink.writer.rearrange(from: start + 1, pieces)
    }

    private func precedes(_ left: Member, _ right: Member) -> Bool {
        guard left.odd == nil, right.odd == nil else { return text(left).lexicographicallyPrecedes(text(right)) }
        return ink.writer.precedes(left.key, right.key)
    }

    /// A key as it reads.
    private func text(_ member: Member) -> [UInt8] {
        member.odd.map { Array($0.utf8) } ?? Array(ink.writer.bytes[member.key])
    }
}
