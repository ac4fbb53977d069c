// Sound · pure · sees Contracts, Policies

/// Mandarin as the engine needs it: it knows single characters only, so what depends on the word around them is written out
/// in pinyin. The map to the written line survives.
enum Mandarin {
    /// The same stretch with numbers in words, and pinyin where a character alone would be misread.
    static func readable(_ text: SpokenText) -> SpokenText {
        let numbered = MandarinNumbers.written(text)
        let scalars = numbered.scalars
        var out = SpokenText()
        var index = 0
        while index < scalars.count {
            if let phrase = MandarinPhrases.longest(in: scalars, at: index) {
                for (offset, syllable) in phrase.enumerated() {
                    // A phrase may hold characters that are read as they are, written as "-".
                    let source = numbered.sources[index + offset]
                    if syllable == "-" {
                        out.append(scalars[index + offset], from: source)
                    } else {
                        append(syllable, to: &out, from: source)
                    }
                }
                index += phrase.count
                continue
            }
            if let syllable = bent(scalars, at: index) {
                append(syllable, to: &out, from: numbered.sources[index])
            } else {
                out.append(scalars[index], from: numbered.sources[index])
            }
            index += 1
        }
        return out
    }

    /// A space before every syllable: without it two are one word to the engine.
    private static func append(_ syllable: String, to out: inout SpokenText, from source: Range<Int>) {
        if out.scalars.last != " ", !out.scalars.isEmpty { out.append(" ", from: source) }
        out.append(syllable, from: source)
    }

    /// 一 and 不 change with what follows, and lose their tone between two of the same: 看一看, 好不好.
    private static func bent(_ scalars: [Unicode.Scalar], at index: Int) -> String? {
        let character = scalars[index]
        guard character == "一" || character == "不" else { return nil }
        let before = index > 0 ? scalars[index - 1] : nil
        guard index + 1 < scalars.count, scalars[index + 1].properties.isIdeographic else { return nil }
        let after = scalars[index + 1]
        if let before, before == after { return character == "一" ? "yi5" : "bu5" }
        if character == "不" { return Tones.isFourth(after) ? "bu2" : nil }
        // In numbers and in order it keeps its own tone: 第一次, 十一, 一月.
        if let before, "第十百千万零点一二三四五六七八九〇".unicodeScalars.contains(before) { return nil }
        if "月二三四五六七八九〇零一十".unicodeScalars.contains(after) { return nil }
        return Tones.isFourth(after) ? "yi2" : "yi4"
    }
}
