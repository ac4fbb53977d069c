// Sound · pure · sees Contracts, Policies

extension Soundscape {
    typealias Entry = (words: [String], layer: Layer)

    static let hours = ["night", "dusk", "midnight", "evening", "夜", "晚"]

    static let indoors = [
        "room", "house", "kitchen", "bedroom", "cabin", "cottage", "hut", "office", "library", "school", "classroom",
        "hall", "palace", "temple", "church", "inn", "tavern", "shop", "workshop", "hospital", "cave", "cellar",
        "attic",
        "corridor", "prison", "interior", "study", "theatre", "theater", "restaurant", "lab", "laboratory", "spaceship",
        "屋", "房", "厅", "殿", "店", "庙", "寺", "洞", "教室", "室",
    ]

    /// In the order in which they are heard; three at most make a place.
    static let places: [Entry] = [
        (
            [
                "sea", "ocean", "beach", "shore", "coast", "harbor", "harbour", "pier", "island", "cliff", "lighthouse",
                "boat",
                "boats", "ship", "waves", "海", "港", "岛", "船",
            ], Layer(place: .sea, force: 0.5, level: 0)
        ),
        (
            ["river", "stream", "brook", "creek", "waterfall", "fountain", "canal", "河", "溪", "瀑", "江", "泉"],
            Layer(place: .stream, force: 0.5, level: 0)
        ),
        (
            [
                "forest", "wood", "woods", "grove", "jungle", "garden", "park", "meadow", "field", "farm", "village",
                "lake",
                "pond", "orchard", "valley", "林", "园", "田", "村", "湖", "谷", "草原",
            ], Layer(place: .forest, force: 0.4, level: 0)
        ),
        (
            [
                "market", "square", "fair", "crowd", "tavern", "inn", "festival", "theatre", "theater", "restaurant",
                "station",
                "市场", "广场", "集市", "酒馆", "客栈", "人群",
            ], Layer(place: .crowd, force: 0.4, level: -1)
        ),
        (
            ["city", "street", "road", "avenue", "rooftop", "highway", "town", "城", "街", "路"],
            Layer(place: .city, force: 0.3, level: 0)
        ),
        (
            ["fire", "fireplace", "campfire", "hearth", "forge", "bonfire", "stove", "火", "炉"],
            Layer(place: .fire, force: 0.4, level: -4)
        ),
        (
            [
                "mountain", "mountains", "peak", "desert", "hill", "hills", "plain", "steppe", "tower", "bridge", "sky",
                "ruins",
                "ice", "山", "漠", "塔", "桥", "天空", "云",
            ], Layer(place: .wind, force: 0.4, level: 0)
        ),
    ]

    static let weather: [Entry] = [
        (["storm", "thunderstorm", "tempest", "暴风", "风暴"], Layer(place: .rain, force: 0.9, level: 0)),
        (["storm", "gale", "blizzard", "tempest", "暴风", "风暴"], Layer(place: .wind, force: 0.9, level: 0)),
        (["rain", "drizzle", "雨"], Layer(place: .rain, force: 0.4, level: 0)),
        (["wind", "windy", "风"], Layer(place: .wind, force: 0.6, level: 0)),
        (["snow", "fog", "mist", "雪", "雾"], Layer(place: .wind, force: 0.25, level: -4)),
    ]
}
