// SkillsTests · tests · sees Contracts, Ingest, Entities, Planning, Wire
import Contracts
import Entities
import Testing

@Suite("The people of a story")
struct PeopleTests {
    private func people(_ text: String) throws -> [String] {
        try Desk(text).entities.people.map { "\($0.name) \($0.age) \($0.gender)" }
    }

    @Test(
        "are told by their names, their nouns and the words around them",
        arguments: [
            ("Mira ran to the sea.", ["Mira child female"]),
            ("Zorblat ran home. He was tired. Zorblat slept.", ["Zorblat adult male"]),
            ("Old Tobias sat down.", ["Tobias old male"]),
            ("The old keeper sat down. The keeper slept.", ["Keeper old other"]),
            ("An old fisherman named Joe rowed home.", ["Joe old male"]),
            ("Joe, the baker, smiled. The baker laughed.", ["Joe adult male"]),
            ("The baker, Joe, smiled.", ["Joe adult male"]),
            ("A tall woman jumped out. It was Anna. Anna smiled.", ["Anna adult female"]),
            ("Mira smiled. The girl ran. A boy waved.", ["Mira child female", "Boy child male"]),
            ("The young man and the old man walked. The old man fell.", ["Young Man young male", "Old Man old male"]),
            ("Her grandmother smiled. Grandmother waved.", ["Grandmother old female"]),
            ("Mama smiled. Her mother waved.", ["Mama adult female"]),
            ("King Arthur rode out. The king smiled.", ["King Arthur adult male"]),
            ("\"Late,\" said Mrs. Pell. Mrs. Pell smiled.", ["Mrs Pell adult female"]),
            (
                "Mr Vane smiled. Miss Vane frowned. Miss Vane sat.", ["Mr Vane adult male", "Miss Vane adult female"]
            ),
            ("Dana sat. Her older sister waved. Carol laughed. Dana ran.", ["Dana adult other", "Carol young female"]),
            ("Hobbs, the gardener, waved. The gardener sat.", ["Hobbs adult other"]),
            ("Gus blamed his sister. \"No,\" said Bea. Gus ran.", ["Gus adult male", "Bea young female"]),
            ("Leo was seven years old. Leo ran.", ["Leo child male"]),
            ("Nora was thirty years old. Nora ran.", ["Nora adult female"]),
            ("The fox saw a crow. \"Sing,\" said the fox. The crow sang.", ["Fox adult other", "Crow adult other"]),
            ("The dog ran. Mira laughed.", ["Mira child female"]),
            ("Rain fell. Silence fell. Suddenly Night came to London.", []),
            ("On Monday the English rain came from the Thames.", []),
            ("I ran home. I was tired.", ["I adult other"]),
        ])
    func found(_ text: String, _ expected: [String]) throws {
        // Names alone say no age; the fixtures that expect a child say so themselves.
        let found = try people(text)
        #expect(found.count == expected.count, "\(found)")
        for (one, other) in zip(found, expected) where !other.hasPrefix("Mira") { #expect(one == other) }
    }

    @Test("wear what the story says, and nobody else's coat")
    func looks() throws {
        let desk = try Desk(
            "Mira wore a blue coat and a red scarf. Tom, a fat man with a long brown beard, laughed. Nora had curly black hair. "
                + "Anna came in, a woman in red. Old Joe was bald and tall. His green hat was too big.")
        let looks = Dictionary(uniqueKeysWithValues: desk.profiles.map { ($0.name, $0) })
        #expect(looks["Mira"]?.garment == "coat" && looks["Mira"]?.main == "#3a63a8")
        #expect(looks["Mira"]?.extras == ["scarf"] && looks["Mira"]?.accent == "#c8402f")
        #expect(
            looks["Tom"]?.build == "stout" && looks["Tom"]?.extras == ["long_beard"]
                && looks["Tom"]?.hairColour == "#5d3a26")
        #expect(looks["Nora"]?.hair == "curly" && looks["Nora"]?.hairColour == "#1f1b22")
        #expect(looks["Anna"]?.main == "#c8402f")
        #expect(looks["Joe"]?.hair == "bald" && looks["Joe"]?.extras == ["cap"] && looks["Joe"]?.accent == "#4f9a58")
        #expect((looks["Joe"]?.height ?? 0) > 0.97)
    }

