// Sound · pure · sees Contracts, Policies

extension SpokenText {
    /// The line without what the engine would read out though nobody would say it: markup, emoji, brackets, stray signs.
    init(cleaning written: String, in language: SpeechLanguage) {
        let scalars = Array(written.unicodeScalars)
        var index = 0
        while index < scalars.count {
            if let end = SpokenText.markupEnd(in: scalars, from: index) {
                add(" ", from: index..<end)
                index = end
            } else {
                keep(scalars[index], from: index..<(index + 1), in: language)
                index += 1
            }
        }
    }

    private mutating func keep(_ scalar: Unicode.Scalar, from source: Range<Int>, in language: SpeechLanguage) {
        switch scalar {
        case "&": append(language == .mandarin ? "和" : " and ", from: source)
        case "\u{2018}", "\u{2019}": add("'", from: source)
        case "—", "…", "\u{2013}", "\u{2015}":
            // With a space, so that what follows is a word of its own.
            add(scalar == "…" ? "…" : "—", from: source)
            add(" ", from: source)
        case ".", ",", ";", ":", "?", "!", "'", "-", "%", "+", "=", "$", "€", "£", "°", "/":
            add(scalar, from: source)
        case "。", "，", "、", "；", "：", "？", "！": add(scalar, from: source)
        default:
            add(SpokenText.isSaid(scalar) ? scalar : " ", from: source)
        }
    }

    /// One space where several would stand: the engine makes pauses of blank lines.
    private mutating func add(_ scalar: Unicode.Scalar, from source: Range<Int>) {
        if scalar == " ", scalars.isEmpty || scalars.last == " " { return }
        append(scalar, from: source)
    }

    private static func isSaid(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        if properties.isEmojiPresentation { return false }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        case .nonspacingMark, .spacingMark: return !properties.isVariationSelector
        case .decimalNumber, .letterNumber, .otherNumber: return true
        default: return false
        }
    }

    /// The index after a tag such as `<b>`, when one begins here. "3 < 4" is no tag.
    private static func markupEnd(in scalars: [Unicode.Scalar], from start: Int) -> Int? {
        guard scalars[start] == "<", start + 1 < scalars.count else { return nil }
        let next = scalars[start + 1]
        guard next == "/" || (next.isASCII && next.properties.isAlphabetic) else { return nil }
        let window = scalars[start..<min(scalars.count, start + 200)]
        return window.firstIndex(of: ">").map { $0 + 1 }
    }
}
