// Sound · pure · sees Contracts, Policies

extension MandarinPhrases {
    /// Characters with several sounds, in the words of stories.
    static let changing = """
        银行 - hang2,行业 hang2 -,一行人 yi4 hang2 -,行列 hang2 -,排成行 - - hang2,行李 xing2 -
        音乐 - yue4,乐曲 yue4 -,乐器 yue4 -,乐队 yue4 -,乐师 yue4 -,快乐 - le4
        重新 chong2 -,重复 chong2 -,重逢 chong2 -,重来 chong2 -,重建 chong2 -,重重 chong2 chong2,双重 - chong2
        长大 zhang3 -,成长 - zhang3,生长 - zhang3,长老 zhang3 -,校长 - zhang3,船长 - zhang3,村长 - zhang3,队长 - zhang3
        师长 - zhang3,家长 - zhang3,长辈 zhang3 -,长满 zhang3 -,长出 zhang3 -,长得 zhang3 de5,市长 - zhang3,院长 - zhang3
        还给 huan2 -,还书 huan2 -,还钱 huan2 -,归还 - huan2,偿还 - huan2,交还 - huan2,还债 huan2 -,还手 huan2 -
        睡觉 - jiao4,午觉 - jiao4,一觉 yi2 jiao4,睡了一觉 - le5 yi2 jiao4
        地上 di4 -,地下 di4 -,地方 di4 fang5,土地 - di4,大地 - di4,草地 - di4,地面 di4 -,地球 di4 -,地板 di4 -,地图 di4 -
        陆地 - di4,天地 - di4,地里 di4 -,田地 - di4,空地 kong4 di4,雪地 - di4,地震 di4 -,地位 di4 -,地道 di4 -,地点 di4 -
        目的地 mu4 di4 di4,各地 - di4,当地 dang1 di4,外地 - di4,原地 - di4,遍地 - di4,满地 - di4,落地 - di4,倒地 dao3 di4,领地 - di4
        地狱 di4 -,地窖 di4 -,营地 - di4,阵地 - di4,沙地 - di4,地铁 di4 -,地底 di4 -,荒地 - di4,墓地 - di4,地平线 di4 - -
        着急 zhao2 -,睡着 - zhao2,睡着了 - zhao2 le5,点着 - zhao2,烧着 - zhao2,着火 zhao2 -,着凉 zhao2 -,找着 - zhao2
        着陆 zhuo2 -,穿着打扮 - zhuo2 - -,沉着 - zhuo2,衣着 - zhuo2
        头发 - fa4,白发 - fa4,长发 chang2 fa4,黑发 - fa4,金发 - fa4,理发 - fa4,发丝 fa4 -,短发 - fa4
        了解 liao3 -,不得了 - de2 liao3,了不起 liao3 - -,受不了 - - liao3,忘不了 - - liao3,为了 wei4 le5,了结 liao3 -
        忍不住 - - -,明了 - liao3,末了 - liao3,没完没了 - - - liao3,少不了 - - liao3,免不了 - - liao3
        必须得 - - dei3,就得 - dei3,总得 - dei3,得赶快 dei3 - -,得去 dei3 -,得走 dei3 -,非得 - dei3,还得 - dei3,我得 - dei3
        得到 de2 -,获得 - de2,取得 - de2,得意 de2 -,得知 de2 -,舍不得 she3 - de5,记得 - de5,觉得 jue2 de5,值得 - de5
        有空 - kong4,空闲 kong4 -,空白 kong4 -,抽空 - kong4,填空 - kong4,空地上 kong4 di4 -
        种树 zhong4 -,种花 zhong4 -,种地 zhong4 di4,种田 zhong4 -,种下 zhong4 -,种菜 zhong4 -,耕种 - zhong4,种植 zhong4 -
        便宜 pian2 yi5,方便 - bian4,弹琴 tan2 -,弹奏 tan2 -,弹起 tan2 -,子弹 zi3 dan4,炮弹 - dan4,弹弓 dan4 -
        投降 - xiang2,降服 xiang2 -,降落 jiang4 -,下降 - jiang4,处理 chu3 -,相处 - chu3,处罚 chu3 -,处境 chu3 -,处处 chu4 chu4
        到处 - chu4,好处 - chu4,远处 - chu4,近处 - chu4,深处 - chu4,高处 - chu4,用处 - chu4,四处 - chu4,处于 chu3 -
        背包 bei1 -,背着 bei1 zhe5,背起 bei1 -,背上 bei4 -,背后 bei4 -,后背 - bei4,背负 bei1 -,背影 bei4 -
        数一数 shu3 yi5 shu3,数不清 shu3 - -,数着 shu3 zhe5,数星星 shu3 - -,无数 - shu4,数数 shu3 shu4,数了 shu3 le5
        好奇 hao4 -,爱好 - hao4,喜好 - hao4,好学 hao4 -,好客 hao4 -,只好 zhi3 hao3
        只有 zhi3 -,只是 zhi3 -,只要 zhi3 -,只能 zhi3 -,只见 zhi3 -,只听 zhi3 -,不只 - zhi3,只剩 zhi3 -,只会 zhi3 -,只想 zhi3 -
        一只 yi4 zhi1,两只 - zhi1,三只 - zhi1,几只 ji3 zhi1,那只 - zhi1,这只 - zhi1,船只 - zhi1,每只 - zhi1,只身 zhi1 -
        都市 du1 -,首都 - du1,京都 - du1,都城 du1 -,成都 - du1
        觉醒 jue2 -,感觉 - jue2,发觉 - jue2,不觉 - jue2,知觉 - jue2,警觉 - jue2,觉察 jue2 -
        为什么 wei4 shen2 me5,因为 - wei4,为此 wei4 -,为何 wei4 -,认为 - wei2,成为 - wei2,以为 - wei2,作为 - wei2,为难 wei2 -
        行为 xing2 wei2,变为 - wei2,称为 - wei2,为止 wei2 -,为人 wei2 -,为他 wei4 -,为她 wei4 -,为我 wei4 -,为你 wei4 -
        当作 dang4 -,当成 dang4 -,上当 - dang4,恰当 - dang4,适当 - dang4,当铺 dang4 -,当年 dang1 -,当时 dang1 -
        教书 jiao1 -,教给 jiao1 -,教会 jiao1 -,教他 jiao1 -,教她 jiao1 -,教我 jiao1 -,教你 jiao1 -,教室 jiao4 -,教师 jiao4 -
        倒下 dao3 -,摔倒 - dao3,跌倒 - dao3,倒水 dao4 -,倒茶 dao4 -,倒影 dao4 -,倒退 dao4 -,打倒 - dao3,倒是 dao4 -
        答应 da1 ying5,反应 - ying4,应付 ying4 -,回应 - ying4,应该 ying1 -,响应 - ying4,适应 - ying4,应声 ying4 -
        干净 gan1 -,干燥 gan1 -,饼干 - gan1,晒干 - gan1,干枯 gan1 -,干涸 gan1 -,擦干 - gan1,能干 - gan4,树干 - gan4,干活 gan4 -
        盛开 sheng4 -,盛满 cheng2 -,盛饭 cheng2 -,散步 san4 -,散发 san4 fa1,分散 - san4,松散 - san3,解散 - san4,散开 san4 -
        转身 zhuan3 -,转眼 zhuan3 -,转动 zhuan4 -,旋转 - zhuan3,转圈 zhuan4 -,转过 zhuan3 -,转头 zhuan3 -,打转 - zhuan4
        曲子 qu3 zi5,歌曲 - qu3,弯曲 - qu1,曲折 qu1 -,作曲 - qu3,差点 cha4 -,差不多 cha4 - -,出差 - chai1,差别 cha1 -,差人 chai1 -
        藏起来 cang2 - -,宝藏 - zang4,西藏 - zang4,埋藏 mai2 cang2,躲藏 - cang2,隐藏 - cang2,埋怨 man2 -
        朝着 chao2 zhe5,朝阳 zhao1 -,朝廷 chao2 -,今朝 - zhao1,朝他 chao2 -,朝她 chao2 -,王朝 - chao2
        传说 chuan2 -,传记 zhuan4 -,自传 - zhuan4,降临 jiang4 -,假期 jia4 -,放假 - jia4,假装 jia3 -,请假 - jia4,暑假 - jia4
        调皮 tiao2 -,调查 diao4 -,空调 kong1 tiao2,强调 - diao4,音调 - diao4,声调 - diao4,曲调 qu3 diao4,调整 tiao2 -
        喝彩 he4 -,大喝 - he4,喝道 he4 -,喝水 he1 -,吓唬 xia4 hu5,恐吓 - he4,称心 chen4 -,相称 xiang1 chen4
        相信 xiang1 -,互相 - xiang1,相同 xiang1 -,相见 xiang1 -,真相 - xiang4,照相 - xiang4,相貌 xiang4 -,长相 zhang3 xiang4
        兴奋 xing1 -,高兴 - xing4,兴趣 xing4 -,兴旺 xing1 -,少年 shao4 -,少女 shao4 -,少爷 shao4 ye5,少数 shao3 shu4
        结实 jie1 shi5,结果 jie2 -,结冰 jie2 -,似的 shi4 de5,似乎 si4 -,模样 mu2 -,模型 mo2 -,露出 lu4 -,露水 lu4 -,露面 lou4 -
        血液 xue4 -,流血 - xue4,鲜血 - xue4,吐血 tu4 xue4,呕吐 - tu4,宁愿 ning4 -,宁静 ning2 -,宁可 ning4 -,安宁 - ning2
        没收 mo4 -,淹没 - mo4,埋没 mai2 mo4,沉没 - mo4,出没 - mo4,吞没 - mo4,淹没了 - mo4 le5
        磨坊 mo4 fang2,水磨 - mo4,石磨 - mo4,作坊 zuo1 fang5,供应 gong1 ying4,供奉 gong4 -,看守 kan1 -,看门 kan1 -,看管 kan1 -
        挣扎 zheng1 zha2,扎根 zha1 -,包扎 - za1,一扎 yi4 za1,厦门 xia4 -,大厦 - sha4,恶心 e3 xin1,可恶 - wu4,厌恶 - wu4
        不禁 - jin1,禁止 jin4 -,禁不住 jin1 - -,尽管 jin3 -,尽快 jin3 -,尽量 jin3 liang4,尽头 jin4 -,用尽 - jin4,尽力 jin4 -
        哪里 na3 li5,那里 - li5,这里 - li5,屋里 - li5,心里 - li5,家里 - li5,夜里 - li5,海里 - li5,里面 li3 -
        几乎 ji1 -,几个 ji3 ge5,茶几 - ji1,系鞋带 ji4 - -,系上 ji4 -,系着 ji4 zhe5,关系 - xi4,联系 - xi4
        """
}
