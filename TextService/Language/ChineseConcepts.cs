namespace Museum.TextService.Language;

/// <summary>Chinese phrases that stand for one another in questions about things in a museum. A concept's name begins with #.</summary>
internal static class ChineseConcepts
{
    /// <summary>Each phrase with its concept, longest first.</summary>
    public static IReadOnlyList<(string Phrase, string Concept)> All { get; } = """
        make: 画成 绘制 创作 制作 制成 制造 做成 铸造 铸成 雕刻 雕成 雕凿 刻成 写成 撰写 建造 打造 烧制 织成 缝制 刺绣 编写 出自 完成 作者 作品 动笔 画的 画了 画于 作于 绘于 刻于 铸于 做的 造的 写的 刻的 雕的 手笔 之手 印制 印出 刊印 发明 设计
        find: 挖 发现 出土 找到 挖出 挖到 挖掘 发掘 现世 重见天日 打捞 捞起 寻获
        steal: 偷走 偷 盗走 被盗 失窃 窃 掠走 掠夺 抢走 劫 运走 拿走 带走 夺走
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
        bring: 运到 运往 运至 带到 带回 搬到 搬运 送到 运走 运回
        return: 归还 返还 回到 送回 还给
        decipher: 破译 解读 破解 释读 读懂 译出
        copy: 摹本 复制 复制品 仿制 原作 真迹 临摹 版本
        repair: 修复 修补 修理 复原 补全 维修
        woman: 女子 女人 女性 少女 女孩 姑娘 妇人
        child: 孩子 儿童 男孩 儿子 女儿
        soldier: 士兵 军人 武士 战士 将士
        fight: 战争 战斗 打仗 战役 作战
        begin: 开始 开工 动工 动笔 起初
        begin2: 最早 第一 首次 最初
        fly: 飞行 试飞 飞上 首飞 飞了
        how: 工艺 方法 技法 技术
        wear: 穿着 身穿 穿的 衣服 服装 衣袍 戴着
        age: 岁 年纪 年龄
        many: 共有 总共 一共 多达
        animal: 动物 野兽
        arm: 胳膊 手臂 双臂 断臂 臂膀
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
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(line =>
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var concept = "#" + line[..colon].TrimEnd('2');
            return line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(phrase => (phrase, concept));
        })
        .OrderByDescending(p => p.phrase.Length)
        .ToArray();
}
