// Sound · pure · sees Contracts, Policies

extension MandarinPhrases {
    /// Family and other doubles: the second is light.
    static let family = """
        妈妈 - ma5,爸爸 - ba5,爷爷 - ye5,奶奶 - nai5,哥哥 - ge5,姐姐 - jie5,弟弟 - di5,妹妹 - mei5,叔叔 - shu5,伯伯 - bo5
        公公 - gong5,婆婆 - po5,舅舅 - jiu5,姑姑 - gu5,外婆 - -,姥姥 - lao5,太太 - tai5,宝宝 - bao5,娃娃 - wa5,星星 - xing5
        猩猩 - xing5,蛐蛐 - qu5,嫂嫂 - sao5,爹爹 - die5,娘娘 - niang5,先生 - sheng5,姑娘 - niang5,丈夫 - fu5,朋友 - you5
        """

    /// Words whose last syllable has lost its tone.
    static let neutral = """
        孩子 - zi5,儿子 - zi5,房子 - zi5,屋子 - zi5,桌子 - zi5,椅子 - zi5,样子 - zi5,日子 - zi5,影子 - zi5,妻子 - zi5,村子 - zi5
        鞋子 - zi5,帽子 - zi5,裙子 - zi5,箱子 - zi5,盒子 - zi5,杯子 - zi5,瓶子 - zi5,镜子 - zi5,梯子 - zi5,叶子 - zi5,种子 zhong3 zi5
        兔子 - zi5,猴子 - zi5,狮子 - zi5,鸽子 - zi5,鸭子 - zi5,虫子 - zi5,肚子 - zi5,鼻子 - zi5,脖子 - zi5,胡子 - zi5,嗓子 - zi5
        小伙子 - huo3 zi5,老头子 - - zi5,女孩子 - - zi5,男孩子 - - zi5,车子 - zi5,院子 - zi5,林子 - zi5,路子 - zi5,被子 bei4 zi5
        石头 - tou5,木头 - tou5,骨头 - tou5,舌头 - tou5,前头 - tou5,后头 - tou5,里头 li3 tou5,外头 - tou5,念头 - tou5,老头 - -
        什么 shen2 me5,怎么 - me5,这么 - me5,那么 - me5,多么 - me5,要么 - me5
        东西 - xi5,时候 - hou5,地方 di4 fang5,事情 - qing5,声音 - yin5,眼睛 - jing5,耳朵 - duo5,嘴巴 - ba5,尾巴 - ba5,下巴 - ba5
        早上 - shang5,晚上 - shang5,身上 - shang5,脸上 - shang5,海上 - shang5,天上 - shang5,路上 - shang5,手上 - shang5,桌上 - shang5
        知道 - dao5,认识 - shi5,喜欢 - huan5,告诉 - su5,休息 - xi5,明白 - bai5,漂亮 piao4 liang5,聪明 - ming5,舒服 - fu5
        暖和 - huo5,热闹 - nao5,干什么 gan4 shen2 me5,打听 - ting5,收拾 - shi5,招呼 - hu5,商量 - liang5,麻烦 - fan5,月亮 - liang5
        太阳 - -,云彩 - cai5,衣服 - fu5,钥匙 - shi5,窗户 - hu5,葡萄 - tao5,萝卜 - bo5,豆腐 - fu5,大夫 dai4 fu5,和尚 - shang5
        回来 - lai5,出来 - lai5,起来 - lai5,进来 - lai5,过来 - lai5,下来 - lai5,上来 - lai5,回去 - qu5,出去 - qu5,过去 - qu5,进去 - qu5
        """
}
