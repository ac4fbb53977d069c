// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// Nouns for things, in the words props are drawn from.
enum Properties {
    struct Thing: Hashable, Sendable {
        var kind: String
        /// May be in somebody's hand.
        var isHeld: Bool
        /// Where it stands when nobody holds it.
        var x: Double
        var depth: Double
        var scale = 1.0
        /// Only indoors, only outdoors, or anywhere.
        var home = Home.anywhere
    }

    enum Home: Hashable, Sendable {
        case indoors
        case outdoors
        case water
        case anywhere
    }

    static func look(_ key: String) -> Thing? { Lemma.look(key, in: table)?.meaning }

    static let table: [String: Thing] = {
        var table: [String: Thing] = [:]
        func held(_ kind: String, _ list: String) {
            for word in words(list) { table[word] = Thing(kind: kind, isHeld: true, x: 0.5, depth: 0.1) }
        }
        func stands(
            _ kind: String, _ list: String, x: Double, depth: Double, scale: Double = 1, _ home: Home = .anywhere
        ) {
            for word in words(list) {
                table[word] = Thing(kind: kind, isHeld: false, x: x, depth: depth, scale: scale, home: home)
            }
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
        held("box", "box chest case present gift 盒子 箱子")
        held("umbrella", "伞 雨伞")
        held("kite", "风筝")
        held("cup", "mug glass teacup 杯子 茶")
        held("bowl", "碗 soup")
        held("ball", "ball 球")
        held("toy", "doll toy puppet 玩具")
        held("mirror", "mirror 镜子")
        held("stone", "stone pebble shell seashell 石头 贝壳")
        held("string", "string thread 线")
        stands("table", "table desk 桌子", x: 0.49, depth: 0.3, .indoors)
        stands("chair", "chair armchair stool 椅子", x: 0.3, depth: 0.2, .indoors)
        stands("bed", "bed 床", x: 0.72, depth: 0.35, .indoors)
        stands("clock", "clock 钟", x: 0.8, depth: 0.5, .indoors)
        stands("door", "door doorway gate doorstep 门", x: 0.84, depth: 0.25)
        stands("fire", "campfire bonfire 篝火", x: 0.5, depth: 0.12, .outdoors)
        stands("bench", "bench 长椅", x: 0.36, depth: 0.2, .outdoors)
        stands("tree", "tree oak willow pine maple birch 树 大树 柳树", x: 0.8, depth: 0.3, .outdoors)
        stands("boat", "boat ship sailboat rowboat canoe raft 船 小船 渔船", x: 0.62, depth: 0.5, scale: 1.1, .water)
        stands("fence", "fence 篱笆", x: 0.75, depth: 0.4, .outdoors)
        stands("well", "well-mouth 井", x: 0.7, depth: 0.3, .outdoors)
        stands("cart", "cart wagon carriage 车", x: 0.7, depth: 0.3, .outdoors)
        stands("statue", "statue 雕像", x: 0.7, depth: 0.4)
        stands("grave", "grave gravestone tombstone 坟", x: 0.5, depth: 0.3, .outdoors)
        stands("counter", "counter 柜台", x: 0.55, depth: 0.35, .indoors)
        stands("dog", "dog puppy hound 狗 小狗", x: 0.7, depth: 0.08)
        stands("cat", "cat kitten 猫 小猫", x: 0.28, depth: 0.1)
        stands("horse", "horse pony donkey 马", x: 0.72, depth: 0.2, .outdoors)
        stands("bird", "bird sparrow robin gull seagull crow 鸟 小鸟", x: 0.7, depth: 0.3, .outdoors)
        stands("fish", "fish 鱼", x: 0.6, depth: 0.1, .water)
        stands("sheep", "sheep lamb 羊", x: 0.72, depth: 0.35, .outdoors)
        return table
    }()

    /// Things that give light, and so have a state.
    static let lights: Set<String> = ["lamp", "lantern", "candle", "fire"]
    /// Things that stand on a table when there is one.
    static let tableware: Set<String> = [
        "lamp", "cup", "bowl", "bottle", "book", "letter", "candle", "lantern", "bread", "map", "box", "flower",
    ]
}
