using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>Brings everyday ways to ask in Chinese to the one that is written: 啥 → 什么, 咋 → 怎么, and 那里 for 哪里, as many write.</summary>
internal static partial class ChineseWording
{
    public static string Everyday(string words)
    {
        var text = words;
        foreach (var (pattern, written) in Spoken)
        {
            text = pattern.Replace(text, written);
        }

        // 那 is a slip for 哪 where a question has no other question word.
        return QuestionWord().IsMatch(text) ? text : There().Replace(text, "哪");
    }

    private static readonly (Regex Pattern, string Written)[] Spoken =
    [
        (WhatFor(), "做什么用"), (WhyNot(), "为什么"), (What(), "什么"), (How(), "怎么"), (WhichYear(), "哪一年"), (WhichOne(), "谁"), (First(), "第一$1"), (Ending(), ""), (Able(), "$1$2"),
    ];

    [GeneratedRegex("干(?:嘛|吗|什么|啥)(?:用)?(?=的)")]
    private static partial Regex WhatFor();

    [GeneratedRegex("干(?:嘛|吗)(?!的)|图什么|图啥|凭啥|做啥要")]
    private static partial Regex WhyNot();

    [GeneratedRegex("啥")]
    private static partial Regex What();

    [GeneratedRegex("咋")]
    private static partial Regex How();

    [GeneratedRegex("几几年|哪年|啥年")]
    private static partial Regex WhichYear();

    [GeneratedRegex("哪(?:一)?个(?:人)?(?=驾驶|掏|发|画|做|造|写|雕)")]
    private static partial Regex WhichOne();

    [GeneratedRegex("头一([回个次部件幅本])")]
    private static partial Regex First();

    // 读不懂, 找得着: whether it can be done is no matter.
    [GeneratedRegex("([读看听找用拿打])[不得]([懂到见着开])")]
    private static partial Regex Able();

    [GeneratedRegex("(?<=的)来着|来着|滴(?=$|[？?，,])")]
    private static partial Regex Ending();

    [GeneratedRegex("谁|什么|哪|几(?!乎)|多少|多(?:大|高|长|重|宽|厚|深|远|老|久)|怎|为何|如何|何时|何处|吗|是不是|有没有|是否|呢|吧")]
    private static partial Regex QuestionWord();

    [GeneratedRegex("那(?=里|儿|年|一年|个|位|些|种|一)")]
    private static partial Regex There();
}
