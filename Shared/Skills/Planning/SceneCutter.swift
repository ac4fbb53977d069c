// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// A stretch of the story in one place at one time, with the light it plays in.
struct SceneDraft {
    var place: Place?
    var light: ShotDSL.Light
    var moments: [Reading.Moment]
    /// True the first time this place is seen.
    var isNewPlace = true
}

/// Cuts a story into scenes: where the author breaks, where the place changes.
struct SceneCutter {
    let places: [Place]

    func scenes(of moments: [Reading.Moment]) -> [SceneDraft] {
        var scenes: [SceneDraft] = []
        for moment in moments {
            let place = moment.place.flatMap { id in places.first { $0.placeID == id } }
            if let last = scenes.last, !moment.opensScene, place == nil || place == last.place {
                scenes[scenes.count - 1].moments.append(moment)
            } else if scenes.last?.moments.isEmpty == false, !moment.opensScene, scenes.last?.place == nil {
                scenes[scenes.count - 1].place = place
                scenes[scenes.count - 1].moments.append(moment)
            } else {
                let inherited = place ?? (moment.opensScene ? nil : scenes.last?.place)
                scenes.append(SceneDraft(place: inherited, light: ShotDSL.Light(), moments: [moment]))
            }
        }
        return lit(scenes)
    }

    /// Hour and weather last until the story says otherwise; the mood is each scene's own.
    private func lit(_ scenes: [SceneDraft]) -> [SceneDraft] {
        var scenes = scenes
        var time = "day"
        var weather = "clear"
        var seen: Set<PlaceID> = []
        for index in scenes.indices {
            let keys = scenes[index].moments.filter { !$0.isSpeech }.flatMap { $0.tokens.map(\.key) }
            if let said = LightWords.time(in: keys) {
                if said != time, said == "dawn" || said == "morning" { weather = "clear" }
                time = said
            }
            weather = LightWords.weather(in: keys) ?? weather
            let mood = LightWords.mood(in: scenes[index].moments.flatMap { $0.tokens.map(\.key) })
            let isWild = weather == "storm"
            scenes[index].light = ShotDSL.Light(
                time: time, weather: weather, amount: isWild ? 0.9 : 0.6, wind: isWild ? 0.7 : 0.25, mood: mood)
            if let place = scenes[index].place { scenes[index].isNewPlace = seen.insert(place.placeID).inserted }
        }
        return scenes
    }
}

/// Words that colour a scene.
enum LightWords {
    static func time(in keys: [String]) -> String? { last(keys, times) }
    static func weather(in keys: [String]) -> String? { last(keys, weathers) }

    static func mood(in keys: [String]) -> String {
        var votes: [String: Int] = [:]
        for key in keys { if let mood = moods[key] { votes[mood, default: 0] += 1 } }
        return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "neutral"
    }

    private static func last(_ keys: [String], _ table: [String: String]) -> String? {
        keys.lazy.compactMap { table[$0] }.last
    }

    private static let times = lexicon([
        ("dawn", "dawn sunrise daybreak 黎明 天亮"), ("morning", "morning 早晨 早上"), ("day", "noon midday daylight 中午 白天"),
        ("afternoon", "afternoon 下午"), ("sunset", "sunset 日落 夕阳"), ("dusk", "evening dusk twilight 傍晚 黄昏"),
        ("night", "night midnight tonight moon moonlight stars 夜 夜里 晚上 月亮"),
    ])

    private static let weathers = lexicon([
        ("rain", "rain rained raining rainy drizzle 雨 下雨"), ("storm", "storm stormy thunder lightning tempest 暴风雨 雷"),
        ("snow", "snow snowed snowing snowy blizzard 雪 下雪"), ("fog", "fog foggy mist misty 雾"),
        ("overcast", "cloudy overcast grey 阴"), ("clear", "calm sunny sunshine sun clear bright 晴 太阳"),
    ])

    private static let moods = lexicon([
        ("joyful", "laugh laughed laughing happy joy merry cheerful smiled smile smiling danced 高兴 笑"),
        ("tender", "gentle gently softly kiss hug hugged embraced loved love dear warm daughter mother 温柔 妈妈"),
        ("sad", "cry cried weep wept tears sad lonely alone grave died lost 哭 难过"),
        ("tense", "storm danger dark fear shook broken hurry ran shouted knocked black 危险"),
        ("afraid", "afraid scared frightened terror trembled 害怕"),
        ("calm", "calm quiet still peaceful silent slept 安静"),
        ("mysterious", "strange secret mysterious whispered ghost shadow 神秘"),
    ])
}
