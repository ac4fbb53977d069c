// Contracts · pure · sees nothing

extension FieldType {
    /// A word or a name: what no story writes longer.
    static let name = FieldType.text(atMost: 1024)
    static let prose = FieldType.text(atMost: 65_536)
    static let seed = FieldType.integer(0...(1 << 53) - 1)
    /// Milliseconds from the start of something.
    static let moment = FieldType.integer(0...3_600_000)
}

/// How rows of the shot's table are written.
extension Field {
    static func word(_ name: String, _ list: WordList, _ usual: String, _ meaning: String) -> Field {
        may(name, .name, meaning).or(.string(usual)).knows(list)
    }

    static func text(_ name: String, _ type: FieldType, _ usual: String, _ meaning: String) -> Field {
        may(name, type, meaning).or(.string(usual))
    }

    static func number(_ name: String, _ type: FieldType, _ usual: Double, _ meaning: String) -> Field {
        may(name, type, meaning).or(.number(usual))
    }

    static func whole(_ name: String, _ type: FieldType, _ usual: Int64, _ meaning: String) -> Field {
        may(name, type, meaning).or(.integer(usual))
    }

    static func names(_ name: String, _ meaning: String) -> Field {
        may(name, .list(of: .name, atMost: 1000), meaning).or(.array([]))
    }

    func or(_ usual: JSONValue) -> Field {
        var field = self
        field.usual = usual
        return field
    }

    func knows(_ list: WordList) -> Field {
        var field = self
        field.words = list.words
        return field
    }

    func only(_ choices: [Int64]) -> Field {
        var field = self
        field.choices = choices.map { .integer($0) }
        return field
    }

    func abbreviated(_ member: String) -> Field {
        var field = self
        field.shorthand = member
        return field
    }
}
