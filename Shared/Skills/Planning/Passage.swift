// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// One line of the film to be, with everything the story says while it is heard.
struct Passage {
    var segments: [Int]
    var paragraph: Int
    var opensScene: Bool
    var place: PlaceID?
    /// The narrator for narration.
    var speaker: CharacterID
    var isSpeech: Bool
    var addressee: CharacterID?
    var text: String
    var tokens: [Token]
    var mentions: [Reading.Mention]
    var deeds: [Reading.Deed]
    /// Verb and adverbs of the attribution.
    var manner: [Token] = []
    var verb = ""

    // Filled in by the reader of light and feeling.
    var sky = Sky()
    var affect: Affect?
    var jumpsInTime = false
    var mood = "neutral"

    var estimate: Int { Estimate.speech(text) }

    /// Who acts here for everybody to see.
    var actors: [CharacterID] {
        var who: [CharacterID] = []
        for mention in mentions where mention.part == .subject && !who.contains(mention.who) { who.append(mention.who) }
        for deed in deeds where deed.isShown {
            for actor in deed.who where !who.contains(actor) && !isAbsent(actor) { who.append(actor) }
        }
        return who.filter { !isAbsent($0) }
    }

    var objects: [CharacterID] {
        var who: [CharacterID] = []
        for mention in mentions where mention.part == .object && !who.contains(mention.who) { who.append(mention.who) }
        return who
    }

    /// Objects, and people whose hand or shoulder is touched.
    var touched: [CharacterID] {
        let hands: Set<String> = [
            "hand", "hands", "arm", "arms", "shoulder", "shoulders", "cheek", "face", "hair", "head", "lap",
        ]
        let acts = deeds.contains { $0.isShown && [.gesture, .handle].contains($0.verb.kind) }
        let owners = mentions.filter { mention in
            acts && mention.part == .owner
                && tokens[min(mention.token + 1, tokens.count)...].prefix(3).contains { hands.contains($0.key) }
        }
        return objects + owners.map(\.who).filter { !objects.contains($0) }
    }

    /// Something of theirs is what the sentence is about.
    func owns(_ who: CharacterID) -> Bool { mentions.contains { $0.who == who && $0.part == .owner } }

    /// Says what somebody wears or looks like.
    var describesLooks: Bool { tokens.contains { Clothing.describes($0.key) } }

    func isAbsent(_ who: CharacterID) -> Bool {
        mentions.contains { $0.who == who && $0.part == .absent }
            && !mentions.contains { $0.who == who && $0.part == .subject }
    }
}

/// Turns a reading into passages: attributions dropped, broken speeches joined, long lines cut.
struct Script {
    private(set) var passages: [Passage] = []
    /// Segments that became no line because they only said who speaks.
    private(set) var dropped: [Int] = []

    /// The most words, or Han characters, of one line.
    static let longestWords = 26
    static let longestHan = 34

    init(_ reading: Reading) {
        var owed: [Int] = []
        for moment in reading.moments {
            if moment.isBareAttribution {
                dropped.append(moment.segment.ordinal)
                if let last = passages.indices.last, passages[last].paragraph == moment.paragraph {
                    passages[last].segments.append(moment.segment.ordinal)
                } else {
                    owed.append(moment.segment.ordinal)
                }
                continue
            }
            guard moment.segment.text.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
            var next = Self.passage(moment)
            next.segments = owed + next.segments
            owed = []
            if let last = passages.last, let joined = Self.joined(last, next) {
                passages[passages.count - 1] = joined
            } else {
                passages.append(next)
            }
        }
        if let last = passages.indices.last { passages[last].segments += owed }
        passages = passages.flatMap { Cut(passage: $0).pieces() }
        for index in passages.indices where passages[index].isSpeech {
            passages[index].text = Self.finished(passages[index].text)
        }
    }

    private static func passage(_ moment: Reading.Moment) -> Passage {
        let speaker = moment.isSpeech ? moment.speaker : nil
        return Passage(
            segments: [moment.segment.ordinal], paragraph: moment.paragraph, opensScene: moment.opensScene,
            place: moment.place, speaker: speaker ?? .narrator, isSpeech: speaker != nil, addressee: moment.addressee,
            text: moment.segment.text, tokens: moment.tokens, mentions: moment.mentions, deeds: moment.deeds,
            manner: moment.attribution.map { Words.tokens(of: $0.phrase) } ?? [], verb: moment.attribution?.verb ?? "")
    }

    /// "No," said Mira, "not yet." is one line: "No, not yet."
    private static func joined(_ first: Passage, _ second: Passage) -> Passage? {
        guard first.isSpeech, second.isSpeech, first.speaker == second.speaker, first.paragraph == second.paragraph,
            first.segments != second.segments, Language.words(in: first.text + " " + second.text) <= 22
        else { return nil }
        var joined = first
        let goesOn = second.text.first?.isLowercase ?? false
        let isHan = first.text.contains(where: Language.isHan)
        joined.text = (goesOn ? first.text : finished(first.text)) + (isHan ? "" : " ") + second.text
        joined.tokens += second.tokens
        joined.segments += second.segments
        joined.mentions += second.mentions.map { mention in
            var moved = mention
            moved.token += first.tokens.count
            return moved
        }
        joined.addressee = first.addressee ?? second.addressee
        return joined
    }

