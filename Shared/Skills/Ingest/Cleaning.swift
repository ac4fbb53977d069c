// Ingest · pure · sees Contracts, Policies

/// What pasted text brings along that is no part of the story.
enum Cleaning {
    /// The text in lines, with one kind of line end and without invisible characters.
    static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\n" && afterReturn {
                afterReturn = false
                continue
            }
            afterReturn = scalar == "\r"
            if breaksLine(scalar) {
                lines.append(trimmedRight(String(line)))
                line = String.UnicodeScalarView()
            } else if !isInvisible(scalar) {
                line.append(isBlank(scalar) ? " " : scalar)
            }
        }
        lines.append(trimmedRight(String(line)))
        return lines
    }

    private static func breaksLine(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// Controls, marks of direction, zero widths. The joiner (200D) and the selectors stay: they hold emoji together.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09: false
        case 0...0x1F, 0x7F...0x9F, 0xAD, 0x200B, 0x200C, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064,
            0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFD:
            true
        default: false
        }
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0xA0, 0x2000...0x200A, 0x202F, 0x205F: true
        default: false
        }
    }

    static func trimmedRight(_ text: String) -> String {
        var text = Substring(text)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// Without blanks at either end.
    static func trimmed(_ text: some StringProtocol) -> String {
        trimmedRight(String(text.drop(while: \.isWhitespace)))
    }
}