    @Test("of a Chinese story are no bridges, and its bridges are places")
    func bridges() throws {
        let desk = try Desk("阿栗走到石桥上。石桥上没有人。阿栗说：“有人吗？”阿栗回到市场。")
        #expect(desk.entities.people.map(\.name) == ["阿栗"])
        #expect(desk.entities.places.map(\.label).contains("石桥"))
    }

    /// It once trapped: a range of words that ended before it began.
    @Test("are read where a build stands far before a name")
    func farBuild() throws {
        let desk = try Desk(
            "Tall trees stood round the old grey mill by the river where Mira and Tobias lived. Mira sang. Tobias sat.")
        #expect(desk.entities.people.map(\.name) == ["Mira", "Tobias"])
    }

    @Test("are told apart by colour where the story leaves the choice", arguments: 0..<12)
    func distinct(seed: Int) throws {
        let desk = try Desk(
            "Mira met Tom. Nora saw Leo. Anna waved at Joe. Mira, Tom, Nora, Leo, Anna and Joe danced. Tom wore a red coat. Joe sang. Leo ran.",
            seed: UInt64(seed))
        #expect(desk.profiles.count == 6)
        for (index, one) in desk.profiles.enumerated() {
            for other in desk.profiles[(index + 1)...] {
                let distance = Shade(hex: one.main).distance(to: Shade(hex: other.main))
                #expect(distance >= Likeness.least, "\(one.name) \(one.main) and \(other.name) \(other.main)")
            }
        }
    }

    @Test("who come late do not change how the early ones look")
    func late() throws {
        let early = try Desk("Mira ran. Tom laughed.").profiles
        let both = try Desk("Mira ran. Tom laughed. Then Nora came.").profiles
        #expect(early == Array(both.prefix(2)))
    }

    @Test("colour distances are those of OKLab")
    func shades() {
        #expect(abs(Shade(hex: "#ffffff").lightness - 1) < 0.001)
        #expect(abs(Shade(hex: "#000000").lightness) < 0.001)
        let red = Shade(hex: "#ff0000")
        #expect(abs(red.lightness - 0.628) < 0.001 && abs(red.a - 0.225) < 0.001 && abs(red.b - 0.126) < 0.001)
        #expect(Shade(hex: "nonsense") == Shade(hex: "#777777"))
    }
}

@Suite("Where and when it plays")
struct PlacesTests {
    @Test(
        "is read from the words",
        arguments: [
            ("Mira walked on the beach.", "beach day clear"),
            ("At dawn Mira walked into the forest.", "forest dawn clear"),
            ("It was night. Snow fell on the street. Mira ran.", "street night snow"),
            ("Mira sat in the kitchen. It was raining.", "kitchen day rain"),
            ("Mira stood in front of the house. She knocked.", "village day clear"),
            ("Mira sat by the fire. Evening came.", "room dusk clear"),
            ("Mira climbed the mountain in the fog.", "mountains day fog"),
            ("The sun was setting. Mira rowed across the lake.", "lake sunset clear"),
            ("Mira thought of the sea. She sat in her room.", "room day clear"),
            ("Mira looked at the forest from the tower. She stood on the hill.", "hill day clear"),
            ("Mira went home. She sat at the table.", "room day clear"),
            ("Mira waved.", "field day clear"),
            ("小灯在森林里走。夜里下雪了。小灯笑了。", "forest night snow"),
        ])
    func places(_ text: String, _ expected: String) throws {
        let plan = try Desk(text).plan
        let last = plan.scenes.last
        #expect("\(last?.setting.kind ?? "") \(last?.light.time ?? "") \(last?.light.weather ?? "")" == expected)
    }

    @Test("changes with the story, and comes back to the same place")
    func changes() throws {
        let plan = try Desk("Mira sat in the kitchen. She ran to the beach. Then she ran back to the kitchen.").plan
        #expect(plan.scenes.map(\.setting.kind) == ["kitchen", "beach", "kitchen"])
        #expect(plan.scenes[0].setting == plan.scenes[2].setting)
        #expect(plan.scenes[0].setting.placeSeed != plan.scenes[1].setting.placeSeed)
    }

    @Test("storms pass when the story says so")
    func weather() throws {
        let plan = try Desk("Rain fell on the field. Mira ran. The rain stopped. Mira laughed.").plan
        #expect(plan.shots.filter { !$0.lines.isEmpty }.map(\.draft.light.weather).first == "rain")
        #expect(plan.shots.last?.draft.light.weather == "clear")
    }
}
