// Wire · bytes · sees Contracts
import Contracts

extension JSONTaker {
    /// The members of an object.
    struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
        /// In an object with more members a key is looked up, not looked for.
        private static var few: Int { 16 }

        let taker: JSONTaker
        private let members: [JSONNode.Member]
        private let index: [String: Int]?

        init(taker: JSONTaker, members: [JSONNode.Member]) {
            self.taker = taker
            self.members = members
            guard members.count > Self.few else {
                index = nil
                return
            }
            let names = members.indices.map { (taker.page.text(members[$0].key), $0) }
            index = Dictionary(names, uniquingKeysWith: { _, last in last })
        }

        var codingPath: [any CodingKey] { taker.codingPath }
        var allKeys: [Key] {
            let names = index.map { Array($0.keys) } ?? members.map { taker.page.text($0.key) }
            var seen: Set<String> = []
            return names.filter { seen.insert($0).inserted }.compactMap(Key.init(stringValue:))
        }

        func contains(_ key: Key) -> Bool { find(key.stringValue) != nil }

        func decodeNil(forKey key: Key) throws -> Bool {
            if case .null = try node(key) { true } else { false }
        }

        func decode(_: Bool.Type, forKey key: Key) throws -> Bool { try taker.bool(node(key), under: key) }
        func decode(_: String.Type, forKey key: Key) throws -> String { try taker.string(node(key), under: key) }
        func decode(_: Double.Type, forKey key: Key) throws -> Double { try at(key).double() }
        func decode(_: Float.Type, forKey key: Key) throws -> Float { Float(try at(key).double()) }
        func decode<Value: Decodable & FixedWidthInteger>(_ type: Value.Type, forKey key: Key) throws -> Value {
            try at(key).integer(type)
        }
        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try at(key).take(type) }

        // As they come with the protocol they would look for each key three times.
        func decodeIfPresent(_: Bool.Type, forKey key: Key) throws -> Bool? {
            try present(key).map { try taker.bool($0, under: key) }
        }
        func decodeIfPresent(_: String.Type, forKey key: Key) throws -> String? {
            try present(key).map { try taker.string($0, under: key) }
        }
        func decodeIfPresent(_: Double.Type, forKey key: Key) throws -> Double? {
            try present(key).map { try taker.child($0, under: key).double() }
        }
        func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
            try present(key).map { try taker.child($0, under: key).integer(type) }
        }
        func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
            try present(key).map { try taker.child($0, under: key).take(type) }
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> {
            try at(key).container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            try at(key).unkeyedContainer()
        }

        func superDecoder() throws -> any Decoder { taker.child(member("super") ?? .null, under: Place("super")) }
        func superDecoder(forKey key: Key) throws -> any Decoder {
            taker.child(member(key.stringValue) ?? .null, under: key)
        }

        private func at(_ key: Key) throws -> JSONTaker { taker.child(try node(key), under: key) }

        private func node(_ key: Key) throws -> JSONNode {
            guard let node = member(key.stringValue) else {
                throw DecodingError.keyNotFound(
                    key, .init(codingPath: codingPath, debugDescription: "\(key.stringValue) is not there"))
            }
            return node
        }

        private func present(_ key: Key) -> JSONNode? {
            guard let node = member(key.stringValue) else { return nil }
            if case .null = node { return nil }
            return node
        }

        private func member(_ name: String) -> JSONNode? { find(name).map { members[$0].node } }

        /// Of a key that stands twice the last one counts.
        private func find(_ name: String) -> Int? {
            if let index { return index[name] }
            var name = name
            return name.withUTF8 { bytes in
                // Only keys are looked at: of a member as a whole a copy would be made.
                for place in members.indices.reversed()
                where taker.page.reads(bytes, at: members[place].key) { return place }
                return nil
            }
        }
    }

    /// The elements of a list, one after the other.
    struct Elements: UnkeyedDecodingContainer {
        let taker: JSONTaker
        let nodes: [JSONNode]
        private(set) var currentIndex = 0

        init(taker: JSONTaker, nodes: [JSONNode]) {
            self.taker = taker
            self.nodes = nodes
        }

        var codingPath: [any CodingKey] { taker.codingPath }
        var count: Int? { nodes.count }
        var isAtEnd: Bool { currentIndex == nodes.count }

        /// Passes over it only when it is null.
        mutating func decodeNil() throws -> Bool {
            guard !isAtEnd, case .null = nodes[currentIndex] else { return false }
            currentIndex += 1
            return true
        }

        mutating func decode(_: Bool.Type) throws -> Bool { try next { try $0.bool() } }
        mutating func decode(_: String.Type) throws -> String { try next { try $0.string() } }
        mutating func decode(_: Double.Type) throws -> Double { try next { try $0.double() } }
        mutating func decode(_: Float.Type) throws -> Float { try next { Float(try $0.double()) } }
        mutating func decode<Value: Decodable & FixedWidthInteger>(_ type: Value.Type) throws -> Value {
            try next { try $0.integer(type) }
        }
        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next { try $0.take(type) } }

        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) throws -> KeyedDecodingContainer<Nested> {
            try next { try $0.container(keyedBy: type) }
        }

        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            try next { try $0.unkeyedContainer() }
        }

        mutating func superDecoder() throws -> any Decoder { try next { $0 } }

        /// What cannot be taken as one thing may be taken as another.
        private mutating func next<Taken>(_ take: (JSONTaker) throws -> Taken) throws -> Taken {
            guard !isAtEnd else {
                throw DecodingError.valueNotFound(
                    Taken.self, .init(codingPath: codingPath, debugDescription: "the list is over"))
            }
            let taken = try take(taker.child(nodes[currentIndex], under: Place(currentIndex)))
            currentIndex += 1
            return taken
        }
    }

    /// A value that is one thing.
    struct Scalar: SingleValueDecodingContainer {
        let taker: JSONTaker

        var codingPath: [any CodingKey] { taker.codingPath }

        func decodeNil() -> Bool { if case .null = taker.node { true } else { false } }
        func decode(_: Bool.Type) throws -> Bool { try taker.bool() }
        func decode(_: String.Type) throws -> String { try taker.string() }
        func decode(_: Double.Type) throws -> Double { try taker.double() }
        func decode(_: Float.Type) throws -> Float { Float(try taker.double()) }
        func decode<Value: Decodable & FixedWidthInteger>(_ type: Value.Type) throws -> Value {
            try taker.integer(type)
        }
        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try taker.take(type) }
    }

    /// Where something stands that no type has a key for.
    struct Place: CodingKey {
        private let name: String?
        let intValue: Int?

        var stringValue: String { name ?? intValue.map(String.init) ?? "" }

        init(_ name: String) {
            self.name = name
            intValue = nil
        }

        init(_ index: Int) {
            name = nil
            intValue = index
        }

        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { self.init(intValue) }
    }
}
