// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// Reads hour, weather and feeling into the passages, in the order of the story.
enum Tone {
    static func read(_ passages: inout [Passage]) {
        var sky = Sky()
        lookAhead(&sky, passages)
        var mood = "neutral"
        for index in passages.indices {
            if passages[index].opensScene { mood = "neutral" }
            if !passages[index].isSpeech {
                sky.read(passages[index].tokens)
                sky.settle(passages[index].tokens)
            }
            passages[index].sky = sky
            passages[index].jumpsInTime = !passages[index].isSpeech && sky.jumped && index > 0
            passages[index].affect = affect(of: passages[index])
            if let new = passages[index].affect?.mood { mood = new }
            passages[index].mood = mood
        }
        spread(&passages)
    }

    /// Before the story names an hour it is the hour it names first, if that comes soon.
    private static func lookAhead(_ sky: inout Sky, _ passages: [Passage]) {
        var probe = Sky()
        for passage in passages.prefix(3) where !passage.isSpeech {
            probe.read(passage.tokens)
            if probe.jumped { break }
        }
        if probe.jumped { sky = probe }
    }

    private static func affect(of passage: Passage) -> Affect? {
        let own = Affects.strongest(in: passage.tokens)
        guard passage.isSpeech else { return own }
        if let manner = Affects.strongest(in: passage.manner.filter { $0.key != passage.verb }) { return manner }
        if let own { return own }
        switch SpeechVerbs.tone(of: passage.verb) {
        case "joyful": return .joyful
        case "sad": return .sad
        case "angry": return .angry
        case "afraid": return .afraid
        case "tense": return .tense
        default: break
        }
        return passage.text.hasSuffix("!") || passage.text.hasSuffix("！") ? .surprised : nil
    }

    /// One light for a whole scene: the mood it has most of, so that the sky does not flicker.
    private static func spread(_ passages: inout [Passage]) {
        var start = 0
        while start < passages.count {
            let end = passages[(start + 1)...].firstIndex { $0.opensScene || $0.jumpsInTime } ?? passages.count
            var counts: [String: Int] = [:]
            for (order, passage) in passages[start..<end].enumerated() where passage.mood != "neutral" {
                counts[passage.mood, default: 0] +=
                    passage.affect?.mood == nil ? 1 : 3 + (order == end - start - 1 ? 1 : 0)
            }
            let mood = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "neutral"
            for index in start..<end { passages[index].mood = mood }
            start = end
        }
    }

    /// The emotion a voice is asked for: how it was said, else what is said, else the mood around it.
    static func emotion(of passage: Passage) -> String {
        if passage.isSpeech, let tone = SpeechVerbs.tone(of: passage.verb), tone == "whisper" { return tone }
        if passage.isSpeech, passage.manner.contains(where: { ["softly", "quietly", "whisper"].contains($0.key) }) {
            return "calm"
        }
        if passage.isSpeech, let affect = passage.affect { return affect.voice }
        guard !passage.isSpeech else { return "neutral" }
        switch passage.mood {
        case "joyful": return "joyful"
        case "sad": return "sad"
        case "tense", "angry", "afraid", "epic": return "tense"
        case "calm", "tender", "mysterious": return "calm"
        default: return "neutral"
        }
    }
}
