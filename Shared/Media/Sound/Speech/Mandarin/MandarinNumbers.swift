// Sound · pure · sees Contracts, Policies

/// Figures in words: the engine reads 3.5 as "three five" and leaves out the zeros of 2024.
enum MandarinNumbers {
    private static let digits = Array("零一二三四五六七八九".unicodeScalars)

    static func written(_ text: SpokenText) -> SpokenText {
        let scalars = text.scalars
        var out = SpokenText()
        var index = 0
        while index < scalars.count {
            let figures = scalars[index...].prefix { value(of: $0) != nil }
            guard !figures.isEmpty else {
                out.append(scalars[index], from: text.sources[index])
                index += 1
                continue
            }
            var end = figures.endIndex
            var words = whole(figures.compactMap(value), isYear: end < scalars.count && scalars[end] == "年")
            if end + 1 < scalars.count, scalars[end] == ".", value(of: scalars[end + 1]) != nil {
                let decimals = scalars[(end + 1)...].prefix { value(of: $0) != nil }
                words += "点" + spelled(decimals.compactMap(value))
                end = decimals.endIndex
            }
            if end < scalars.count, scalars[end] == "%" {
                words = "百分之" + words
                end += 1
            }
            // Every word of a number stands for the whole of it.
            out.append(words, from: text.sources[index].lowerBound..<text.sources[end - 1].upperBound)
            index = end
        }
        return out
    }

    private static func value(of scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "0"..."9": Int(scalar.value - 48)
        case "０"..."９": Int(scalar.value - 0xFF10)
        default: nil
        }
    }

    /// Years and numbers too long to count are spelled.
    private static func whole(_ figures: [Int], isYear: Bool) -> String {
        let isSpelled = figures.count > 12 || (isYear && figures.count == 4) || (figures.count > 1 && figures[0] == 0)
        return isSpelled ? spelled(figures) : counted(figures.reduce(0) { $0 * 10 + $1 })
    }

    private static func spelled(_ figures: [Int]) -> String { text(figures.map { digits[$0] }) }

    private static func counted(_ number: Int) -> String {
        if number < 10 { return text([digits[number]]) }
        for (size, name) in [(100_000_000, "亿"), (10_000, "万")] where number >= size {
            let rest = number % size
            let gap = rest > 0 && rest < size / 10 ? "零" : ""
            return counted(number / size) + name + (rest > 0 ? gap + counted(rest) : "")
        }
        for (size, name) in [(1_000, "千"), (100, "百"), (10, "十")] where number >= size {
            let rest = number % size
            let gap = rest > 0 && rest < size / 10 ? "零" : ""
            // Ten is said without a one before it, unless something stands before it.
            let head = size == 10 && number < 20 ? "" : text([digits[number / size]])
            return head + name + (rest > 0 ? gap + teen(rest) : "")
        }
        return ""
    }

    /// After a hundred the one is said: 一百一十.
    private static func teen(_ number: Int) -> String {
        (10..<20).contains(number) ? "一" + counted(number) : counted(number)
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
