// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// Nouns for things, in the words props are drawn from.
enum Properties {
    struct Thing: Hashable, Sendable {
        var kind: String
        /// Where it stands when nobody holds it.
        var x: Double
        var depth: Double
        var scale: Double
        /// Where it may stand.
        var home: Home
        /// May be in somebody's hand.
        var isHeld: Bool

        init(_ kind: String, x: Double, depth: Double, scale: Double = 1, home: Home = .anywhere, isHeld: Bool = false)
        {
            self.kind = kind
            self.x = x
            self.depth = depth
            self.scale = scale
            self.home = home
            self.isHeld = isHeld
        }
    }

    enum Home: Hashable, Sendable {
        case indoors
        case outdoors
        case water
        case anywhere
    }

    static func look(_ key: String) -> Thing? { Lemma.noun(key, in: table)?.meaning }

    static let table: [String: Thing] = {
        var table: [String: Thing] = [:]
        func held(_ kind: String, _ list: String) {
            for word in words(list) { table[word] = Thing(kind, x: 0.5, depth: 0.1, isHeld: true) }
        }
        func stands(_ list: String, _ thing: Thing) {
            for word in words(list) { table[word] = thing }
        }
        for kind in words(
            "umbrella basket book cup bowl bottle kite flower sword staff key ring coin bread phone map flag candle rope"
        ) {
            held(kind, kind)
        }
        held("lantern", "lantern torch 灯笼 提灯 灯")
        held("lamp", "lamp 油灯 台灯")
        held("letter", "letter note envelope postcard parcel 信 纸条")
        held("book", "diary notebook newspaper 书 本子")
        held("flower", "rose tulip daisy bouquet sunflower 花")
        held("basket", "bucket pail 篮子 桶")
        held("bag", "bag sack suitcase backpack satchel 包 袋子")
        held("box", "box gift 盒子 箱子")
        held("umbrella", "伞 雨伞")
        held("kite", "风筝")
        held("cup", "mug glass teacup 杯子 茶")
        held("bowl", "碗 soup")
        held("ball", "ball 球")
        held("toy", "doll toy puppet 玩具")
        held("mirror", "mirror 镜子")
        held("stone", "stone pebble shell seashell 石头 贝壳")
        stands("table desk 桌子", Thing("table", x: 0.49, depth: 0.3, home: .indoors))
        stands("chair armchair stool 椅子", Thing("chair", x: 0.3, depth: 0.2, home: .indoors))
        stands("bed 床", Thing("bed", x: 0.72, depth: 0.35, home: .indoors))
        stands("clock 钟", Thing("clock", x: 0.8, depth: 0.5, home: .indoors))
        stands("door doorway gate doorstep 门", Thing("door", x: 0.84, depth: 0.25))
        stands("fire campfire bonfire 篝火", Thing("fire", x: 0.5, depth: 0.12, home: .outdoors))
        stands("bench 长椅", Thing("bench", x: 0.36, depth: 0.2, home: .outdoors))
        stands("tree oak willow pine maple birch 树 大树 柳树", Thing("tree", x: 0.8, depth: 0.3, home: .outdoors))
        stands(
            "boat ship sailboat rowboat canoe raft 船 小船 渔船",
            Thing("boat", x: 0.62, depth: 0.5, scale: 1.1, home: .water))
        stands("fence 篱笆", Thing("fence", x: 0.75, depth: 0.4, home: .outdoors))
        stands("well-mouth 井", Thing("well", x: 0.7, depth: 0.3, home: .outdoors))
        stands("cart wagon carriage 车", Thing("cart", x: 0.7, depth: 0.3, home: .outdoors))
        stands("statue 雕像", Thing("statue", x: 0.7, depth: 0.4))
        stands("grave gravestone tombstone 坟", Thing("grave", x: 0.5, depth: 0.3, home: .outdoors))
        stands("counter 柜台", Thing("counter", x: 0.55, depth: 0.35, home: .indoors))
        stands("dog puppy hound 狗 小狗", Thing("dog", x: 0.7, depth: 0.08))
        stands("cat kitten 猫 小猫", Thing("cat", x: 0.28, depth: 0.1))
        stands("horse pony donkey 马", Thing("horse", x: 0.72, depth: 0.2, home: .outdoors))
        stands("bird sparrow robin gull seagull crow 鸟 小鸟", Thing("bird", x: 0.7, depth: 0.3, home: .outdoors))
        stands("fish 鱼", Thing("fish", x: 0.6, depth: 0.1, home: .water))
        stands("sheep lamb 羊", Thing("sheep", x: 0.72, depth: 0.35, home: .outdoors))
        return table
    }()

    /// Things that people look up to.
    static let flying: Set<String> = ["kite", "bird"]
    /// Things that stood there before anybody came.
    static let furniture: Set<String> = [
        "table", "chair", "bed", "clock", "counter", "door", "bench", "tree", "fence", "well", "statue", "grave",
    ]
    /// Things that give light, and so have a state.
    static let lights: Set<String> = ["lamp", "lantern", "candle", "fire"]
    /// Things that stand on a table when there is one.
    static let tableware: Set<String> = [
        "lamp", "cup", "bowl", "bottle", "book", "letter", "candle", "lantern", "bread", "map", "box", "flower",
    ]
}
