// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// The catalogues in a terminal.
package enum ContractsText {
    /// One line a type, in columns.
    package static func list(_ entries: [EventEntry]) -> String {
        let rows = entries.map { entry in
            [
                entry.catalogue.rawValue, entry.name, entry.producers.first?.rawValue ?? "", entry.topic.rawValue,
                entry.lifecycle.rawValue, entry.meaning,
            ]
        }
        return columns([["catalog", "event", "said by", "topic", "phase", "said when"]] + rows)
    }

    /// Everything about one type.
    package static func show(_ entry: EventEntry) -> String {
        var facts = [
            ("catalog", entry.catalogue.rawValue), ("section", entry.section), ("meaning", entry.meaning),
            ("said by", entry.producers.map(\.rawValue).joined(separator: ", ")), ("topic", entry.topic.rawValue),
            ("shown to", entry.visibility.rawValue), ("kept", entry.persistence.rawValue),
            ("version", entry.version), ("phase", entry.lifecycle.rawValue),
        ]
        if let replacement = entry.replacement { facts.append(("replaced by", replacement.name)) }
        if entry.isFailure { facts.append(("failure", "needs error_code and retryable")) }
        if case .genesis(let event) = entry.type, let command = event.command {
            facts.append(("command", command.rawValue))
        }
        let head = entry.name + "\n" + columns(facts.map { ["  " + $0.0, $0.1] })
        switch entry.schema {
        case .typed(let shape): return head + "\n" + show(shape)
        case .draft: return head + "\n  payload: an object; described when its flow is built\n"
        }
    }

    /// A table of fields, nested ones beneath.
    package static func show(_ shape: Shape) -> String {
        "  \(shape.name)\n" + columns(rows(of: shape, within: "    "))
    }

    private static func rows(of shape: Shape, within margin: String) -> [[String]] {
        shape.fields.flatMap { field in
            let name = margin + field.name
            return [[name, (field.isRequired ? "" : "? ") + field.type.words, field.meaning]]
                + (field.type.inner.map { rows(of: $0, within: margin + "  ") } ?? [])
        }
    }

    package static func columns(_ rows: [[String]]) -> String {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.compactMap { $0.count > column ? $0[column].count : nil }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}

extension FieldType {
    fileprivate var words: String {
        switch self {
        case .text(let most): "text ≤ \(most)"
        case .id(let prefix): "\(prefix)…"
        case .opaque: "name"
        case .word(let words): words.count > 12 ? "one of \(words.count) words" : words.joined(separator: " | ")
        case .bool: "true | false"
        case .integer(let range):
            range.upperBound == .max ? "whole number ≥ \(range.lowerBound)" : "\(range.lowerBound)…\(range.upperBound)"
        case .number(let range):
            range.upperBound == .greatestFiniteMagnitude ? "number" : "\(range.lowerBound)…\(range.upperBound)"
        case .time: "time"
        case .list(let element, _): "list of \(element.words)"
        case .map(let value, _): "map to \(value.words)"
        case .object(let shape): shape.name
        case .anyObject: "object"
        case .any: "anything"
        }
    }

    fileprivate var inner: Shape? {
        switch self {
        case .object(let shape): shape
        case .list(let element, _): element.inner
        case .text, .id, .opaque, .word, .bool, .integer, .number, .time, .map, .anyObject, .any: nil
        }
    }
}
