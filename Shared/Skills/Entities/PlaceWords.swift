// Entities · pure · sees Contracts, Policies, Ingest

/// What a noun for a place is drawn as.
package struct PlaceWord: Hashable, Sendable {
    package enum Weight: Hashable, Sendable {
        /// A place by itself: forest, kitchen.
        case place
        /// A building: inside it is a room, before it is a street or a hill.
        case building
        /// A thing that only hints at where it stands: hearth, waves.
        case hint
    }

    package var kind: String
    package var variant = ""
    /// What stands in the picture because of the word.
    package var features: [String] = []
    package var weight = Weight.place
    package var isIndoors = false
}

/// Nouns for places, in the words settings are drawn from.
package enum PlaceWords {
    package static func look(_ key: String) -> (noun: String, word: PlaceWord)? {
        if let found = Lemma.noun(key, in: table) { return (found.form, found.meaning) }
        guard key.count > 1, let last = key.last, let word = hanSuffixes[last] else { return nil }
        return (key, word)
    }

    /// What a Chinese compound ends in says what kind of place it is: 修表铺, 汽车站.
    package static let hanSuffixes: [Character: PlaceWord] = [
        "铺": PlaceWord(kind: "shop", isIndoors: true), "店": PlaceWord(kind: "shop", isIndoors: true),
        "馆": PlaceWord(kind: "tavern", isIndoors: true), "楼": PlaceWord(kind: "tavern", isIndoors: true),
        "站": PlaceWord(kind: "station", isIndoors: true), "院": PlaceWord(kind: "courtyard"),
        "场": PlaceWord(kind: "market"), "观": PlaceWord(kind: "temple"), "寺": PlaceWord(kind: "temple"),
        "庙": PlaceWord(kind: "temple"), "桥": PlaceWord(kind: "bridge"), "渡": PlaceWord(kind: "harbour"),
        "洞": PlaceWord(kind: "cave"), "村": PlaceWord(kind: "village"), "镇": PlaceWord(kind: "village"),
        "林": PlaceWord(kind: "forest"), "园": PlaceWord(kind: "garden"), "房": PlaceWord(kind: "room", isIndoors: true),
        "厂": PlaceWord(kind: "room", isIndoors: true), "堂": PlaceWord(kind: "room", isIndoors: true),
        "坊": PlaceWord(kind: "shop", isIndoors: true), "巷": PlaceWord(kind: "street"), "滩": PlaceWord(kind: "beach"),
        "湾": PlaceWord(kind: "beach"), "阁": PlaceWord(kind: "temple"), "亭": PlaceWord(kind: "garden"),
        "室": PlaceWord(kind: "room", isIndoors: true), "屋": PlaceWord(kind: "room", isIndoors: true),
    ]

    package static let table: [String: PlaceWord] = {
        var table: [String: PlaceWord] = [:]
        func add(_ word: PlaceWord, _ list: String) { for noun in words(list) { table[noun] = word } }
        outdoors(add)
        indoors(add)
        hints(add)
        return table
    }()

    private static func outdoors(_ add: (PlaceWord, String) -> Void) {
        add(PlaceWord(kind: "sea", variant: "open"), "sea ocean 大海 海 海面 海上")
        add(
            PlaceWord(kind: "harbour", features: ["boats"]),
            "harbour harbor port pier dock quay jetty wharf landing marina 港口 码头 渡口")
        add(
            PlaceWord(kind: "beach"),
            "beach shore seashore coast sand sands bay cove tideline dunes dune shoreline shingle strand foreshore 海滩 海边 沙滩 岸边"
        )
        add(PlaceWord(kind: "cliff"), "cliff cliffs clifftop headland bluff 悬崖")
        add(PlaceWord(kind: "hill"), "hill hilltop slope hillside 山坡 山丘 小山")
        add(PlaceWord(kind: "mountains"), "mountain mountains mountainside peak summit ridge valley 山 大山 山上 山顶 山谷")
        add(PlaceWord(kind: "forest"), "forest wood woods woodland grove jungle clearing orchard thicket 森林 树林 林子")
        add(
            PlaceWord(kind: "field"),
            "field fields meadow meadows pasture plains prairie grassland moor farm farmland heath ranch paddock corral plantation vineyard 田野 草地 田 草原"
        )
        add(PlaceWord(kind: "field", variant: "wheat"), "wheatfield cornfield 麦田 稻田")
        add(
            PlaceWord(kind: "road", features: ["path"]),
            "road path lane track trail highway crossroads footpath 路 小路 大路 路上")
        add(PlaceWord(kind: "street"), "street streets alley pavement sidewalk avenue corner 街 街道 街上 胡同 巷子")
        add(PlaceWord(kind: "street"), "square plaza marketplace 广场")
        add(PlaceWord(kind: "village"), "village town hamlet 村子 村庄 小镇 镇 村里 村")
        add(PlaceWord(kind: "city_night"), "city 城市 城里")
        add(PlaceWord(kind: "market"), "market bazaar fair 市场 集市")
        add(
            PlaceWord(kind: "river"),
            "河滩 河岸 溪边 river stream brook creek riverbank riverside ford weir marsh swamp 河 河边 小河 溪")
        add(PlaceWord(kind: "lake"), "lake pond lakeside 湖 湖边 池塘")
        add(PlaceWord(kind: "bridge"), "bridge 桥 桥上")
        add(PlaceWord(kind: "garden"), "garden park yard backyard playground 花园 公园 院子 后院 前院")
        add(PlaceWord(kind: "courtyard"), "courtyard 庭院")
        add(PlaceWord(kind: "desert"), "desert 沙漠")
        add(PlaceWord(kind: "snowfield"), "snowfield glacier tundra iceberg 雪地")
        add(PlaceWord(kind: "cave"), "cave cavern den burrow grotto lair tunnel hollow nest 山洞 洞 洞里 洞口")
        add(PlaceWord(kind: "cemetery"), "cemetery graveyard churchyard 墓地")
        add(PlaceWord(kind: "ruins"), "ruins ruin 废墟")
        add(PlaceWord(kind: "battlefield"), "battlefield 战场")
        add(PlaceWord(kind: "rooftop"), "roof rooftop balcony terrace 屋顶 阳台")
        add(PlaceWord(kind: "island"), "island 岛 小岛")
        add(PlaceWord(kind: "space"), "spaceship spacecraft airlock cockpit 太空")
    }

    private static func indoors(_ add: (PlaceWord, String) -> Void) {
        func room(_ kind: String, _ list: String) { add(PlaceWord(kind: kind, isIndoors: true), list) }
        room(
            "room",
            "room chamber parlour parlor attic cellar basement study hallway nursery workshop studio lounge vault conservatory hold bathroom pantry garage laundry ward cell larder loft bunkhouse dormitory barracks 房间 屋里 屋子里 家里 屋内"
        )
        room(
            "room",
            "dining-room drawing-room sitting-room waiting-room living-room dressing-room tack-room engine-room sickroom surgery infirmary clinic cloakroom nursery wheelhouse stateroom wardroom jail jailhouse courtroom schoolroom lobby foyer vestry"
        )
        room("kitchen", "kitchen galley scullery 厨房 灶间")
        room("bedroom", "bedroom 卧室")
        room("classroom", "classroom 教室")
        room("office", "office 办公室")
        room("corridor", "corridor passage 走廊")
        room("stairs", "staircase stairwell 楼梯")
        add(
            PlaceWord(kind: "room", weight: .building, isIndoors: true),
            "house home cottage hut cabin farmhouse flat apartment mansion hotel 房子 家 小屋")
        add(PlaceWord(kind: "lamp_room", weight: .building, isIndoors: true), "lighthouse 灯塔")
        add(
            PlaceWord(kind: "room", weight: .building, isIndoors: true),
            "tower mill windmill barn stable stables livery shed bungalow farmhouse courthouse library hospital museum lodge villa manor greenhouse factory warehouse theatre theater gym 塔"
        )
        add(
            PlaceWord(kind: "tavern", weight: .building, isIndoors: true),
            "tavern saloon inn pub cafe café bar restaurant teahouse diner canteen 酒馆 客栈 茶馆")
        add(
            PlaceWord(kind: "shop", weight: .building, isIndoors: true),
            "shop store bakery bookshop hardware grocery pharmacy butchery bank market-hall 商店 店 铺子")
        add(PlaceWord(kind: "palace", weight: .building, isIndoors: true), "palace throne hall ballroom 宫殿 皇宫 大殿")
        add(PlaceWord(kind: "castle", weight: .building, isIndoors: true), "castle fortress dungeon 城堡")
        add(PlaceWord(kind: "church", weight: .building, isIndoors: true), "church chapel cathedral 教堂")
        add(PlaceWord(kind: "temple", weight: .building, isIndoors: true), "temple shrine monastery 寺庙 庙")
        add(PlaceWord(kind: "classroom", weight: .building, isIndoors: true), "school 学校")
        add(PlaceWord(kind: "station", weight: .building, isIndoors: true), "station platform airport 车站 站台")
        add(
            PlaceWord(kind: "train", weight: .building, isIndoors: true),
            "train carriage compartment car truck van bus taxi cab wagon 火车 车厢 汽车")
        add(PlaceWord(kind: "ship", variant: "deck"), "ship deck 船上 甲板 船舱")
    }

    private static func hints(_ add: (PlaceWord, String) -> Void) {
        func inRoom(_ features: [String], _ list: String) {
            add(PlaceWord(kind: "room", features: features, weight: .hint, isIndoors: true), list)
        }
        inRoom(["fireplace"], "fire fireplace hearth stove 炉火 火炉 壁炉")
        inRoom(["window"], "window windowsill 窗 窗户 窗边 窗前")
        inRoom([], "table armchair bed ceiling floor rug carpet sofa desk cupboard 桌子 床 椅子 桌上 床上")
        inRoom(["stairs"], "stairs")
        add(PlaceWord(kind: "sea", variant: "open", weight: .hint), "wave waves horizon 海浪 波浪")
        add(PlaceWord(kind: "forest", weight: .hint), "trees")
        add(
            PlaceWord(kind: "ship", variant: "deck", weight: .hint),
            "helm mast sails rigging bowsprit gangway porthole bulkhead 桅杆 船帆")
        add(PlaceWord(kind: "field", weight: .hint), "grass")
    }

    /// Words that stand in the picture of whatever place it is.
    package static let features: [String: String] = [
        "lighthouse": "lighthouse", "灯塔": "lighthouse", "fireplace": "fireplace", "hearth": "fireplace",
        "炉火": "fireplace",
        "window": "window", "窗": "window", "窗户": "window", "bridge": "bridge", "桥": "bridge", "path": "path",
        "mill": "windmill", "windmill": "windmill", "castle": "castle", "church": "church", "river": "river",
        "cottage": "house",
        "house": "house", "boats": "boats", "ships": "boats", "flowers": "flowers", "snow": "snow_caps", "moon": "moon",
        "月亮": "moon", "stars": "stars", "星星": "stars", "bookshelf": "books", "books": "books", "lanterns": "lanterns",
    ]

    /// Features that a place of this kind may show; a lighthouse does not stand in a kitchen.
    package static func admits(_ feature: String, in kind: String, isIndoors: Bool) -> Bool {
        switch feature {
        case "fireplace", "window", "books", "stairs": isIndoors
        case "moon", "stars": !isIndoors
        case "boats": ["sea", "beach", "harbour", "lake", "river"].contains(kind)
        case "snow_caps": kind == "mountains"
        default: !isIndoors && feature != kind
        }
    }
}
