// Contracts · pure · sees nothing

/// The page that describes the shot, written from its tables: `docs/contracts/shot.md`.
package enum ShotPage {
    package static func text() -> String {
        ([opening] + ShotTable.groups.map(section) + [words]).joined(separator: "\n")
    }

    private static let opening = """
        # The shot, `\(ShotDSL.version)`

        One picture of the film as a value: what is in it, and no pixels, curves or engine's names. Skills write it, every
        backend draws from it. This page, the [JSON Schema](schemas/contracts/ShotDSL.json) and the check come from one table,
        `Contracts/Shot/ShotTable.swift`; `ainer contracts export --out docs/contracts` writes page and schema, and a test
        compares them. [Examples](examples/shots/shot.dialogue.v1.json) lie beside.

        - Positions are 0…1: `x` from left to right of a wide frame, `depth` from front to back. Times are milliseconds from
          the start of the shot.
        - Only the required fields must be there. `null` counts as absent.
        - A word is one of a vocabulary below, which is a promise, or **any other word**: that one is drawn as the nearest
          known, and the drawing says so in its degradations. Unknown words are never faults.
        - Fields of a version to come are kept when the shot is written again, not drawn, and reported once.
        - Plain `/1` is `/1.0`. Another major version is refused with both versions named.
        - Every group may say in `by` who filled it in.

        """

    private static func section(_ shape: Shape) -> String {
        let path = shape == ShotTable.shot ? "the shot" : "`\(shape.name)`"
        let rows = shape.fields.filter { $0.name != "by" || shape == ShotTable.shot }.map(row)
        return "## \(path)\n\n| field | type | default | meaning |\n|---|---|---|---|\n" + rows.joined(separator: "\n")
            + "\n"
    }

    private static func row(_ field: Field) -> String {
        let usual = field.isRequired ? "**required**" : field.usual.map(text(of:)) ?? "absent"
        return "| `\(field.name)` | \(type(field)) | \(usual) | \(field.meaning) |"
    }

    private static func type(_ field: Field) -> String {
        let named = list(of: field).map { "word of [\($0.name)](#\($0.name))" }
        let choices = field.choices.map(text(of:)).joined(separator: " ")
        if !choices.isEmpty { return choices }
        if let named { return isList(field.type) ? "list of \(named)" : named }
        return field.shorthand == nil ? text(of: field.type) : "\(text(of: field.type)), or the word for `near`"
    }

    private static func list(of field: Field) -> WordList? {
        field.words.isEmpty ? nil : ShotWords.all.first { $0.words == field.words }
    }

    private static func isList(_ type: FieldType) -> Bool {
        if case .list = type { true } else { false }
    }

    private static func text(of type: FieldType) -> String {
        switch type {
        case .text, .opaque, .time: "text"
        case .id(let prefix): "name `\(prefix)…`"
        case .word(let words): words.map { "`\($0)`" }.joined(separator: " ")
        case .bool: "true or false"
        case .integer(let range): "\(range.lowerBound)…\(range.upperBound)"
        case .number(let range): "\(short(range.lowerBound))…\(short(range.upperBound))"
        case .list(let element, let most): "list of \(text(of: element)), at most \(most)"
        case .map: "object"
        case .object(let shape): "`\(shape.name)`"
        case .anyObject: "object"
        case .any: "anything"
        }
    }

    private static func short(_ number: Double) -> String {
        Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    private static func text(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): short(value)
        case .string(let value): value.isEmpty ? "\"\"" : "`\(value)`"
        case .array: "[]"
        case .object: "{}"
        }
    }

    private static var words: String {
        let lists = ShotWords.all.map { list in
            let classes = list.classes.filter { !$0.words.isEmpty }.map { group in
                let words = group.words.map { "`\($0)`" }.joined(separator: " ")
                return list.classes.count == 1 ? words : "- \(group.name): \(words)"
            }
            return "### \(list.name)\n\n" + classes.joined(separator: "\n") + "\n"
        }
        return "## Vocabularies\n\nWords of one class stand for each other when there is nothing nearer.\n\n"
            + lists.joined(separator: "\n")
    }
}
