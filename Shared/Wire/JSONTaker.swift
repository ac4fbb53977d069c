// Wire · bytes · sees Contracts
import Contracts

/// One value on its way from text to its type. The text is walked over once, and of what nobody asks for nothing is made.
///
/// It lends the text from `JSONReader.read`, so it does not outlive the call it was made in.
final class JSONTaker: Decoder {
    let page: JSONReader
    let node: JSONNode
    private let parent: JSONTaker?
    private let key: (any CodingKey)?

    init(_ node: JSONNode, of page: JSONReader, in parent: JSONTaker? = nil, under key: (any CodingKey)? = nil) {
        self.page = page
        self.node = node
        self.parent = parent
        self.key = key
    }

    static func take<Value: Decodable>(_: Value.Type, from text: [UInt8]) throws -> Value {
        // Some editors begin a file with a mark of its order of bytes.
        let text = text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
        do {
            return try JSONReader.read(text) { reader in
                let node = try reader.node()
                return try JSONTaker(node, of: reader).take(Value.self)
            }
        } catch let fault as JSONReader.Fault {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no JSON: \(fault.detail)"))
        }
    }

    var codingPath: [any CodingKey] { (parent?.codingPath ?? []) + (key.map { [$0] } ?? []) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = node else { throw mismatch([String: JSONValue].self, "an object") }
        return KeyedDecodingContainer(Members<Key>(taker: self, members: members))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let nodes) = node else { throw mismatch([JSONValue].self, "a list") }
        return Elements(taker: self, nodes: nodes)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { Scalar(taker: self) }

    func child(_ node: JSONNode, under key: any CodingKey) -> JSONTaker {
        JSONTaker(node, of: page, in: self, under: key)
    }

    // MARK: what is taken

    func take<Value: Decodable>(_: Value.Type) throws -> Value {
        // The comparison of types costs next to nothing; asking a tree what it is would try everything.
        if Value.self == JSONValue.self, let tree = page.value(of: node) as? Value { return tree }
        return try Value(from: self)
    }

    /// Without a taker of its own, which only a complaint needs.
    func bool(_ node: JSONNode, under key: some CodingKey) throws -> Bool {
        if case .bool(let value) = node { value } else { try child(node, under: key).bool() }
    }

    func string(_ node: JSONNode, under key: some CodingKey) throws -> String {
        if case .string(let slice) = node { page.text(slice) } else { try child(node, under: key).string() }
    }

    func bool() throws -> Bool {
        guard case .bool(let value) = node else { throw mismatch(Bool.self, "true or false") }
        return value
    }

    func string() throws -> String {
        guard case .string(let slice) = node else { throw mismatch(String.self, "a text") }
        return page.text(slice)
    }

    func double() throws -> Double {
        guard case .number(let range) = node else { throw mismatch(Double.self, "a number") }
        guard let value = page.double(range) else { throw unfit(range, Double.self) }
        return value
    }

    /// A whole number may be written with a point or an exponent.
    func integer<Value: FixedWidthInteger>(_: Value.Type) throws -> Value {
        guard case .number(let range) = node else { throw mismatch(Value.self, "a whole number") }
        if let whole = page.integer(range) {
            if let value = Value(exactly: whole) { return value }
        } else if let value = Value(text(range)) {
            return value
        } else if let number = page.double(range), let value = Value(exactly: number) {
            return value
        }
        throw unfit(range, Value.self)
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: page.piece(range), as: UTF8.self) }

    private func mismatch(_ type: Any.Type, _ wanted: String) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: codingPath, debugDescription: "here is \(node.word), and it must be \(wanted)")
        if case .null = node { return .valueNotFound(type, context) }
        return .typeMismatch(type, context)
    }

    private func unfit(_ range: Range<Int>, _ type: Any.Type) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: "\(text(range).prefix(40)) is no \(type)"))
    }
}
