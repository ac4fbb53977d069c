// Advice · shell · sees Contracts, Ports, Wire, Entities
import Contracts

/// Believes of an answer what the story bears out.
struct Vetting {
    /// Of teller and story: a teller needs no name.
    private static let tellers: Set<String> = ["I", "我"]

    /// Words for everybody are nobody's name.
    private static let pronouns: Set<String> = [
        "he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "we", "us", "our",
        "you",
        "your", "it", "its", "me", "my", "他", "她", "它", "他们", "她们", "我们", "你", "您", "你们", "自己",
    ]

    /// Words that hold sentences together are nobody's either, nor are they when they begin one.
    private static let functions: Set<String> = [
        "the", "a", "an", "and", "or", "but", "then", "said", "asked", "says", "of", "in", "on", "at", "to", "who",
        "that",
        "what", "there", "here", "nobody", "everybody", "somebody", "everyone", "someone", "one", "no", "yes", "的", "了",
        "说", "问", "道", "在", "是", "不", "谁", "大家",
    ]
    /// A model finds no more people in one story.
    private static let mostFigures = 200

    /// The story's words between blanks, so that Eve does not stand in "evening".
    private let text: String
    private let isToldByI: Bool

    init(_ story: Story) {
        let segments = story.paragraphs.flatMap(\.segments)
        text = Self.spaced(segments.map(\.text).joined(separator: "\n"))
        let narration = Self.spaced(segments.filter { $0.kind == .narration }.map(\.text).joined(separator: "\n"))
        isToldByI = narration.contains(" i ") || narration.contains("我")
    }

    /// Lowered, every run of letters and digits between single blanks.
    private static func spaced(_ text: String) -> String {
        let words = text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "’" || $0 == "-") }
        return " " + words.joined(separator: " ") + " "
    }

    func take(_ reply: StoryReply, of stretch: [Segment], into advice: inout StoryAdvice) {
        let owners = Self.owners(reply.people)
        for figure in reply.people { take(figure, owners, into: &advice) }
        let spoken = Set(stretch.filter { $0.kind == .speech }.map(\.ordinal))
        var heard = Set(advice.speeches.map(\.segment))
        for speech in reply.speeches where spoken.contains(speech.segment) {
            guard let figure = advice.figures.first(where: { $0.isCalled(speech.speaker) }),
                heard.insert(speech.segment).inserted
            else { continue }
            advice.speeches.append(StoryAdvice.Speech(segment: speech.segment, speaker: figure.name))
        }
        for name in reply.nobodies where stands(name) && !advice.figures.contains(where: { $0.isCalled(name) }) {
            if !advice.nobodies.contains(name) { advice.nobodies.append(name) }
        }
    }

    /// How many of the people claim each word; a name is claimed twice, so that it is no alias of anybody else.
    private static func owners(_ people: [StoryReply.Figure]) -> [String: Int] {
        var owners: [String: Int] = [:]
        for person in people {
            for word in Set(person.aliases.map { $0.lowercased() }).subtracting([person.name.lowercased()]) {
                owners[word, default: 0] += 1
            }
            owners[person.name.lowercased(), default: 0] += 2
        }
        return owners
    }

    private func take(
        _ claim: StoryReply.Figure, _ owners: [String: Int], into advice: inout StoryAdvice
    ) {
        guard stands(claim.name), advice.figures.count < Self.mostFigures else { return }
        // A word that two are called by tells neither from the other.
        let aliases = claim.aliases.filter { $0 != claim.name && owners[$0.lowercased()] == 1 && stands($0) }
        let gender = Gender(rawValue: claim.gender)
        let age = Age(rawValue: claim.age)
        guard let known = advice.figures.firstIndex(where: { $0.isCalled(claim.name) }) else {
            let free = aliases.filter { word in !advice.figures.contains { $0.isCalled(word) } }
            advice.figures.append(StoryAdvice.Figure(name: claim.name, aliases: free, gender: gender, age: age))
            return
        }
        for word in aliases where !advice.figures.contains(where: { $0.isCalled(word) }) {
            advice.figures[known].aliases.append(word)
        }
        advice.figures[known].gender = advice.figures[known].gender ?? gender
        advice.figures[known].age = advice.figures[known].age ?? age
    }

    private func stands(_ word: String) -> Bool {
        if Self.tellers.contains(word) { return isToldByI }
        let lowered = Self.spaced(word)
        let bare = lowered.split(separator: " ").map(String.init)
        guard !bare.isEmpty, word.contains(where: \.isLetter), bare.count <= 6,
            !bare.allSatisfy({ Self.functions.contains($0) || Self.pronouns.contains($0) })
        else { return false }
        // Nothing parts the words of Chinese.
        let isHan = word.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
        return text.contains(isHan ? lowered.trimmed : lowered)
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

extension StoryAdvice.Figure {
    fileprivate func isCalled(_ word: String) -> Bool {
        ([name] + aliases).contains { $0.lowercased() == word.lowercased() }
    }
}
