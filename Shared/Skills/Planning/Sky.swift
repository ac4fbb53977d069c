// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// Hour and weather, followed through the words of the story.
struct Sky {
    private(set) var time = "day"
    private(set) var weather = "clear"
    private(set) var wind = 0.2
    /// The hour was named in the last sentence read: a jump in time.
    private(set) var jumped = false

    static let times = lexicon([
        ("dawn", "dawn sunrise daybreak first-light 黎明 天亮 日出 清晨"), ("morning", "morning 早晨 早上 上午"),
        ("day", "noon midday daylight 中午 白天"),
        ("afternoon", "afternoon 下午"), ("sunset", "sunset sundown 日落 夕阳"),
        ("dusk", "evening dusk twilight nightfall 傍晚 黄昏 晚上"),
        ("night", "night midnight moonlight nighttime 夜 夜里 夜晚 半夜 月光 深夜"),
    ])

    static let weathers = lexicon([
        ("rain", "rain rained raining rainy drizzle downpour raindrops wet 雨 下雨 大雨"),
        ("storm", "storm stormy thunder lightning tempest thunderstorm hurricane 暴风雨 风暴 雷"),
        ("snow", "snow snowed snowing snowy snowflakes blizzard snowstorm 雪 下雪 大雪"),
        ("fog", "fog foggy mist misty haze 雾 大雾"),
        ("overcast", "clouds cloudy overcast 乌云 阴天"), ("clear", "sunny sunshine cloudless sunlight bright-sky 晴 晴天 阳光"),
    ])

    private static let windy: [String: Double] = [
        "breeze": 0.35, "wind": 0.6, "windy": 0.6, "gust": 0.75, "gusts": 0.75, "gale": 0.9, "风": 0.55, "大风": 0.8,
    ]

    /// Reads one sentence of narration.
    mutating func read(_ tokens: [Token]) {
        jumped = false
        for position in tokens.indices { readTime(at: position, of: tokens) }
        readSun(tokens)
        readJump(tokens)
        for position in tokens.indices { readWeather(at: position, of: tokens) }
        if let strength = tokens.compactMap({ Self.windy[$0.key] }).max() { wind = strength }
    }

    private mutating func readTime(at position: Int, of tokens: [Token]) {
        let key = tokens[position].key
        guard let hour = Self.times[key] ?? Self.times[String(key.dropLast(key.hasSuffix("s") ? 1 : 0))] else { return }
        let before = position > 0 ? tokens[position - 1].key : ""
        // Other nights, and nights that are only compared with.
        guard !["last", "every", "each", "yesterday", "other", "like", "good", "next-to"].contains(before),
            !tokens[position].isPossessive
        else { return }
        if position > 1, tokens[position - 2].key == "like" { return }
        // "all night long": it is night, as before.
        if hour != time { jumped = true }
        if ["next", "下"].contains(before) { jumped = true }
        time = hour
    }

    /// "The sun was setting", "it grew dark".
    private mutating func readSun(_ tokens: [Token]) {
        let keys = tokens.map(\.key)
        let falls: Set<String> = ["set", "setting", "sank", "sinking", "down"]
        let rises: Set<String> = ["rose", "rising", "up", "rise"]
        let next: String?
        if keys.contains("sun"), keys.contains(where: falls.contains) {
            next = "sunset"
        } else if keys.contains("sun"), keys.contains(where: rises.contains) {
            next = "dawn"
        } else if keys.contains("天黑") || keys.contains("天黑了") || keys.contains("dark"),
            keys.contains(where: ["grew", "got", "became", "getting", "growing", "was"].contains), keys.contains("it")
        {
            next = "night"
        } else if keys.contains("moon") || keys.contains("stars") || keys.contains("月亮") || keys.contains("星星") {
            next = time == "dusk" || time == "night" ? time : "night"
        } else {
            next = nil
        }
        guard let next else { return }
        if next != time { jumped = true }
        time = next
    }

    /// "Years later", "The next day".
    private mutating func readJump(_ tokens: [Token]) {
        let opening = tokens.prefix(4).map(\.key)
        let spans: Set<String> = [
            "years", "days", "weeks", "months", "hours", "minutes", "year", "week", "month", "day", "hour", "morning",
            "evening", "afternoon", "night", "spring", "summer", "autumn", "winter",
        ]
        let isLater = tokens.prefix(7).map(\.key).adjacent { spans.contains($0) && ["later", "after"].contains($1) }
        let isNext =
            opening.first == "the" && opening.dropFirst().first == "next"
            && opening.dropFirst(2).first.map { spans.contains($0) } ?? false
        guard isLater || isNext || isHour(tokens) else { return }
        jumped = true
        if isNext, time == "night" { time = "day" }
    }

    /// "By seven the vents were ticking", "At noon they met again".
    private func isHour(_ tokens: [Token]) -> Bool {
        guard tokens.count > 2, ["by", "at", "towards"].contains(tokens[0].key) else { return false }
        let hours: Set<String> = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "noon",
            "midnight", "dusk", "dawn", "nightfall", "sunset", "sunrise", "half", "evening",
        ]
        return hours.contains(tokens[1].key)
    }

    private mutating func readWeather(at position: Int, of tokens: [Token]) {
        guard let found = Self.weathers[tokens[position].key] else { return }
        let before = tokens[max(0, position - 2)..<position].map(\.key)
        guard !before.contains("no"), !before.contains("like"), !before.contains("没有") else { return }
        let after = tokens[(position + 1)...].prefix(4).map(\.key)
        let ends: Set<String> = [
            "stopped", "stop", "passed", "ended", "lifted", "cleared", "gone", "over", "died", "停", "停了", "melted",
            "melting",
        ]
        if found != "clear", after.contains(where: ends.contains) {
            weather = "clear"
            wind = 0.2
            return
        }
        if found == "rain", weather == "storm", tokens[position].key != "rain" { return }
        weather = found
        if found == "storm" { wind = max(wind, 0.8) }
        if found == "clear" { wind = min(wind, 0.3) }
    }

    /// A calm sea or a new morning leave the night's storm behind.
    mutating func settle(_ tokens: [Token]) {
        let keys = Set(tokens.map(\.key))
        if !keys.isDisjoint(with: ["calm", "cleared", "still", "平静"]),
            jumped || keys.contains("sea") || keys.contains("sky"), weather != "snow"
        {
            weather = "clear"
            wind = 0.15
        } else if jumped, ["dawn", "morning"].contains(time), !tokens.contains(where: { Self.weathers[$0.key] != nil }),
            weather != "snow"
        {
            weather = "clear"
            wind = 0.2
        }
    }

    func light(mood: String) -> ShotDSL.Light {
        let amount =
            switch weather {
            case "storm": 0.9
            case "rain", "snow": 0.7
            default: 0.5
            }
        return ShotDSL.Light(time: time, weather: weather, amount: amount, wind: wind, mood: mood)
    }
}

extension [String] {
    fileprivate func adjacent(_ isMeant: (String, String) -> Bool) -> Bool {
        zip(self, dropFirst()).contains(where: isMeant)
    }
}
