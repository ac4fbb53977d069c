// Ingest · pure · sees Contracts, Policies

/// Verbs that name who speaks, and how.
package enum SpeechVerbs {
    /// Verb → the emotion it lends the words; empty: none.
    private static let tones: [String: String] = [
        "said": "", "says": "", "say": "", "asked": "", "asks": "", "answered": "", "answers": "", "replied": "",
        "replies": "", "told": "", "tells": "", "called": "", "calls": "", "added": "", "adds": "", "began": "",
        "continued": "", "repeated": "", "explained": "", "agreed": "calm", "admitted": "sad", "announced": "",
        "declared": "", "insisted": "tense", "suggested": "", "offered": "calm", "promised": "calm", "warned": "tense",
        "demanded": "angry", "ordered": "tense", "commanded": "tense", "begged": "afraid", "pleaded": "afraid",
        "urged": "tense", "whispered": "whisper", "whispers": "whisper", "murmured": "whisper", "murmurs": "whisper",
        "muttered": "whisper", "mumbled": "whisper", "breathed": "whisper", "hissed": "angry", "shouted": "tense",
        "shouts": "tense", "yelled": "tense", "screamed": "afraid", "shrieked": "afraid", "roared": "angry",
        "growled": "angry", "snapped": "angry", "barked": "angry", "cried": "tense", "cries": "tense",
        "exclaimed": "joyful", "gasped": "afraid", "groaned": "sad", "moaned": "sad", "sobbed": "sad", "wailed": "sad",
        "sighed": "sad", "laughed": "joyful", "laughs": "joyful", "chuckled": "joyful", "giggled": "joyful",
        "grinned": "joyful", "smiled": "joyful", "cheered": "joyful", "sang": "joyful", "wondered": "calm",
        "thought": "calm", "protested": "tense", "complained": "sad", "stammered": "afraid", "croaked": "calm",
        "grumbled": "angry", "observed": "", "remarked": "", "responded": "", "returned": "", "interrupted": "tense",
        "confessed": "sad", "went": "", "inquired": "", "echoed": "", "chimed": "joyful", "teased": "joyful",
        "boasted": "joyful", "coaxed": "calm", "nodded": "", "shrugged": "", "purred": "calm", "squeaked": "afraid",
    ]

    /// These also name an act without words: "Mira cried." under a closed sentence is weeping.
    private static let alsoActs: Set<String> = [
        "cried", "cries", "sobbed", "sighed", "laughed", "laughs", "smiled", "grinned", "chuckled", "giggled", "gasped",
        "groaned", "nodded", "shrugged", "cheered", "sang", "began", "called", "calls", "went", "returned", "roared",
        "growled", "barked", "breathed", "thought", "wondered", "moaned", "wailed", "screamed", "continued", "observed",
        "offered", "ordered", "told", "tells", "repeated", "insisted", "agreed",
    ]

    /// These never introduce speech unless a quotation stands right before them.
    private static let weak: Set<String> = ["went", "nodded", "shrugged", "began", "returned"]

    package static func isVerb(_ key: String) -> Bool { tones[key] != nil }
    package static func alsoActs(_ key: String) -> Bool { alsoActs.contains(key) }
    static func isWeak(_ key: String) -> Bool { weak.contains(key) }

    /// The emotion a verb of speech lends the words, if it lends one.
    package static func tone(of key: String) -> String? { tones[key].flatMap { $0.isEmpty ? nil : $0 } }

    /// Chinese verbs of speech, the long ones first, with their tone.
    package static let han: [(verb: String, tone: String)] = [
        ("自言自语道", "whisper"), ("轻声说道", "whisper"), ("小声说道", "whisper"), ("低声说道", "whisper"), ("大声说道", "tense"),
        ("轻声说", "whisper"), ("小声说", "whisper"), ("低声说", "whisper"), ("大声说", "tense"), ("大声喊", "tense"),
        ("笑着说", "joyful"), ("哭着说", "sad"), ("微笑着说", "joyful"), ("叹气说", "sad"), ("喊道", "tense"), ("叫道", "tense"),
        ("问道", ""), ("答道", ""), ("笑道", "joyful"), ("叹道", "sad"), ("哭道", "sad"), ("说道", ""), ("回答", ""),
        ("低语", "whisper"), ("说", ""), ("问", ""), ("答", ""), ("喊", "tense"), ("叫", "tense"), ("道", ""),
    ]
}
