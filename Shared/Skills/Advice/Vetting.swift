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

    private let text: String

    init(_ story: Story) {
        text = story.paragraphs.flatMap(\.segments).map(\.text).joined(separator: "\n").lowercased()
    }

    func take(_ reply: StoryReply, of stretch: [Segment], into advice: inout StoryAdvice) {
        for figure in reply.people { take(figure, into: &advice) }
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

    private func take(_ claim: StoryReply.Figure, into advice: inout StoryAdvice) {
        let words = ([claim.name] + claim.aliases).filter(stands)
        guard words.first == claim.name else { return }
        let gender = Gender(rawValue: claim.gender)
        let age = Age(rawValue: claim.age)
        let known = advice.figures.firstIndex { figure in words.contains { figure.isCalled($0) } }
        guard let known else {
            advice.figures.append(
                StoryAdvice.Figure(name: claim.name, aliases: Array(words.dropFirst()), gender: gender, age: age))
            return
        }
        for word in words where !advice.figures[known].isCalled(word) { advice.figures[known].aliases.append(word) }
        advice.figures[known].gender = advice.figures[known].gender ?? gender
        advice.figures[known].age = advice.figures[known].age ?? age
    }

    private func stands(_ word: String) -> Bool {
        let lowered = word.lowercased()
        return Self.tellers.contains(word)
            || (word.contains(where: \.isLetter) && !Self.pronouns.contains(lowered) && text.contains(lowered))
    }
}

extension StoryAdvice.Figure {
    fileprivate func isCalled(_ word: String) -> Bool {
        ([name] + aliases).contains { $0.lowercased() == word.lowercased() }
    }
}
