// AinerCLICore · pure · sees Contracts, Policies
import Contracts

/// Writes a tree as YAML 1.2 in block style, keys in order, every text quoted that could be taken for something else.
enum YAML {
    static func text(of value: JSONValue) -> String { block(value, indent: 0) }

    private static func block(_ value: JSONValue, indent: Int) -> String {
        let margin = String(repeating: "  ", count: indent)
        switch value {
        case .object(let members) where !members.isEmpty:
            return members.sorted { $0.key < $1.key }.map { key, value in
                "\(margin)\(scalar(key)):\(below(value, indent: indent + 1))"
            }.joined()
        case .array(let elements) where !elements.isEmpty:
            return elements.map { "\(margin)-\(below($0, indent: indent + 1))" }.joined()
        case .object, .array, .null, .bool, .integer, .number, .string:
            return "\(margin)\(inline(value))\n"
        }
    }

    private static func below(_ value: JSONValue, indent: Int) -> String {
        switch value {
        case .object(let members) where !members.isEmpty: "\n" + block(value, indent: indent)
        case .array(let elements) where !elements.isEmpty: "\n" + block(value, indent: indent)
        case .object, .array, .null, .bool, .integer, .number, .string: " \(inline(value))\n"
        }
    }

    private static func inline(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .string(let value): scalar(value)
        case .array: "[]"
        case .object: "{}"
        }
    }

    private static func scalar(_ text: String) -> String {
        let isPlain =
            text.first?.isLetter == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-/ ".contains($0)) }
        let isWord = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        if isPlain && !isWord && text.last != " " { return text }
        return "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }
}
