// Sound · pure · sees Contracts, Policies

extension Soundscape {
    /// Any of these words makes this sound.
    struct Entry: Sendable {
        let words: [String]
        let layer: Layer

        init(_ words: String, _ place: PlaceSound, force: Double, level: Double) {
            self.words = Soundscape.list(words)
            layer = Layer(place: place, force: force, level: level)
        }
    }

    static let hours = list("night dusk midnight evening 夜 晚")
    static let wet = list("rain storm drizzle 雨")
    static let cold = list("snow winter ice 雪 冬")

    static let indoors = list(
        """
        room house kitchen bedroom cabin cottage hut office library school classroom hall palace temple church inn tavern \
        shop workshop hospital cave cellar attic corridor prison interior study theatre theater restaurant lab laboratory \
        spaceship 屋 房 厅 殿 店 庙 寺 洞 室
        """)

    /// In the order in which they are heard; three at most make a place.
    static let places = [
        Entry(
            """
            sea ocean beach shore coast harbor harbour pier island cliff lighthouse boat boats ship waves 海 港 岛 船
            """, .sea, force: 0.5, level: 0),
        Entry("river stream brook creek waterfall fountain canal 河 溪 瀑 江 泉", .stream, force: 0.5, level: 0),
        Entry(
            """
            forest wood woods grove jungle garden park meadow field farm village lake pond orchard valley 林 园 田 村 湖 谷 草原
            """, .forest, force: 0.4, level: 0),
        Entry(
            """
            market square fair crowd tavern inn festival theatre theater restaurant station 市场 广场 集市 酒馆 客栈 人群
            """, .crowd, force: 0.4, level: -1),
        Entry(
            "city highway traffic car cars train metro skyscraper skyscrapers modern 都市 汽车", .city, force: 0.3, level: 0
        ),
        // A street of a story may lie in any century: people, not cars.
        Entry("street town avenue 街 镇 城", .crowd, force: 0.1, level: -6),
        Entry("fire fireplace campfire hearth forge bonfire stove 火 炉", .fire, force: 0.4, level: -4),
        Entry(
            """
            mountain mountains peak desert hill hills plain steppe tower bridge sky ruins ice road rooftop 山 漠 塔 桥 天空 云 路
            """, .wind, force: 0.4, level: -2),
    ]

    static let weather = [
        Entry("storm thunderstorm tempest 暴风 风暴", .rain, force: 0.9, level: 0),
        Entry("storm gale blizzard tempest 暴风 风暴", .wind, force: 0.9, level: 0),
        Entry("rain drizzle 雨", .rain, force: 0.4, level: 0),
        Entry("wind windy 风", .wind, force: 0.6, level: 0),
        Entry("snow fog mist 雪 雾", .wind, force: 0.25, level: -4),
    ]

    private static func list(_ words: String) -> [String] { words.split(separator: " ").map(String.init) }
}
