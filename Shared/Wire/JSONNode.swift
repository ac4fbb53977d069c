// Wire · bytes · sees Contracts
import Contracts

/// A value as it stands in the text: found, and not yet read.
enum JSONNode {
    case null
    case bool(Bool)
    case number(Range<Int>)
    case string(JSONReader.Slice)
    case array([JSONNode])
    case object([Member])

    struct Member {
        let key: JSONReader.Slice
        let node: JSONNode
    }

    var word: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension JSONReader {
    /// The next value, whole.
    mutating func node() throws(Fault) -> JSONNode {
        switch try kind() {
        case .null:
            try null()
            return .null
        case .bool: return .bool(try bool())
        case .string: return .string(try string())
        case .number: return .number(try number())
        case .array:
            var elements: [JSONNode] = []
            try enterArray()
            while try nextElement() { elements.append(try node()) }
            return .array(elements)
        case .object:
            var members: [JSONNode.Member] = []
            try enterObject()
            while let key = try nextKey() { members.append(JSONNode.Member(key: key, node: try node())) }
            return .object(members)
        }
    }

    /// What a value means, as a tree.
    func value(of node: JSONNode) -> JSONValue? {
        switch node {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .string(let slice): return .string(text(slice))
        case .number(let range):
            if let whole = integer(range) { return .integer(whole) }
            return double(range).map(JSONValue.number)
        case .array(let nodes):
            var elements: [JSONValue] = []
            elements.reserveCapacity(nodes.count)
            for node in nodes {
                guard let element = value(of: node) else { return nil }
                elements.append(element)
            }
            return .array(elements)
        case .object(let members):
            var values: [String: JSONValue] = [:]
            for member in members {
                guard let value = value(of: member.node) else { return nil }
                values[text(member.key)] = value
            }
            return .object(values)
        }
    }
}