    /// A comma before "said Mira" is a stop once "said Mira" is gone.
    private static func finished(_ text: String) -> String {
        guard let last = text.last else { return text }
        if last == "," { return text.dropLast() + "." }
        if last == "，" { return text.dropLast() + "。" }
        guard last.isLetter || last.isNumber else { return text }
        return text + (Language.isHan(last) ? "。" : ".")
    }
}

/// Cuts a line that is too long for one breath and one picture.
struct Cut {
    let passage: Passage

    func pieces() -> [Passage] {
        let texts = Self.cut(passage.text)
        guard texts.count > 1 else { return [passage] }
        var pieces: [Passage] = []
        var start = 0
        for (order, text) in texts.enumerated() {
            // Counted the way the whole was, so that the pieces share out its words.
            let count = order == texts.count - 1 ? passage.tokens.count - start : share(of: text, from: start)
            let range = start..<min(passage.tokens.count, start + max(0, count))
            var piece = passage
            piece.text = text
            piece.opensScene = passage.opensScene && order == 0
            piece.tokens = Array(passage.tokens[range])
            piece.mentions = passage.mentions.filter { range.contains($0.token) }.map { mention in
                var moved = mention
                moved.token -= start
                return moved
            }
            piece.deeds = passage.deeds.filter { range.contains($0.token) }.map { deed in
                var moved = deed
                moved.token -= start
                return moved
            }
            pieces.append(piece)
            start = range.upperBound
        }
        return pieces
    }

    /// How many of the passage's words this text holds.
    private func share(of text: String, from start: Int) -> Int {
        var letters = text.count { $0.isLetter || $0.isNumber }
        var index = start
        while index < passage.tokens.count, letters > 0 {
            letters -= max(1, passage.tokens[index].text.count { $0.isLetter || $0.isNumber })
            index += 1
        }
        return index - start
    }

    private static func fits(_ text: String) -> Bool {
        let han = text.count(where: Language.isHan)
        return han > 0
            ? Language.words(in: text) <= Script.longestHan
            : Language.words(in: text) <= Script.longestWords && text.count <= 400
    }

    /// At sentences if that is enough, then at marks, then at blanks, then anywhere.
    static func cut(_ text: String) -> [String] {
        guard !fits(text) else { return [text] }
        return packed(Sentences.split(text)).flatMap { sentence in
            fits(sentence) ? [sentence] : packed(atMarks(sentence)).flatMap { fits($0) ? [$0] : atBlanks($0) }
        }
    }

    /// Neighbours put together again as long as they fit.
    private static func packed(_ parts: [String]) -> [String] {
        var packed: [String] = []
        for part in parts {
            if let last = packed.last {
                let isHan = last.last.map { Language.isHan($0) || "，。！？；：、".contains($0) } ?? false
                let both = last + (isHan ? "" : " ") + part
                if fits(both) {
                    packed[packed.count - 1] = both
                    continue
                }
            }
            packed.append(part)
        }
        return packed
    }

    private static func atMarks(_ text: String) -> [String] {
        var parts: [String] = []
        var part = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            part.append(character)
            let isWide = "，；：、".contains(character)
            let isMark =
                ",;:—–".contains(character) && index + 1 < characters.count
                && (characters[index + 1] == " " || character == "—")
            guard isWide || isMark else { continue }
            append(part, to: &parts)
            part = ""
        }
        append(part, to: &parts)
        return parts
    }

    /// In halves, and the halves in halves, before a conjunction if one stands near the middle.
    private static func atBlanks(_ text: String) -> [String] {
        let words = text.split(separator: " ").flatMap { chunks(of: String($0)) }
        return halves(words[...]).filter { !$0.isEmpty }.reduce(into: []) { append($1, to: &$0) }
    }

    private static let joints: Set<String> = [
        "and", "but", "when", "while", "because", "so", "who", "then", "as", "until", "or", "that",
    ]

    private static func halves(_ words: ArraySlice<String>) -> [String] {
        let text = words.joined(separator: " ")
        guard words.count > 1, !fits(text) else { return [text] }
        let middle = words.startIndex + words.count / 2
        let candidates = (words.startIndex + 1)..<words.endIndex
        let cut = candidates.min { cost($0, middle, words) < cost($1, middle, words) } ?? middle
        return halves(words[..<cut]) + halves(words[cut...])
    }

    private static func cost(_ cut: Int, _ middle: Int, _ words: ArraySlice<String>) -> Int {
        abs(cut - middle) * 2 + (joints.contains(words[cut].lowercased()) ? 0 : 9)
    }

    /// A "word" of hundreds of letters, or Han text without a mark.
    private static func chunks(of word: String) -> [String] {
        let size = word.contains(where: Language.isHan) ? Script.longestHan - 10 : 60
        guard word.count > size else { return [word] }
        var rest = Substring(word)
        var chunks: [String] = []
        while !rest.isEmpty {
            chunks.append(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return chunks
    }

    private static func append(_ part: String, to parts: inout [String]) {
        let trimmed = String(part.drop(while: \.isWhitespace))
        guard trimmed.contains(where: { $0.isLetter || $0.isNumber }) else {
            if let last = parts.indices.last, !trimmed.isEmpty { parts[last] += trimmed }
            return
        }
        parts.append(trimmed)
    }
}
