// Wire · bytes · sees Contracts
import Contracts

extension JSONMaker {
    /// The members of an object.
    struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let maker: JSONMaker

        var codingPath: [any CodingKey] { maker.codingPath }

        func encodeNil(forKey key: Key) { maker.member(key.stringValue) { maker.ink.writer.raw("null") } }
        func encode(_ value: Bool, forKey key: Key) { maker.member(key.stringValue) { maker.ink.writer.bool(value) } }
        func encode(_ value: String, forKey key: Key) {
            maker.member(key.stringValue) { maker.ink.writer.string(value) }
        }
        func encode(_ value: Double, forKey key: Key) throws {
            try maker.member(key.stringValue) { try maker.write(value, under: key) }
        }
        func encode(_ value: some FixedWidthInteger & Encodable, forKey key: Key) {
            maker.member(key.stringValue) { maker.write(value) }
        }
        func encode(_ value: some Encodable, forKey key: Key) throws {
            try maker.member(key.stringValue) { try maker.write(value, under: key) }
        }

        func nestedContainer<NestedKey: CodingKey>(
            keyedBy type: NestedKey.Type, forKey key: Key
        ) -> KeyedEncodingContainer<NestedKey> {
            nested(key).container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { nested(key).unkeyedContainer() }
        func superEncoder() -> any Encoder { nested(SuperKey()) }
        func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

        private func nested(_ key: some CodingKey) -> JSONMaker {
            maker.member(key.stringValue) { maker.lateMaker(under: key) }
        }
    }

    /// The elements of an array.
    struct Elements: UnkeyedEncodingContainer {
        let maker: JSONMaker

        var codingPath: [any CodingKey] { maker.codingPath }
        var count: Int { maker.count }

        func encodeNil() { maker.element { maker.ink.writer.raw("null") } }
        func encode(_ value: Bool) { maker.element { maker.ink.writer.bool(value) } }
        func encode(_ value: String) { maker.element { maker.ink.writer.string(value) } }
        func encode(_ value: Double) throws { try maker.element { try maker.write(value, under: nil) } }
        func encode(_ value: some FixedWidthInteger & Encodable) { maker.element { maker.write(value) } }
        func encode(_ value: some Encodable) throws { try maker.element { try maker.write(value, under: nil) } }

        func nestedContainer<NestedKey: CodingKey>(
            keyedBy type: NestedKey.Type
        ) -> KeyedEncodingContainer<NestedKey> {
            nested().container(keyedBy: type)
        }

        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
        func superEncoder() -> any Encoder { nested() }

        private func nested() -> JSONMaker { maker.element { maker.lateMaker(under: nil) } }
    }

    /// A value that is one thing.
    struct Scalar: SingleValueEncodingContainer {
        let maker: JSONMaker

        var codingPath: [any CodingKey] { maker.codingPath }

        func encodeNil() { maker.become { maker.ink.writer.raw("null") } }
        func encode(_ value: Bool) { maker.become { maker.ink.writer.bool(value) } }
        func encode(_ value: String) { maker.become { maker.ink.writer.string(value) } }
        func encode(_ value: Double) throws { try maker.become { try maker.write(value, under: nil) } }
        /// As its own digits say it: as a `Double` it would have more of them.
        func encode(_ value: Float) throws { try encode(Double(value.description) ?? Double(value)) }
        func encode(_ value: some FixedWidthInteger & Encodable) { maker.become { maker.write(value) } }
        func encode(_ value: some Encodable) throws { try maker.become { try maker.write(value, under: nil) } }
    }

    private struct SuperKey: CodingKey {
        var stringValue: String { "super" }
        var intValue: Int? { nil }

        init() {}
        init?(stringValue: String) { nil }
        init?(intValue: Int) { nil }
    }
}
