// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// Reads hour, weather and feeling into the passages, in the order of the story.
enum Tone {
    static func read(_ passages: inout [Passage]) {
        var sky = Sky()
        lookAhead(&sky, passages)
        for index in passages.indices {
            if !passages[index].isSpeech {
                sky.read(passages[index].tokens)
                sky.settle(passages[index].tokens)
            }
            passages[index].sky = sky
            passages[index].jumpsInTime = !passages[index].isSpeech && sky.jumped && index > 0
            passages[index].affect = affect(of: passages[index])
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
        if let own, own.isStrong { return own }
        if let manner = Affects.strongest(in: passage.manner.filter { $0.key != passage.verb }) {
            // What is said softly is said with love more often than with calm.
            return manner == .calm ? .tender : manner
        }
        if let own { return own }
        switch SpeechVerbs.tone(of: passage.verb) {
        case "joyful": return .joyful
        case "sad": return .sad
        case "angry": return .angry
        case "afraid": return .afraid
        default: return nil
        }
    }

    /// A cry without a word of feeling in it is whatever the scene is.
    private static func cry(_ passage: Passage) -> Affect? {
        let isLoud = SpeechVerbs.tone(of: passage.verb) == "tense" || ["!", "！"].contains(passage.text.suffix(1))
        guard passage.isSpeech, passage.affect == nil, isLoud else { return nil }
        switch passage.mood {
        case "joyful", "tender": return .joyful
        case "sad": return .sad
        case "tense", "angry", "afraid": return .tense
        default: return .surprised
        }
    }

    /// One light for a whole scene, so that the sky does not flicker.
    private static func spread(_ passages: inout [Passage]) {
        var start = 0
        while start < passages.count {
            let end = passages[(start + 1)...].firstIndex { $0.opensScene || $0.jumpsInTime } ?? passages.count
            let mood = main(passages[start..<end])
            for index in start..<end {
                passages[index].mood = mood
                passages[index].affect = passages[index].affect ?? cry(passages[index])
            }
            start = end
        }
    }

    /// The mood most sentences have a word for; the end weighs double, and joy with tears in it is tender.
    private static func main(_ scene: ArraySlice<Passage>) -> String {
        var counts: [String: Int] = [:]
        var last: [String: Int] = [:]
        for (order, passage) in scene.enumerated() {
            guard let mood = passage.affect?.mood else { continue }
            counts[mood, default: 0] += 3 + 3 * order / max(1, scene.count - 1)
            last[mood] = order
        }
        let sad = counts["sad"] ?? 0
        let joyful = counts["joyful"] ?? 0
        if sad > 0, joyful > 0, sad <= 2 * joyful, joyful <= 2 * sad { return "tender" }
        let moods = counts.keys.sorted()
        return moods.max { (counts[$0] ?? 0, last[$0] ?? 0) < (counts[$1] ?? 0, last[$1] ?? 0) } ?? "neutral"
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
        case "tense", "angry", "afraid", "epic": return "tense"
        // Whoever tells a sad story tells it quietly.
        case "calm", "tender", "mysterious", "sad": return "calm"
        default: return "neutral"
        }
    }
}
