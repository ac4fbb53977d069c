// Wire · bytes · sees Contracts
package import Contracts
import Foundation

/// The one JSON coder: sorted keys, no spaces, slashes as they are.
package enum JSON {
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// For files that people read.
    package static func encodePretty(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    package static func decode<Value: Decodable>(_: Value.Type = Value.self, from bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(bytes))
    }

    package static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encode(value), as: UTF8.self)
    }

    package static func decode<Value: Decodable>(_ type: Value.Type = Value.self, from text: String) throws -> Value {
        try decode(type, from: Array(text.utf8))
    }

    /// A typed value as a payload.
    package static func value(_ typed: some Encodable) throws -> JSONValue { try decode(from: try encode(typed)) }

    /// A payload as the type its event promises.
    package static func typed<Value: Decodable>(_: Value.Type = Value.self, _ value: JSONValue) throws -> Value {
        try decode(from: try encode(value))
    }
}
