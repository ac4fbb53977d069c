// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Names that a Chinese story uses, found by how they are built and how often they come: nothing parts them from the words
/// beside them.
struct HanNames {
    private(set) var people: [String] = []
    /// 修表铺, 汽车站: whatever stands before the word for the kind of place.
    private(set) var places: [String] = []

    private let text: [Character]
    private var counts: [String: Int] = [:]
    private var order: [String] = []
    private var grams: [String: Int] = [:]

    init(_ story: Story) {
        text = Array(story.paragraphs.map { $0.segments.map(\.text).joined(separator: "。") }.joined(separator: "。"))
        for segment in story.paragraphs.flatMap(\.segments) {
            guard let phrase = segment.attribution, let clause = Attribution.Clause(phrase: phrase) else { continue }
            note(clause.subject, weight: 2)
        }
        countGrams()
        for index in text.indices {
            noteFamiliar(at: index)
            noteKin(at: index)
            noteSurname(at: index)
        }
        people = order.filter { (counts[$0] ?? 0) > 1 }
        let all = people
        people = all.filter { !isPartOfAnother($0, all) }
        places = findPlaces()
    }

    /// How often two and three characters stand together.
    private mutating func countGrams() {
        for index in text.indices where Language.isHan(text[index]) {
            for length in 2...3 where index + length <= text.count && han(index + length - 1) != nil {
                grams[String(text[index..<(index + length)]), default: 0] += 1
            }
        }
    }

    private mutating func note(_ name: String, weight: Int = 1) {
        let isRolePlus = (2..<max(2, name.count)).contains { Roles.role(of: String(name.prefix($0))) != nil }
        guard (2...4).contains(name.count), !isRolePlus, Roles.role(of: name) == nil, !Self.stop.contains(name),
            !["他", "她", "我", "你", "它"].contains(where: name.contains)
        else { return }
        if counts[name] == nil { order.append(name) }
        counts[name, default: 0] += weight
    }

    private func han(_ index: Int) -> Character? {
        text.indices.contains(index) && Language.isHan(text[index]) ? text[index] : nil
    }

    /// True where a clause begins, so that what follows is likely its subject.
    private func opensClause(_ index: Int) -> Bool { index == 0 || han(index - 1) == nil }

    /// 小灯, 阿栗, 老许.
    private mutating func noteFamiliar(at index: Int) {
        guard let first = han(index), "小阿老".contains(first), let second = han(index + 1),
            !Self.functions.contains(second)
        else { return }
        // 小丫头, 老掌柜 are nouns.
        let longer = (2...3).contains { end in
            index + end < text.count && Roles.role(of: String(text[index...(index + end)])) != nil
        }
        if !longer { note(String([first, second])) }
    }

    /// 芬婶, 红姑, 王伯.
    private mutating func noteKin(at index: Int) {
        guard let first = han(index), let second = han(index + 1), "婶姑叔伯婆嫂姐哥姨".contains(second),
            !Self.functions.contains(first), !"婶姑叔伯婆嫂姐哥姨公老外大小二三".contains(first), han(index + 2) != second
        else { return }
        note(String([first, second]))
    }

    /// 许静, 沈既白: a surname and one or two characters that come again together.
    private mutating func noteSurname(at index: Int) {
        guard let first = han(index), Self.surnames.contains(first), let second = han(index + 1),
            !Self.functions.contains(second), opensClause(index)
        else { return }
        let short = String([first, second])
        // 白眉道人.
        let titled = String(text[index..<min(index + 4, text.count)])
        if titled.count == 4, Roles.role(of: String(titled.suffix(2))) != nil { return note(titled, weight: 2) }
        if let third = han(index + 2), !Self.functions.contains(third) {
            let long = short + String(third)
            if occurrences(of: long) > 1, occurrences(of: long) == occurrences(of: short) {
                return note(long, weight: 2)
            }
        }
        if occurrences(of: short) > 1 { note(short, weight: 2) }
    }

    private func occurrences(of word: String) -> Int { grams[word] ?? 0 }

    /// 既白 within 沈既白 is the same; 许静说 around 许静 is no name.
    private func isPartOfAnother(_ name: String, _ all: [String]) -> Bool {
        all.contains { other in
            other != name && other.count < name.count && name.hasPrefix(other)
                && Roles.role(of: String(name.suffix(2))) == nil && (counts[other] ?? 0) >= (counts[name] ?? 0)
        }
    }

    private func findPlaces() -> [String] {
        var found: [String] = []
        for index in text.indices {
            guard let last = han(index), PlaceWords.hanSuffixes[last] != nil else { continue }
            for length in [2, 1] {
                let start = index - length
                guard start >= 0, (start..<index).allSatisfy({ han($0).map { !Self.functions.contains($0) } ?? false })
                else { continue }
                let word = String(text[start...index])
                let isGoneTo = start > 0 && "在到去回进出从往离".contains(text[start - 1])
                let isEntered = index + 1 < text.count && "里外内".contains(text[index + 1])
                guard PlaceWords.table[word] == nil, isGoneTo || isEntered || length == 2 && occurrences(of: word) > 1,
                    !Self.noPlaces.contains(word)
                else { continue }
                if !found.contains(word) { found.append(word) }
                break
            }
        }
        return found
    }

    /// Characters that hold sentences together, and stand in no name.
    private static let functions = Set(
        "的了着过在是和就都也把被给向往到说问道笑看听想走来去又不没很这那个们一上下里外前后与从对为之其而且再还才便只会能要得地"
            + "子时声头手眼心天年月日坐站抬低点摇拿放起回出进")

    private static let surnames = Set(
        "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严魏陶姜戚谢邹喻苏潘葛范彭鲁韦昌苗俞任袁柳史唐薛雷贺倪汤罗郝邬齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵贾江颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万卢莫房解应宗丁邓洪包石崔龚程嵇邢裴陆荣翁甄曲封储靳段焦侯班秋伊宁仇栾刘景叶司黎蒲白"
    )

    /// They end like places and are none. A 石桥 is one, though no person.
    private static let noPlaces: Set<String> = [
        "当场", "立场", "现场", "下场", "上场", "登场", "新房", "二楼", "悲观", "乐观", "参观", "天堂", "亮堂",
    ]

    private static let stop: Set<String> = [
        "小时", "小心", "小声", "小小", "小的", "小路", "小镇", "小山", "小河", "小屋", "小船", "小孩", "老是", "老人", "老师", "老的", "小雨", "小岛",
        "老家", "小鸟", "小狗", "小猫", "老虎", "老鼠", "小店", "大家", "他们", "她们", "我们", "你们", "小女", "小男", "小姑", "老头", "老爷", "老奶",
        "老婆", "许多", "许久", "周围", "周末", "任何", "高兴", "高高", "白天", "白色", "黄色", "万一", "江湖", "田野", "石头", "石桥", "石板", "夏天",
        "秋天", "雷声", "江水", "毛巾", "毛衣", "高声", "黄昏", "蓝色", "林子", "梅花", "白发", "白雪", "石阶", "应该", "应声", "解释", "解开", "何时",
        "何必", "金色", "钟声", "柳树", "叶子", "荣幸", "田里", "康复", "程度", "安静", "剧场", "当场", "立场", "市场", "小院", "小桥", "小楼", "旅店",
    ]
}
