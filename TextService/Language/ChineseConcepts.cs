namespace Museum.TextService.Language;

/// <summary>Chinese phrases that stand for one another in questions about things in a museum. A concept's name begins with #.</summary>
internal static class ChineseConcepts
{
    /// <summary>Each phrase with its concept, longest first.</summary>
    public static IReadOnlyList<(string Phrase, string Concept)> All { get; } = """
        make: 画成 绘制 创作 制作 制成 制造 做成 铸造 铸成 雕刻 雕成 雕凿 刻成 写成 撰写 建造 打造 烧制 织成 缝制 刺绣 编写 出自 完成 作者 作品 动笔 画的 画了 画于 作于 绘于 刻于 铸于 做的 造的 写的 刻的 雕的 手笔 之手 印制 印出 刊印 发明 设计
        find: 碰到 碰上 遇到 挖 发现 出土 找到 挖出 挖到 挖掘 发掘 现世 重见天日 打捞 捞起 寻获
        steal: 搬走 偷走 偷 盗走 被盗 失窃 窃 掠走 掠夺 抢走 劫 运走 拿走 带走 夺走
        buy: 买下 买走 买 购得 购入 收购 购买 卖给 卖 售 拍卖 花了 付 价格 成交
        keep: 收藏 藏于 藏在 展出 陈列 保存 存放 现存 挂在 馆藏 珍藏 安放 藏品
        mean: 象征 寓意 含义 意味 代表 意义 意思 表达 比喻 体现 寄托 表示 隐喻 标志 化身
        show: 描绘 表现 刻画 刻着 刻有 画着 画有 展现 画中 画的是 刻的是 讲述 绘有
        die: 死于 死去 去世 逝世 遇害 身亡 丧生 死因 死亡 怎么死 牺牲
        bury: 埋藏 埋在 埋进 埋回 埋入 墓葬 下葬 陪葬 随葬 墓主 葬
        break: 碎 炸 打碎 摔碎 断了 断裂 折断 掉了 掉落 脱落 破坏 损坏 损毁 毁坏 炸毁 砸 碎片 残缺 破碎 缺失
        missing: 没有 缺少 丢失 遗失 失去 不见 消失 不知去向 去哪了 缺
        precious: 珍贵 昂贵 值钱 稀有 名贵 宝贵 贵重 很贵 这么贵
        fame: 有名 著名 闻名 出名 名气 重要 知名 名声
        ruler: 国王 皇帝 君主 君王 帝王 法老 女王
        inspire: 灵感 启发 影响 来源 取材 原型 模特
        use: 用途 用来 用于 作用 干什么 做什么用 有什么用 功能 做什么的
        name: 叫 名字 名称 得名 名为 称为 取名 起名 叫做 又叫 别名 绰号 被称
        hide: 隐藏 躲 藏进 藏在 藏着 掩盖 秘密
        save: 拯救 救下 救了 保护 幸免 保住 幸存
        script: 文字 语言 铭文 字母 碑文 刻字
        give: 赠 送给 献给 礼物 捐赠 送的 归还 送
        bring: 弄到 弄来 弄走 弄回 搬走 运回 运到 运往 运至 带到 带回 搬到 搬运 送到 运走 运回
        return: 还回 归还 返还 回到 送回 还给 还回 交还
        decipher: 破 看懂 破译 解读 破解 释读 读懂 译出
        copy: 摹本 复制 复制品 仿制 原作 真迹 临摹 版本
        repair: 修复 修补 修理 复原 补全 维修
        woman: 女子 女人 女性 少女 女孩 姑娘 妇人
        child: 孩子 儿童 男孩 儿子 女儿 小孩 少年 女孩
        soldier: 士兵 军人 武士 战士 将士
        fight: 战争 战斗 打仗 战役 作战 大战
        begin: 开始 开工 动工 动笔 起初
        begin2: 最早 第一 首次 最初
        fly: 飞行 试飞 飞上 首飞 飞了
        how: 工艺 方法 技法 技术
        wear: 穿着 身穿 穿的 衣服 服装 衣袍 戴着
        age: 岁 年纪 年龄
        many: 共有 总共 一共 多达
        animal: 动物 野兽
        arm: 胳膊 手臂 双臂 断臂 右臂 左臂 臂膀
        head: 脑袋 头部 头颅
        wife: 妻子 夫人 老婆 太太 王后
        husband: 丈夫 老公 夫妻 夫妇
        mother: 母亲 妈妈 娘亲
        father: 父亲 爸爸
        pregnant: 怀孕 有孕 身孕 孕妇
        beauty: 漂亮 美丽 好看 美人
        boat: 船 小船 船只 帆船
        sea: 大海 海里 海底 海中
        strange: 奇怪 古怪 神秘
        fear: 害怕 恐惧 恐怖 可怕
        travel: 坐过 乘坐 飞往 前往 登月
        gem: 宝石 钻石 珠宝
        sew: 缝 编缀 缝制 金丝
        reveal: 揭幕 揭开
        people: 人物 人们 多人 百人 人像
        brother: 哥哥 弟弟 兄弟 兄长
        sister: 姐姐 妹妹 姐妹
        marry: 结婚 成婚 婚礼 新婚 两口子 出嫁 嫁给 娶
        birth: 出生 生于 出世 生在
        home: 故乡 家乡 老家 出生地
        teacher: 老师 师傅 导师 教他 教导
        pupil: 学生 徒弟 弟子 门徒
        rich: 有钱 富有 富商 富人
        ill: 生病 患病 疾病 得病 养病
        burn: 火灾 焚毁 烧毁 着火 大火 烧掉
        weapon: 武器 兵器 刀剑
        meal: 食物 吃饭 吃了 吃的 一餐
        wine: 酒器 喝酒 饮酒 盛酒
        play: 音乐 乐曲 演奏 弹奏 敲击
        pray: 祈祷 祈福 祭祀 祭祖 拜神
        god: 神明 天神 神灵 神祇
        smile: 微笑 笑容 笑脸
        tears: 哭泣 流泪 眼泪
        eye: 眼睛 双眼 目光
        face: 面容 面部 脸庞 脸上
        leg: 双腿 双脚 脚下
        horse: 骏马 马匹
        xray: X光 扫描 透视
        computer: 电脑 计算机
        song: 歌曲 歌词 歌声
        book: 书籍 小说 著作 书里
        newspaper: 报纸 报刊 报上
        mock: 嘲笑 讥讽 挖苦 讽刺
        prize: 奖金 获奖 得奖
        night: 夜晚 晚上 黑夜 半夜 夜里
        day: 白天 白昼
        morning: 早晨 清晨 日出
        star: 星星 星座 恒星
        sink: 沉船 沉没 沉入
        farmer: 农民 农夫 村民 种地
        craftsman: 工匠 匠人 师傅 手艺人
        thief: 小偷 窃贼 盗贼
        polish: 打磨 磨光 抛光
        mould: 模子 模具 陶范
        abroad: 国外 海外 外国
        crack: 裂缝 裂痕 裂纹
        damp: 潮湿 受潮 发霉
        rust: 生锈 锈蚀 锈迹
        price: 价钱 价格 身价 天价
        wing: 翅膀 双翼 羽翼
        crown: 王冠 金冠 冠冕
        stone: 石头 石块 岩石
        shine: 发光 闪耀 闪光 发亮
        alive: 活着 生前 在世
        sponsor: 出钱 掏钱 出资 资助 捐资 花钱请
        goldleaf: 真金 金子 黄金 金箔 纯金 镀金
        misfortune: 倒霉 诅咒 厄运 不幸 遭殃
        fake: 假货 赝品 伪造 仿冒 仿作 仿制品 真品 真伪 真假 冒牌 假的
        hair: 头发 秃 谢顶 光头 毛发
        priest: 巫师 祭司 法师 教士 僧侣
        warn: 教训 警告 告诫 劝诫
        origin: 运来 来自 产自 出产 弄来 产地 出自
        fall: 掉在 掉进 落在 坠落 溅落 落入 跌落 掉到
        worldwar: 二战 二次大战 第二次世界大战
        write: 抄写 抄经 抄 笔迹 誊写
        sleeve: 衣袖 袖子
        explode: 爆炸 炸毁 炸坏 炸掉 被炸
        auction: 拍卖 成交 卖到 卖了
        brow: 眉毛 眉
        scholar: 学者 专家 研究者 科学家
        prove: 检测 验 证明 鉴定 证实 化验
        oldname: 原名 本名 真名 本来叫 又名
        lostgroup: 失散 遗失 丢失 丢了 下落不明
        glue: 补 后补 修补 补上
        punish: 惩罚 处罚 受罚 罚
        swap: 交换 换来 换成 换了 换取
        helmet: 头盔 帽盔 帽子
        naked: 裸体 裸身 赤裸 光着身子 光着 没穿衣服
        ponder: 思考 思索 沉思 想事情 想问题
        gallop: 飞奔 奔跑 奔驰 飞驰 飞跑
        photo: 照片 相片 拍照 拍摄 拍下
        asleep: 睡着 睡觉 打盹 熟睡
        paintedover: 涂色 上色 彩绘 涂着 涂的 颜色 色彩
        rope: 绳索 绳子 缆绳
        dwell: 居住 住在 住处 住所 居所
        box: 箱子 木箱 盒子 木盒
        cut: 切割 裁掉 剪掉 切掉
        pattern: 花纹 纹样 图案 纹饰
        tall: 身高 个子 个头
        offspring: 后代 子孙 多子
        wash: 清洗 清洁 打扫
        light: 亮度 光线 灯光 照明
        cattle: 牲口 牲畜
        rawmaterial: 料子 石料 用料 原料
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(line =>
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var concept = "#" + line[..colon].TrimEnd('2');
            return line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(phrase => (phrase, concept));
        })
        .OrderByDescending(p => p.phrase.Length)
        .ToArray();

    /// <summary>What a question calls a thing by its kind ("什么动物"), and what the texts call it: only the kind stands for its members.</summary>
    public static IReadOnlyList<(string Kind, string Concept, string[] Members)> Kinds { get; } = """
        动物: 狮子 公牛 龙 马 羊 山羊 鸟 鹰 蛇 狗 猫 豹 猴 象 鹿 鱼 熊 狼 虎 兔
        虫: 蝗虫 螽斯 蝴蝶 蜜蜂 蝉 蟋蟀 甲虫
        颜色: 红色 绿色 蓝色 黄色 黑色 白色 金色 紫色 粉色 灰色 棕色
        大洋: 太平洋 大西洋 印度洋 北冰洋
        职业: 牙医 医生 教师 工匠 商人 律师 农民 画家 木匠 铁匠 银行家
        语言: 希腊语 拉丁语 阿卡德语 埃及语 汉语 梵语 希伯来语
        乐器: 钟 琴 鼓 笛 小提琴
        水果: 苹果 橙子 草莓 葡萄 樱桃 石榴 桃
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':'))
        .Select(parts => (parts[0], "#is:" + parts[0], parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        .ToArray();
}
