// Entities · pure · sees Contracts, Policies, Ingest

/// What people wear and look like, in the words puppets are drawn from.
package enum Clothing {
    /// Noun → the garment of a profile.
    package static let garments = lexicon([
        (
            "coat",
            "coat jacket cloak cape overcoat raincoat mantle parka uniform suit tunic armour armor anorak 外套 大衣 棉袄 斗篷 披风"
        ),
        ("shirt", "shirt sweater jumper jersey blouse vest waistcoat t-shirt pullover cardigan overalls 衬衫 毛衣 上衣 背心"),
        ("dress", "dress gown skirt frock nightgown pinafore apron_dress 裙子 连衣裙 红裙"),
        ("robe", "robe robes kimono hanfu habit toga nightshirt 袍子 长袍 道袍"),
        ("changshan", "changshan 长衫 马褂"),
    ])

    /// Noun → the extra of a profile.
    package static let extras = lexicon([
        ("scarf", "scarf shawl muffler neckerchief 围巾"),
        ("cap", "cap hat beret bonnet helmet 帽子"),
        ("straw_hat", "straw_hat 草帽 斗笠"),
        ("headscarf", "headscarf kerchief hood veil 头巾"),
        ("beard", "beard 胡子"),
        ("long_beard", "long_beard 长胡子"),
        ("moustache", "moustache mustache whiskers"),
        ("glasses", "glasses spectacles 眼镜"),
        ("apron", "apron 围裙"),
        ("belt", "belt sash 腰带"),
    ])

    /// Adjective before "hair" → the hair of a profile.
    package static let hairStyles = lexicon([
        ("short", "short cropped 短"), ("long", "long flowing 长"), ("curly", "curly curls wavy frizzy 卷"),
        ("bun", "bun 发髻"), ("ponytail", "ponytail 马尾"), ("braids", "braid braids plaits plait pigtails braided 辫子"),
        ("bald", "bald hairless 光头"), ("bob", "bob"), ("topknot", "topknot"),
    ])

    package static let builds = lexicon([
        ("slim", "thin slim slender skinny lean 瘦"), ("stout", "stout fat plump round chubby heavy 胖"),
        ("tall", "tall 高大 高"),
        ("broad", "broad strong burly huge giant broad-shouldered 强壮"),
    ])

    package static let hairNouns: Set<String> = [
        "hair", "curls", "braids", "braid", "plaits", "ponytail", "bun", "pigtails", "locks", "头发", "辫子",
    ]

    /// Nouns that together with the words before them describe somebody.
    package static func describes(_ key: String) -> Bool {
        hairNouns.contains(key) || Lemma.noun(key, in: garments) != nil || Lemma.noun(key, in: extras) != nil
            || Lemma.look(key, in: hairStyles).map { ["bald", "braids", "ponytail", "bun"].contains($0.meaning) }
                ?? false
    }
}

/// Colour words as sRGB.
package enum Colours {
    package static func hex(_ key: String) -> String? { table[key] }

    package static func isColour(_ key: String) -> Bool { table[key] != nil }

    private static let table: [String: String] = {
        var table: [String: String] = [:]
        for line in [
            "#c8402f red 红 红色 scarlet crimson ruby", "#d8a53a yellow 黄 黄色 golden gold mustard", "#3a63a8 blue 蓝 蓝色",
            "#2f4a6b navy 藏青", "#7fb0d6 pale-blue sky-blue 天蓝", "#4f9a58 green 绿 绿色", "#2f6b4a emerald forest-green 墨绿",
            "#7a8450 olive", "#e08a3c orange 橙 橙色", "#7d5ba6 purple violet 紫 紫色", "#e39ab0 pink 粉 粉色 粉红",
            "#8a5a3b brown 棕 棕色 褐色",
            "#f0ebe0 white 白 白色 cream ivory 雪白", "#33323c black 黑 黑色 乌黑", "#8c9099 grey gray 灰 灰色",
            "#b9bcc2 silver silvery 银 银色",
            "#9c2f3f maroon burgundy", "#3a9a9a teal turquoise", "#c9a57a beige tan sandy",
            "#b5532f rust russet copper", "#6d7fb8 lavender lilac",
            "#e9d9b0 straw blond blonde fair", "#a34a28 auburn ginger", "#4a3326 dark chestnut", "#cfcac0 花白",
        ] {
            let parts = words(line)
            guard let hex = parts.first else { continue }
            for word in parts.dropFirst() { table[word] = hex }
        }
        return table
    }()

    /// Colour words mean other colours on a head.
    package static func hairHex(_ key: String) -> String? {
        switch key {
        case "red", "ginger", "auburn", "copper": "#a34a28"
        case "golden", "gold", "yellow", "blond", "blonde", "fair": "#d9b36a"
        case "brown", "chestnut": "#5d3a26"
        case "black", "dark", "乌黑", "黑": "#1f1b22"
        case "grey", "gray", "silver", "花白", "灰": "#a9a8a6"
        case "white", "白", "雪白": "#e6e2da"
        default: hex(key)
        }
    }
}
