// Picture · pure · sees Contracts, Policies
import Contracts

extension Vocabularies {
    static let hair = Vocabulary(
        Hair.self, of: ShotWords.hair, generic: .short,
        aliases: [
            .short: ["cropped", "buzz", "短发"],
            .long: ["loose", "straight", "flowing", "长发"],
            .bob: ["medium", "shoulder_length", "齐耳"],
            .bun: ["chignon", "updo", "发髻"],
            .ponytail: ["tail", "马尾"],
            .braids: ["braid", "plait", "pigtail", "辫子"],
            .topknot: ["knot", "束发"],
            .curly: ["wavy", "afro", "卷发"],
            .bald: ["shaved", "none", "光头"],
        ])

    static let garments = Vocabulary(
        Garment.self, of: ShotWords.garments, generic: .shirt,
        aliases: [
            .coat: ["jacket", "uniform", "suit", "cloak", "overcoat", "armour", "armor", "raincoat", "外套", "大衣"],
            .shirt: ["tunic", "sweater", "jumper", "rags", "vest", "blouse", "swimwear", "trousers", "衬衫"],
            .dress: ["gown", "skirt", "apron_dress", "frock", "裙子", "连衣裙"],
            .robe: ["hanfu", "kimono", "toga", "长袍", "汉服"],
            .changshan: ["cheongsam", "qipao", "长衫", "旗袍"],
        ])

    static let extras = Vocabulary(
        Extra.self, of: ShotWords.extras, generic: .belt,
        aliases: [
            .scarf: ["shawl", "muffler", "围巾"],
            .cap: ["hat", "beret", "helmet", "帽子"],
            .beard: ["胡子"],
            .longBeard: ["white_beard", "长胡子"],
            .moustache: ["mustache", "小胡子"],
            .glasses: ["spectacles", "眼镜"],
            .strawHat: ["sun_hat", "草帽", "斗笠"],
            .headscarf: ["hood", "kerchief", "veil", "头巾"],
            .apron: ["围裙"],
            .belt: ["sash", "腰带"],
            .cuffs: ["bracelet"],
            .barefoot: ["bare_feet", "赤脚"],
            .crown: ["tiara", "王冠"],
        ])
}
