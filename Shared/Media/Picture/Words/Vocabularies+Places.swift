// Picture · pure · sees Contracts, Policies
import Contracts

extension Vocabularies {
    /// Places with a recipe of their own, and the ones that are a variant of such a recipe.
    static let places = Vocabulary<PlaceWord>(
        exact: exactPlaces, aliases: placeAliases, generic: PlaceWord(.field), list: ShotWords.settings, name: \.name)

    private static var exactPlaces: [String: PlaceWord] {
        var exact: [String: PlaceWord] = [:]
        for kind in PlaceKind.allCases { exact[kind.rawValue] = PlaceWord(kind) }
        for (word, place) in keptPlaces { exact[word] = place }
        return exact
    }

    /// Words of the contract that a recipe draws as they are meant, in one of its variants.
    fileprivate static let keptPlaces: [(word: String, place: PlaceWord)] = [
        ("beach", PlaceWord(.shore, "beach")),
        ("cliff", PlaceWord(.shore, "cliff")),
        ("lake", PlaceWord(.shore, "lake")),
        ("river", PlaceWord(.shore, "lake")),
        ("ship", PlaceWord(.sea, "ship")),
        ("road", PlaceWord(.field, "", ["road"])),
        ("desert", PlaceWord(.field, "sand")),
        ("snowfield", PlaceWord(.field, "snow")),
        ("sky", PlaceWord(.hill, "", ["stars"])),
        ("market", PlaceWord(.street, "", ["market"])),
        ("kitchen", PlaceWord(.room, "kitchen")),
        ("bedroom", PlaceWord(.room, "bedroom")),
        ("tavern", PlaceWord(.room, "tavern")),
        ("shop", PlaceWord(.room, "shop")),
    ]

    private static let placeAliases: [String: PlaceWord] = {
        var words: [String: PlaceWord] = [:]
        func add(_ place: PlaceWord, _ names: [String]) {
            for name in names { words[name] = place }
        }
        addRooms(add)
        addTowers(add)
        addStreets(add)
        addNature(add)
        addWater(add)
        return words
    }()

    private static func addRooms(_ add: (PlaceWord, [String]) -> Void) {
        add(
            PlaceWord(.room),
            [
                "house", "home", "cottage", "cabin", "hut", "parlour", "parlor", "living_room", "apartment", "interior",
                "indoors", "inside", "train", "carriage", "tower", "museum", "屋", "屋里", "屋内", "房间", "屋子", "家", "室",
                "客厅", "小屋",
            ])
        add(PlaceWord(.room, "kitchen"), ["bakery", "厨房"])
        add(PlaceWord(.room, "bedroom"), ["chamber", "hospital", "ward", "nursery", "卧室", "病房"])
        add(
            PlaceWord(.room, "tavern"),
            ["inn", "pub", "bar", "cafe", "restaurant", "酒馆", "客栈", "酒店", "饭馆", "茶馆"])
        add(
            PlaceWord(.room, "study"),
            ["study", "library", "office", "classroom", "school", "bookshop", "书房", "图书馆", "教室", "学校", "办公室"])
        add(
            PlaceWord(.room, "hall"),
            ["hall", "palace", "throne_room", "temple", "church", "castle", "corridor", "宫殿", "大厅", "寺庙", "教堂", "城堡"])
        add(
            PlaceWord(.room, "shop"),
            ["store", "workshop", "studio", "stairs", "attic", "cellar", "店", "铺", "作坊"])
    }

    private static func addTowers(_ add: (PlaceWord, [String]) -> Void) {
        add(PlaceWord(.room, "lamp_room", ["sea"]), ["lamp_room", "lantern_room", "lighthouse_room", "灯室"])
    }

    private static func addStreets(_ add: (PlaceWord, [String]) -> Void) {
        add(
            PlaceWord(.street),
            ["town", "alley", "lane", "square", "plaza", "station", "街", "街道", "大街", "巷", "广场", "车站"])
        add(PlaceWord(.street, "", ["city"]), ["city", "city_night", "rooftop", "downtown", "城市", "城"])
        add(PlaceWord(.street, "", ["market"]), ["bazaar", "fair", "市场", "集市"])
        add(PlaceWord(.village), ["hamlet", "farm", "courtyard", "yard", "farmyard", "村", "村庄", "村子", "农场", "院子"])
        add(
            PlaceWord(.harbour), ["harbor", "port", "dock", "docks", "quay", "pier", "wharf", "jetty", "港口", "码头", "港"])
    }

    private static func addNature(_ add: (PlaceWord, [String]) -> Void) {
        add(PlaceWord(.forest), ["wood", "woods", "woodland", "jungle", "grove", "orchard", "森林", "树林", "林", "丛林"])
        add(
            PlaceWord(.field),
            [
                "meadow", "plain", "grassland", "prairie", "battlefield", "pasture", "outdoors", "outside", "田野", "草地",
                "田", "草原",
                "原野",
            ])
        add(PlaceWord(.field, "wheat"), ["wheat_field", "cornfield", "麦田"])
        add(PlaceWord(.field, "", ["road"]), ["path", "way", "highway", "crossroads", "路", "道路", "小路"])
        add(PlaceWord(.field, "sand"), ["dune", "dunes", "沙漠"])
        add(PlaceWord(.field, "snow"), ["tundra", "雪原", "雪地"])
        add(PlaceWord(.garden), ["park", "花园", "公园", "园"])
        add(
            PlaceWord(.mountains),
            ["mountain", "peak", "valley", "pass", "summit", "canyon", "山", "高山", "山顶", "山谷", "山脉"])
        add(
            PlaceWord(.hill),
            ["hilltop", "knoll", "night_sky", "cemetery", "graveyard", "ruins", "小山", "山坡", "山丘", "天空"])
        add(
            PlaceWord(.limbo, "dark"), ["cave", "tunnel", "underwater", "space", "void", "dream", "nowhere", "山洞", "梦"])
    }

    private static func addWater(_ add: (PlaceWord, [String]) -> Void) {
        add(PlaceWord(.sea), ["ocean", "open_sea", "waves", "bay", "海", "大海", "海上", "海洋"])
        add(PlaceWord(.sea, "ship"), ["deck", "boat", "船", "船上"])
        add(PlaceWord(.shore, "beach"), ["seaside", "coast", "sand", "island", "海边", "沙滩", "海滩", "海岸", "岛"])
        add(PlaceWord(.shore, "cliff"), ["cliffs", "headland", "rocks", "lighthouse", "悬崖", "灯塔"])
        add(
            PlaceWord(.shore, "lake"),
            [
                "riverbank", "pond", "stream", "bridge", "waterfall", "河", "河边", "湖", "湖边", "江", "桥",
                "溪",
            ])
    }

    /// Whether an unknown word means somewhere with walls.
    static func soundsIndoors(_ word: String) -> Bool {
        let plain = Vocabulary<PlaceWord>.plain(word)
        let endings = ["room", "hall", "house", "office", "shop", "chamber", "屋", "室", "房", "厅", "店", "馆"]
        return endings.contains { plain.contains($0) }
    }
}

extension PlaceWord {
    /// The contract's word for it.
    var name: String { Vocabularies.keptPlaces.first { $0.place == self }?.word ?? kind.rawValue }
}
