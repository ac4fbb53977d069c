// Ingest · pure · sees Contracts, Policies

/// Attributions in Chinese: 爷爷轻声说：「…」 and “…”小灯问。
enum HanAttribution {
    static func before(_ sentence: String) -> Attribution.Clause? {
        var head = Substring(sentence)
        while let last = head.last, "：:，, ".contains(last) { head.removeLast() }
        // 他晃着瓶子问我：
        for object in ["我们", "大家", "我", "他", "她", "你"] where head.hasSuffix(object) {
            let rest = head.dropLast(object.count)
            if SpeechVerbs.han.contains(where: { rest.hasSuffix($0.verb) }) { head = rest }
        }
        guard let (verb, _) = SpeechVerbs.han.first(where: { head.hasSuffix($0.verb) }) else { return nil }
        let stem = head.dropLast(verb.count)
        let clauses = stem.split(whereSeparator: { "，,、；".contains($0) }).map(String.init)
        guard let first = clauses.first, let subject = subject(of: first) else { return nil }
        return Attribution.Clause(
            verb: verb, subject: subject, phrase: String(head),
            isBare: clauses.count == 1 && isNoMore(first, than: subject))
    }

    static func after(_ sentence: String) -> Attribution.Clause? {
        let stop = sentence.firstIndex { "。！？，,；".contains($0) } ?? sentence.endIndex
        let head = sentence[..<stop]
        guard head.count <= 14, let (verb, _) = SpeechVerbs.han.first(where: { head.hasSuffix($0.verb) }) else {
            return nil
        }
        let stem = String(head.dropLast(verb.count))
        guard let subject = subject(of: stem) else { return nil }
        let tail = sentence[stop...].contains { $0.isLetter }
        return Attribution.Clause(
            verb: verb, subject: subject, phrase: String(head), isBare: !tail && isNoMore(stem, than: subject))
    }

    /// Characters that begin what somebody does, so the name ends before them.
    private static let ends = "对向跟笑哭着地又便就也都轻小声低大高忽突连急慢看望摸拿抬点摇走站坐想开"

    /// The name at the head of a clause.
    private static func subject(of clause: String) -> String? {
        let characters = Array(clause.filter { Language.isHan($0) || $0.isLetter })
        guard let first = characters.first else { return nil }
        if "他她它我".contains(first), characters.count < 2 || characters[1] != "们" { return String(first) }
        // 小 is the head of many names (小灯), and elsewhere the head of an adverb (小声).
        var end = 1
        while end < characters.count, end < 6, !ends.contains(characters[end]) { end += 1 }
        let name = String(characters[..<end])
        return ends.contains(first) && end == 1 ? nil : name
    }

    private static func isNoMore(_ clause: String, than subject: String) -> Bool {
        let rest = clause.dropFirst(subject.count).filter { Language.isHan($0) }
        return rest.isEmpty || rest.hasSuffix("地") || rest.hasSuffix("声") || rest.hasPrefix("对") || rest.hasPrefix("又")
            || rest.hasPrefix("也") || rest.hasPrefix("就") || rest.hasPrefix("便") || rest.hasPrefix("向")
    }
}
