// Sound · pure · sees Contracts, Policies

/// What tone a character has, as far as 一 and 不 need to know: they bend before the fourth.
enum Tones {
    static func isFourth(_ character: Unicode.Scalar) -> Bool { fourth.contains(character) }

    /// Common characters of the fourth tone, and 个, which bends 一 as one.
    private static let fourth = Set(
        """
        个是会要在见对错过但用必断料顾住再愿下样定次座位片半切路面步件阵夜句道瞬辈岁块度共致向看去动作做到大\
        进气力地带待办变便冒病布怕望忘费份饭放父付复富妇负副干够故怪贵汉号害后候化话画坏换患混货祸或际寄记计\
        继季技既绩价架假建健剑箭叫轿较界借介戒尽劲近静镜净竟敬旧就救具据剧巨聚客课控库快况困扩辣浪泪类累立历\
        利丽例练恋炼谅烈裂令另六漏陆录绿乱论落骂卖慢漫帽贸妹梦秘密庙灭命墨默莫木目墓慕耐闹内念怒诺派盼判胖炮\
        配碰屁骗票破魄瀑弃汽器欠歉翘庆趣劝却确让热认任日肉入弱赛色善扇上社设摄甚胜盛剩圣世试视室势市式适誓逝\
        受寿售兽树竖述帅顺硕四送诉速宿碎叹套特替痛透退袜外万未味畏谓慰问务误雾戏细吓现限县献象像项笑校效谢泄\
        兴性姓幸续训迅讯验厌燕耀药业叶页义议异艺易亿忆意印硬右幼又诱玉遇预欲誉育浴院怨月越阅跃运韵造燥战站占\
        丈帐账障照罩这镇振震正政证症制治质智志置至众重皱注祝著柱筑铸壮状撞坠醉算饿栋段串粒旦律晃岸案暗傲辆顿\
        趟遍瓣寸倍二士束线刻舍事物信代幕
        """.unicodeScalars)
}
