// Wire · bytes · sees Contracts
import Contracts

extension JSONMaker {
    /// The members of an object.
    struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let maker: JSONMaker

        var codingPath: [any CodingKey] { maker.codingPath }

        func encodeNil(forKey key: Key) { add(maker.ink.put { $0.raw("null") }, key) }
        func encode(_ value: Bool, forKey key: Key) { add(maker.ink.put { $0.bool(value) }, key) }
        func encode(_ value: String, forKey key: Key) { add(maker.ink.put { $0.string(value) }, key) }
        func encode(_ value: Double, forKey key: Key) throws { add(try maker.item(of: value, under: key), key) }
        func encode(_ value: some FixedWidthInteger & Encodable, forKey key: Key) { add(maker.item(of: value), key) }
        func encode(_ value: some Encodable, forKey key: Key) throws { add(try maker.item(of: value, under: key), key) }

        func nestedContainer<NestedKey: CodingKey>(
            keyedBy type: NestedKey.Type, forKey key: Key
        ) -> KeyedEncodingContainer<NestedKey> {
            nested(key).container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { nested(key).unkeyedContainer() }
        func superEncoder() -> any Encoder { nested(SuperKey()) }
        func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

        private func add(_ item: Item, _ key: some CodingKey) { maker.add(item, under: key.stringValue) }

        private func nested(_ key: some CodingKey) -> JSONMaker {
            let child = maker.child(under: key)
            add(.made(child), key)
            return child
        }
    }

    /// The elements of an array.
    struct Elements: UnkeyedEncodingContainer {
        let maker: JSONMaker

        var codingPath: [any CodingKey] { maker.codingPath }
        var count: Int { maker.count }

        func encodeNil() { maker.add(maker.ink.put { $0.raw("null") }) }
        func encode(_ value: Bool) { maker.add(maker.ink.put { $0.bool(value) }) }
        func encode(_ value: String) { maker.add(maker.ink.put { $0.string(value) }) }
        func encode(_ value: Double) throws { maker.add(try maker.item(of: value, under: nil)) }
        func encode(_ value: some FixedWidthInteger & Encodable) { maker.add(maker.item(of: value)) }
        func encode(_ value: some Encodable) throws { maker.add(try maker.item(of: value, under: nil)) }

        func nestedContainer<NestedKey: CodingKey>(
            keyedBy type: NestedKey.Type
        ) -> KeyedEncodingContainer<NestedKey> {
            nested().container(keyedBy: type)
        }

        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
        func superEncoder() -> any Encoder { nested() }

        private func nested() -> JSONMaker {
            let child = maker.child(under: nil)
            maker.add(.made(child))
            return child
        }
    }

    /// A value that is one thing.
    struct Scalar: SingleValueEncodingContainer {
        let maker: JSONMaker

        var codingPath: [any CodingKey] { maker.codingPath }

        func encodeNil() { maker.become(maker.ink.put { $0.raw("null") }) }
        func encode(_ value: Bool) { maker.become(maker.ink.put { $0.bool(value) }) }
        func encode(_ value: String) { maker.become(maker.ink.put { $0.string(value) }) }
        func encode(_ value: Double) throws { maker.become(try maker.item(of: value, under: nil)) }
        /// As its own digits say it: as a `Double` it would have more of them.
        func encode(_ value: Float) throws {
            maker.become(try maker.item(of: Double(value.description) ?? Double(value), under: nil))
        }
        func encode(_ value: some FixedWidthInteger & Encodable) { maker.become(maker.item(of: value)) }
        func encode(_ value: some Encodable) throws { maker.become(try maker.item(of: value, under: nil)) }
    }

    private struct SuperKey: CodingKey {
        var stringValue: String { "super" }
        var intValue: Int? { nil }

        init() {}
        init?(stringValue: String) { nil }
        init?(intValue: Int) { nil }
    }
}
