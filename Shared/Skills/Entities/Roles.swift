// Entities · pure · sees Contracts, Policies, Ingest
package import Contracts

/// What a noun for a person says about them.
package struct Role: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// girl, man: says nothing but age and gender.
        case generic
        /// mother, brother: somebody's.
        case kin
        /// keeper, king.
        case trade
        /// fox, crow: a person only where it speaks or acts like one.
        case animal
    }

    package var kind: Kind
    package var gender: Gender?
    package var age: Age?
}

/// Nouns for people.
package enum Roles {
    /// The word all words for the same kin come under: `papa` → `father`.
    package static func canonical(_ key: String) -> String { synonyms[key] ?? key }

    package static func role(of key: String) -> Role? { table[key] }

    package static let table: [String: Role] = {
        var table: [String: Role] = [:]
        func add(_ kind: Role.Kind, _ gender: Gender?, _ age: Age?, _ list: String) {
            for word in words(list) { table[word] = Role(kind: kind, gender: gender, age: age) }
        }
        add(.generic, .female, .child, "girl schoolgirl 少女 女孩 小女孩 姑娘 小姑娘 女孩子")
        add(.generic, .male, .child, "boy schoolboy lad 男孩 小男孩 少年 男孩子")
        add(.generic, nil, .child, "child kid toddler orphan baby 孩子 小孩")
        add(.generic, .female, nil, "woman lady 女人 女子 妇人")
        add(.generic, .female, .young, "maiden lass")
        add(.generic, .male, nil, "man gentleman fellow guy 男人 男子 汉子 壮汉 小伙子")
        // Before a name only: "Mrs Pell".
        add(.generic, .female, nil, "mrs miss ms madam")
        add(.generic, .male, nil, "mr sir mister")
        add(.generic, nil, nil, "stranger traveller traveler visitor guest neighbour neighbor friend person 陌生人 旅人")
        add(.generic, nil, .young, "年轻人 青年")
        add(.generic, .male, .old, "老者 老头儿 老人 老头 老爷爷 老汉")
        add(.generic, .female, .old, "老婆婆 老奶奶 老太太 crone")
        add(.kin, .female, .adult, "mother mum mom mama mommy mummy aunt auntie 妈妈 母亲 娘 阿姨 姑姑 婶婶")
        add(.kin, .male, .adult, "father dad papa daddy uncle 爸爸 父亲 爹 叔叔 舅舅 伯伯")
        add(.kin, .female, .old, "grandmother grandma granny nana 奶奶 外婆 姥姥 祖母 婆婆")
        add(.kin, .male, .old, "grandfather grandpa granddad grandad 爷爷 外公 姥爷 祖父")
        add(.kin, .female, .child, "daughter granddaughter niece 女儿 孙女 妹妹")
        add(.kin, .male, .child, "son grandson nephew 儿子 孙子 弟弟")
        add(.kin, .female, .young, "sister 姐姐")
        add(.kin, .male, .young, "brother 哥哥")
        add(.kin, .female, .adult, "wife bride widow 妻子 媳妇")
        add(.kin, .male, .adult, "husband groom widower 丈夫")
        add(
            .trade, .female, nil,
            "queen witch nurse fisherwoman shepherdess actress waitress seamstress duchess countess 王后 女王 女巫 巫婆")
        add(.trade, .female, .young, "princess 公主")
        add(.trade, .male, .young, "prince 王子")
        add(
            .trade, .male, nil,
            "king wizard fisherman monk priest knight woodcutter woodsman butcher blacksmith postman policeman")
        add(
            .trade, .male, nil,
            "shepherd ferryman boatman milkman coachman emperor duke lord sheriff waiter miller 国王 皇帝 渔夫 樵夫 和尚 将军 书生")
        add(
            .trade, nil, nil,
            "keeper baker teacher doctor dr physician sgt capt captain sailor soldier farmer gardener tailor painter musician merchant"
        )
        add(
            .trade, nil, nil,
            "hunter thief guard driver clockmaker shoemaker cobbler carpenter innkeeper shopkeeper librarian")
        add(
            .trade, nil, nil,
            "conductor pilot poet singer dancer clown beggar servant cook chef student pupil mayor judge")
        add(.trade, nil, nil, "scientist inventor astronaut detective pirate robot ghost giant fairy elf mermaid angel")
        add(
            .trade, nil, nil,
            "watchmaker bookseller weaver potter messenger apprentice lighthouse-keeper fisher 老师 医生 士兵 船长 农夫 商人 守塔人 邮差"
        )
        add(
            .trade, nil, nil,
            "manager inspector sergeant constable commander lieutenant officer agent housekeeper butler maid")
        add(
            .trade, nil, nil,
            "engineer mechanic repairman plumber clerk cashier banker lawyer surgeon vicar bishop abbot caretaker")
        add(
            .trade, nil, nil,
            "principal headmaster bosun mate navigator skipper deckhand smith saddler rancher deputy outlaw gambler barkeep bartender porter"
        )
        add(
            .trade, nil, nil,
            "marshal boatswain drover cowboy prospector trapper preacher headmistress coach professor tutor landlord landlady lodger foreman warden"
        )
        add(.trade, nil, nil, "掌柜 老掌柜 道人 道士 师父 师傅 徒弟 小二 店家 大侠 少侠 船夫 老板 老板娘 司机 警察 校长 经理 邻居 船工 老船工 木匠 铁匠 石匠 郎中")
        add(.trade, nil, nil, "河神 山神 土地公 龙王 神仙 妖怪 精灵 仙女 鬼")
        add(.generic, .female, .child, "丫头 小丫头")
        add(
            .animal, nil, nil,
            "badger otter vole weasel stoat toad newt lizard mole beaver hawk eagle falcon magpie jackdaw rook robin wren"
        )
        add(
            .animal, nil, nil,
            "sparrow thrush kingfisher gull pelican penguin parrot crane pike salmon trout eel crab snail beetle moth")
        add(
            .animal, nil, nil,
            "butterfly camel elk moose boar puppy kitten pony mule calf cow bull ox leopard panther jackal hyena 獾 刺猬 松鼠"
        )
        add(.animal, nil, nil, "喜鹊 燕子 鲤鱼 乌龟 蛇 白鹤 鹤 黄鼠狼 山羊 老鼠 大雁 老鹰 小鸟 小鹿 鹿 熊 狗熊")
        add(
            .animal, nil, nil,
            "fox wolf crow raven owl bear rabbit hare mouse tortoise turtle lion tiger frog dog cat bird")
        add(
            .animal, nil, nil,
            "horse donkey goat sheep lamb pig duck goose swan hen rooster squirrel hedgehog deer stork heron")
        add(
            .animal, nil, nil,
            "ant grasshopper cricket bee spider snake dragon whale fish seal monkey elephant 狐狸 狼 乌鸦 兔子 乌龟 老虎 猴子 青蛙")
        return table
    }()

    private static let synonyms: [String: String] = [
        "papa": "father", "dad": "father", "daddy": "father", "mum": "mother", "mom": "mother", "mama": "mother",
        "mommy": "mother", "mummy": "mother", "grandma": "grandmother", "granny": "grandmother", "nana": "grandmother",
        "grandpa": "grandfather", "granddad": "grandfather", "grandad": "grandfather", "auntie": "aunt", "kid": "child",
        "lady": "woman", "gentleman": "man", "lad": "boy", "lass": "girl", "父亲": "爸爸", "爹": "爸爸", "母亲": "妈妈",
        "小女孩": "女孩", "小姑娘": "女孩", "姑娘": "女孩", "女孩子": "女孩", "小男孩": "男孩", "男孩子": "男孩", "小孩": "孩子",
        "dr": "doctor", "physician": "doctor", "sgt": "sergeant", "capt": "captain",
        "traveler": "traveller",
        "neighbor": "neighbour", "祖父": "爷爷", "祖母": "奶奶",
    ]

    /// What stands before a name and says no more of anybody.
    static let honorifics: Set<String> = ["mrs", "miss", "ms", "madam", "mr", "sir", "mister", "dr"]

    /// Kin named from the elder's side: "his daughter" is often somebody the story has already named.
    static let offspring: Set<String> = [
        "daughter", "son", "granddaughter", "grandson", "child", "女儿", "儿子", "孙女", "孙子",
    ]

    /// Kin of one's own age: "her sister" is often somebody with a name too; a mother mostly has none.
    static let peers: Set<String> = [
        "sister", "brother", "twin", "cousin", "wife", "husband", "姐姐", "妹妹", "哥哥", "弟弟", "妻子", "丈夫",
    ]

    /// Words before a noun that say how old somebody is.
    static func age(of adjective: String) -> Age? {
        switch adjective {
        case "old", "elderly", "aged", "ancient", "wrinkled", "older", "老": .old
        case "young", "younger", "年轻": .young
        case "little", "small", "tiny", "小": .child
        default: nil
        }
    }
}
