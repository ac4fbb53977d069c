// Wire · bytes · sees Contracts
import Contracts

/// What one value becomes while it is written: scalars are put down as they come, and an object remembers which bytes
/// belong to which key until it is whole and its keys can be put in order.
final class JSONMaker: Encoder {
    /// Where scalars are put down. All makers of one value share it.
    final class Ink {
        var writer = JSONWriter(reserving: 512)

        func put(_ write: (inout JSONWriter) -> Void) -> Item {
            let start = writer.bytes.count
            write(&writer)
            return .ink(start..<writer.bytes.count)
        }
    }

    enum Item {
        case ink(Range<Int>)
        case made(JSONMaker)
    }

    private enum Form {
        case nothing
        case scalar
        case array
        case object
    }

    let ink: Ink
    private let parent: JSONMaker?
    private let key: (any CodingKey)?
    private var form = Form.nothing
    private var items: [Item] = []
    /// Of an object: one for each item.
    private var keys: [String] = []

    init(_ ink: Ink, in parent: JSONMaker? = nil, under key: (any CodingKey)? = nil) {
        self.ink = ink
        self.parent = parent
        self.key = key
    }

    var codingPath: [any CodingKey] { (parent?.codingPath ?? []) + (key.map { [$0] } ?? []) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
        form = .object
        return KeyedEncodingContainer(Members<Key>(maker: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        form = .array
        return Elements(maker: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Scalar(maker: self) }

    // MARK: what is put in

    var count: Int { items.count }

    func add(_ item: Item, under key: String) {
        keys.append(key)
        items.append(item)
    }

    func add(_ item: Item) { items.append(item) }

    func become(_ item: Item) {
        form = .scalar
        items = [item]
    }

    func child(under key: (any CodingKey)?) -> JSONMaker { JSONMaker(ink, in: self, under: key) }

    func item(of value: some Encodable, under key: (any CodingKey)?) throws -> Item {
        if let tree = Self.tree(value) { return ink.put { $0.value(tree) } }
        let maker = child(under: key)
        try value.encode(to: maker)
        // What is a scalar in the end needs no maker any more.
        if maker.form == .scalar, let item = maker.items.first { return item }
        return .made(maker)
    }

    /// The comparison of types costs next to nothing; the cast would not.
    private static func tree<Value>(_ value: Value) -> JSONValue? {
        Value.self == JSONValue.self ? value as? JSONValue : nil
    }

    func item(of value: Double, under key: (any CodingKey)?) throws -> Item {
        guard value.isFinite else {
            let path = codingPath + (key.map { [$0] } ?? [])
            throw EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: path, debugDescription: "JSON has no word for \(value)"))
        }
        return ink.put { $0.number(value) }
    }

    func item(of value: some FixedWidthInteger) -> Item {
        ink.put { writer in
            if let small = Int64(exactly: value) {
                writer.integer(small)
            } else {
                writer.raw(Array("\(value)".utf8))
            }
        }
    }

    // MARK: the whole

    var isNothing: Bool { form == .nothing }

    func write(to writer: inout JSONWriter) {
        switch form {
        case .scalar: if let item = items.first { write(item, to: &writer) }
        case .array:
            writer.raw("[")
            for (index, item) in items.enumerated() {
                if index > 0 { writer.raw(",") }
                write(item, to: &writer)
            }
            writer.raw("]")
        case .nothing, .object:
            writer.raw("{")
            for (place, index) in order().enumerated() {
                if place > 0 { writer.raw(",") }
                writer.string(keys[index])
                writer.raw(":")
                write(items[index], to: &writer)
            }
            writer.raw("}")
        }
    }

    private func write(_ item: Item, to writer: inout JSONWriter) {
        switch item {
        case .ink(let range): writer.raw(ink.writer.bytes[range])
        case .made(let maker): maker.write(to: &writer)
        }
    }

    /// The members in the order of their keys' bytes; of two under one key the later counts.
    private func order() -> [Int] {
        var order = Array(keys.indices)
        // Most come in their order already.
        let isInOrder = zip(keys, keys.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        if isInOrder { return order }
        order.sort { left, right in
            keys[left] == keys[right] ? left < right : keys[left].utf8.lexicographicallyPrecedes(keys[right].utf8)
        }
        let repeated = zip(order, order.dropFirst()).filter { keys[$0] == keys[$1] }.map(\.0)
        return repeated.isEmpty ? order : order.filter { !repeated.contains($0) }
    }
}
