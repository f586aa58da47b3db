// The page's own words, in the script of the answer.

const COUNTED = ["related", "spoken", "first", "more", "moreOf", "items", "shownOf", "fieldsBelow"];

/** The same, of articles: they are counted 条. */
export const inArticles = (words) => ({ ...words, ...Object.fromEntries(COUNTED.map((name) => [name, words[name].replace(/项/g, "条").replace(/項/g, "條")])) });

const isArticle = ({ label }) => /[条條]$/.test(label);

/** Those for items that are all articles, or for all else. */
export const wordsFor = (items, words) => (items.length && items.every(isArticle) ? inArticles(words) : words);

export const WORDS = {
  hans: {
    lead: "牵头", support: "协作", responsible: "责任单位", leaders: "责任领导", due: "时限", collective: "全部其他部门（统称）", standsFor: "指", within: "（含{names}）", sought: "（所问的部门）",
    view: "怎样列出", views: { cards: "卡片", table: "表格", department: "按部门", section: "按部分" }, more: "再看其余{n}项", moreOf: "再看{n}项（还有{rest}项）",
    column: { label: "编号", text: "内容", lead: "牵头部门", support: "协作部门", due: "时限", document: "文件" }, columns: "选列", copyTable: "复制表格", whole: "全文",
    fieldsBelow: "共{n}项，各项的部门见下。",
    related: "相近的{n}项（不在答案之内）", spoken: "所说的{n}项",
    unfold: "展开全文", fold: "收起", rows: ["名称", "项数", "条目"], files: ["文件", "印发单位", "文号", "日期", "条目"], source: "见《{title}》原文",
    read: "理解为", without: "去掉这个条件：{said}", perhaps: "可能相关", yes: "是这一项吗？接着问它",
    first: "网页上至多列出前{n}项，下载的文件里是全部{all}项。",
    copy: "复制", link: "复制链接", xlsx: "下载 .xlsx", text: "下载文本", copied: "已复制", copiedAid: "已复制（转为简体的）", saved: "已下载",
    all: "全部文件", items: "{n}项", shownOf: "共{n}项，这里列出{shown}项", only: "只看这份", others: "还有{n}份文件", between: "比较这两份",
    kinds: { new: "新增", gone: "删去", changed: "改动", same: "未变" }, before: "原：《{title}》", after: "现：《{title}》", nothingThere: "（没有）", every: "全部",
    unlike: { kinds: { new: "只在{after}", gone: "只在{before}", changed: "两份都写到", same: "写得一样" }, before: "《{title}》", after: "《{title}》" },
    fields: { lead: "牵头", support: "协作", due: "时限" }, unstated: "未写明", which: "问的是哪一份", total: "合计",
    verdict: "这个答案", incomplete: "漏了", wrong: "不对", thanks: "已记下这个问题，谢谢。", next: "接着问", none: "没有答案",
    converted: "文件写的是繁体，下面转为简体供阅读", toVerbatim: "看原文用字", verbatim: "下面是原文用字", toConverted: "转为简体", aid: "转为简体，供阅读",
    made: "索引版本 {version}，{time} 提问", sources: "等{n}份文件",
    report: "复制一份报告，可以发给维护这个服务的人", reported: "报告已复制，请发给维护的人", reports: { incomplete: "这个答案漏了（请写明漏了哪一项）", wrong: "这个答案不对（请写明哪里不对）" },
    asked: "问题", earlier: "前面问过", answered: "答案", listed: "列出的条目", of: "只问", version: "索引版本", time: "时间", address: "地址",
    helped: { name: "语言模型", ask: "请模型表述", waiting: "正在请模型帮忙，上面的答案不必等它……", done: "模型的部分在答案下面", fault: "模型没有帮上忙：", refused: "模型的表述没有通过核对，请只看上面的答案。", by: "由语言模型（{model}）表述，逐句与所引的条目核对过；条目、数目以上面的答案为准。", dropped: "另有{n}句没有通过核对，没有显示。" },
    again: "重试", beside: { name: "原文", close: "关闭原文", before: "上一项", after: "下一项", whole: "看全文", original: "下载原文件" },
  },
  hant: {
    lead: "牽頭", support: "協作", responsible: "責任單位", leaders: "責任領導", due: "時限", collective: "全部其他部門（統稱）", standsFor: "指", within: "（含{names}）", sought: "（所問的部門）",
    view: "怎樣列出", views: { cards: "卡片", table: "表格", department: "按部門", section: "按部分" }, more: "再看其餘{n}項", moreOf: "再看{n}項（還有{rest}項）",
    column: { label: "編號", text: "內容", lead: "牽頭部門", support: "協作部門", due: "時限", document: "文件" }, columns: "選列", copyTable: "複製表格", whole: "全文",
    fieldsBelow: "共{n}項，各項的部門見下。",
    related: "相近的{n}項（不在答案之內）", spoken: "所說的{n}項",
    unfold: "展開全文", fold: "收起", rows: ["名稱", "項數", "條目"], files: ["文件", "印發單位", "文號", "日期", "條目"], source: "見《{title}》原文",
    read: "理解為", without: "去掉這個條件：{said}", perhaps: "可能相關", yes: "是這一項嗎？接著問它",
    first: "網頁上至多列出前{n}項，下載的文件裏是全部{all}項。",
    copy: "複製", link: "複製鏈接", xlsx: "下載 .xlsx", text: "下載文本", copied: "已複製", copiedAid: "已複製（轉為簡體的）", saved: "已下載",
    all: "全部文件", items: "{n}項", shownOf: "共{n}項，這裏列出{shown}項", only: "只看這份", others: "還有{n}份文件", between: "比較這兩份",
    kinds: { new: "新增", gone: "刪去", changed: "改動", same: "未變" }, before: "原：《{title}》", after: "現：《{title}》", nothingThere: "（沒有）", every: "全部",
    unlike: { kinds: { new: "只在{after}", gone: "只在{before}", changed: "兩份都寫到", same: "寫得一樣" }, before: "《{title}》", after: "《{title}》" },
    fields: { lead: "牽頭", support: "協作", due: "時限" }, unstated: "未寫明", which: "問的是哪一份", total: "合計",
    verdict: "這個答案", incomplete: "漏了", wrong: "不對", thanks: "已記下這個問題，謝謝。", next: "接着問", none: "沒有答案",
    converted: "文件寫的是繁體，下面轉為簡體供閱讀", toVerbatim: "看原文用字", verbatim: "下面是原文用字", toConverted: "轉為簡體", aid: "轉為簡體，供閱讀",
    made: "索引版本 {version}，{time} 提問", sources: "等{n}份文件",
    report: "複製一份報告，可以發給維護這個服務的人", reported: "報告已複製，請發給維護的人", reports: { incomplete: "這個答案漏了（請寫明漏了哪一項）", wrong: "這個答案不對（請寫明哪裏不對）" },
    asked: "問題", earlier: "前面問過", answered: "答案", listed: "列出的條目", of: "只問", version: "索引版本", time: "時間", address: "地址",
    helped: { name: "語言模型", ask: "請模型表述", waiting: "正在請模型幫忙，上面的答案不必等它……", done: "模型的部分在答案下面", fault: "模型沒有幫上忙：", refused: "模型的表述沒有通過核對，請只看上面的答案。", by: "由語言模型（{model}）表述，逐句與所引的條目核對過；條目、數目以上面的答案為準。", dropped: "另有{n}句沒有通過核對，沒有顯示。" },
    again: "重試", beside: { name: "原文", close: "關閉原文", before: "上一項", after: "下一項", whole: "看全文", original: "下載原文件" },
  },
};
