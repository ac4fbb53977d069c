// Wire · bytes · sees Contracts
package import Contracts
import Foundation

/// The one JSON coder: sorted keys, no spaces, slashes as they are.
package enum JSON {
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let maker = JSONMaker(JSONMaker.Ink())
        try value.encode(to: maker)
        guard !maker.isNothing else {
            throw EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: [], debugDescription: "\(type(of: value)) says nothing"))
        }
        maker.close()
        return maker.ink.writer.bytes
    }

    /// For files that people read.
    package static func encodePretty(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    package static func decode<Value: Decodable>(_: Value.Type = Value.self, from bytes: [UInt8]) throws -> Value {
        try JSONTaker.take(Value.self, from: bytes)
    }

    package static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encode(value), as: UTF8.self)
    }

    package static func decode<Value: Decodable>(_ type: Value.Type = Value.self, from text: String) throws -> Value {
        try decode(type, from: Array(text.utf8))
    }

    /// A typed value as a tree.
    package static func value(_ typed: some Encodable) throws -> JSONValue { try value(of: encode(typed)) }

    /// Text as a tree.
    package static func value(of text: [UInt8]) throws -> JSONValue {
        try JSONReader.read(text) { reader throws in try reader.value() }
    }

    /// A tree in our one writing.
    package static func text(of value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.value(value)
        return writer.bytes
    }

    // MARK: payloads

    package static func payload(_ typed: some Encodable) throws -> Payload { Payload(trusted: try encode(typed)) }
    package static func payload(_ value: JSONValue) -> Payload { Payload(trusted: text(of: value)) }

    /// A payload as the type its event promises.
    package static func typed<Value: Decodable>(_: Value.Type = Value.self, _ payload: Payload) throws -> Value {
        try decode(from: payload.bytes)
    }
}
