// Sound · pure · sees Contracts, Policies
import Contracts

/// What a person is like, as far as a voice can say it.
enum Temper: CaseIterable {
    case even
    case calm
    case fierce
    case timid
    case cheerful
    case gloomy
    case sly

    /// The temper most of the story's words about a person speak of; `even` where it says nothing.
    init(of person: Person) {
        let told = person.evidence.map(\.text).joined(separator: "\n").lowercased() + "\n" + person.name.lowercased()
        let words = Set(told.split { !$0.isLetter }.map(String.init))
        self = .even
        var most = 0
        for temper in Temper.allCases {
            let found = temper.english.count(where: words.contains) + temper.chinese.count(where: told.contains)
            if found > most { (self, most) = (temper, found) }
        }
    }

    private var english: [String] {
        switch self {
        case .even: []
        case .calm:
            ["calm", "gentle", "gently", "kind", "patient", "quiet", "quietly", "wise", "serene", "soft", "softly"]
        case .fierce:
            [
                "fierce", "angry", "cruel", "proud", "roared", "shouted", "stern", "harsh", "furious", "brutal",
                "thundered",
            ]
        case .timid: ["timid", "shy", "afraid", "frightened", "nervous", "trembling", "whispered", "scared", "meek"]
        case .cheerful: ["cheerful", "merry", "happy", "laughing", "laughed", "bright", "lively", "jolly", "playful"]
        case .gloomy:
            ["gloomy", "sad", "weary", "tired", "lonely", "sorrowful", "grim", "sighed", "mournful", "bitter"]
        case .sly: ["sly", "cunning", "clever", "sneered", "smirked", "crafty", "mocking", "wicked", "treacherous"]
        }
    }

    private var chinese: [String] {
        switch self {
        case .even: []
        case .calm: ["平静", "温柔", "善良", "耐心", "安静", "慈祥", "智慧", "温和"]
        case .fierce: ["凶", "愤怒", "残忍", "骄傲", "怒吼", "严厉", "生气", "暴躁"]
        case .timid: ["胆小", "害羞", "害怕", "紧张", "发抖", "怯", "小声"]
        case .cheerful: ["快乐", "开心", "高兴", "笑着", "活泼", "开朗", "顽皮"]
        case .gloomy: ["忧郁", "悲伤", "疲惫", "孤独", "叹", "阴沉", "难过"]
        case .sly: ["狡猾", "奸", "冷笑", "嘲", "阴险", "得意"]
        }
    }
}
