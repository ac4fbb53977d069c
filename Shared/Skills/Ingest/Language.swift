// Ingest · pure · sees Contracts, Policies

/// Which language a text is in, by the script of its letters.
package enum Language {
    package static let english = "en"
    package static let chinese = "zh-Hans"

    /// `zh-Hans` when a fifth of the letters are Han characters, else `en`: the two the built-in engines speak.
    package static func detect(_ text: String) -> String {
        var han = 0
        var letters = 0
        for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
            letters += 1
            if isHan(scalar) { han += 1 }
        }
        return han > 0 && han * 5 >= letters ? chinese : english
    }

    package static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: true
        default: false
        }
    }

    package static func isHan(_ character: Character) -> Bool {
        character.unicodeScalars.first.map(isHan) ?? false
    }

    /// Words as people count them: a Han character is one, a run of other letters or digits is one.
    package static func words(in text: String) -> Int {
        var count = 0
        var inside = false
        for character in text {
            if isHan(character) {
                count += 1
                inside = false
            } else if character.isLetter || character.isNumber {
                if !inside { count += 1 }
                inside = true
            } else if character != "'" && character != "’" {
                inside = false
            }
        }
        return count
    }
}
