// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Ingest

/// How long words take before anybody has spoken them: what the built-in voices were measured at.
package enum Estimate {
    package static let word = 282
    package static let hanCharacter = 310
    /// The shortest line.
    package static let floor = 700

    /// The length of a line in milliseconds.
    package static func speech(_ text: String) -> Int {
        var total = 0
        var inside = false
        for character in text {
            if Language.isHan(character) {
                total += hanCharacter
                inside = false
            } else if character.isLetter || character.isNumber {
                if !inside { total += word }
                inside = true
            } else if character != "'" && character != "’" {
                inside = false
                total += pause(character)
            }
        }
        return max(floor, total)
    }

    private static func pause(_ mark: Character) -> Int {
        switch mark {
        case ",": 280
        case ";", ":", "—", "…": 380
        case ".": 420
        case "?": 470
        case "!": 520
        case "，", "、": 180
        case "；", "：": 280
        case "。", "？": 360
        case "！": 420
        default: 0
        }
    }

    /// How long a text must stand to be read, where nobody says it.
    package static func reading(_ text: String) -> Int {
        let han = text.count(where: Language.isHan)
        return max(1000, han * 200 + (text.count - han) * 58)
    }
}
