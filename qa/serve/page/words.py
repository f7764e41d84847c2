"""The labels of the page in Chinese and English. Answers and documents stay in the language they are written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("明账", "Mingzhang"),
    "tagline": (
        "预算、决算公开文件问答，每个数字都与表格核对",
        "Questions about public budgets; every figure is checked against its table",
    ),
    # the views
    "ask": ("问答", "Ask"),
    "documents": ("文件", "Documents"),
    "charts": ("图表", "Charts"),
    "selfcheck": ("勾稽自查", "Self-check"),
    "history": ("历史对话", "History"),
    "evaluation": ("评测", "Evaluation"),
    "new": ("新对话", "New conversation"),
    "filter": ("只在这些文件中回答", "Answer only from"),
    "all": ("全部文件", "all documents"),
    "choose": ("请选择", "choose"),
    # the chat
    "placeholder": ("例如：工信局2022年三公经费决算是多少？", "e.g. 工信局2022年三公经费决算是多少？"),
    "examples": ("可以这样问", "You could ask"),
    "next_questions": ("接着可以问", "You could ask next"),
    "indexed": ("已收录 {0} 份文件，{1} 张表，{2:,} 条数据", "{0} documents with {1} tables and {2:,} figures"),
    "empty": ("资料库里还没有文件，请到“文件”页上传。", "Nothing is indexed yet: upload on the Documents page."),
    "working": ("正在处理……", "Working …"),
    "shared": ("分享的答案（{0}）", "A shared answer ({0})"),
    "link_dead": (
        "这个链接指向的答案不存在，或所属对话已被删除。",
        "This answer does not exist, or its conversation was deleted.",
    ),
    # an answer
    "table": ("已核验（表）", "checked (table)"),
    "text": ("已核验（文）", "checked (text)"),
    "both": ("表文一致", "table and text agree"),
    "computed": ("计算所得", "computed"),
    "conflict": ("表文矛盾", "table and text differ"),
    "all_figures": ("全部数字（{0}）", "All figures ({0})"),
    "item": ("项目", "Item"),
    "value": ("数值", "Value"),
    "unit": ("计量单位", "Unit"),
    "checked": ("核验", "Check"),
    "sources": ("出处", "Sources"),
    "how_checked": ("算式、出处与勾稽", "Formula, sources and identities"),
    "formula": ("算式", "Formula"),
    "table_checked": (
        "{0}：参与核对 {1} 项，相符 {2}，尾差 {3}，不符 {4}",
        "{0}: {1} identities, {2} hold, {3} rounding, {4} fail",
    ),
    "table_unchecked": ("{0}：没有可核对的勾稽关系", "{0}: no identity to check"),
    "failed_elsewhere": ("同表其他单元格不符", "Fails in other cells of the table"),
    "open_evidence": ("查看出处 {0}", "Show source {0}"),
    "take_away": ("带走", "Take away"),
    "copy": ("复制答案与出处", "Copy answer with sources"),
    "copied": ("已复制", "Copied"),
    "link": ("这个答案的链接", "Link to this answer"),
    "what_is_wrong": ("哪里不对？", "What is wrong?"),
    "reason": ("选择原因，或自己填写", "Choose a reason or write one"),
    "good": ("谢谢，已记录。", "Thank you, noted."),
    # evidence
    "evidence": ("出处", "Evidence"),
    "page": ("第{0}页", "page {0}"),
    "previous": ("上一页", "Previous page"),
    "next": ("下一页", "Next page"),
    "zoom": ("缩放", "Zoom"),
    "download": ("下载原文件", "Download the document"),
    "as_table": ("提取的表格", "The table as extracted"),
    "row": ("行", "Row"),
    "column": ("栏", "Column"),
    "section": ("章节", "Section"),
    "no_preview": (
        "这种格式没有页面图像，请看下面的表格和引文。",
        "This format has no page image: see quote and table.",
    ),
    "close": ("关闭出处", "Close"),
    # charts
    "form": ("图形", "Chart"),
    "shares": ("支出构成", "Composition"),
    "bars": ("单位比较", "Comparison"),
    "line": ("年度变化", "Trend"),
    "pairs": ("预算与决算", "Budget against outturn"),
    "预算": ("预算数", "budget"),
    "决算": ("决算数", "outturn"),
    "document": ("文件", "Document"),
    "metric": ("指标", "Figure"),
    "metric_hint": ("选择指标，或自己填写", "Choose a figure or write one"),
    "office": ("单位", "Organisation"),
    "no_chart": ("所选范围内没有可以画成图的数据。", "There is nothing to draw for this choice."),
    "figures_and_cells": ("数字与所在单元格", "Figures and their cells"),
    # documents
    "upload": ("上传文件（可多选，可拖入）", "Upload files (drop several)"),
    "take_in": ("导入", "Index them"),
    "nothing_indexed": ("资料库里还没有文件，请先上传。", "Nothing is indexed yet: upload files first."),
    "name": ("文件名", "File"),
    "year": ("年度", "Year"),
    "kind": ("类别", "Kind"),
    "pages": ("页数", "Pages"),
    "tables": ("表", "Tables"),
    "facts": ("数据", "Figures"),
    "confidence": ("把握", "Confidence"),
    "findings": ("提示", "Findings"),
    "list_of": ("已收录 {0} 份文件，点一行打开", "{0} documents: click one to open it"),
    "findings_of": ("读取时的提示（{0}）", "Findings ({0})"),
    "open_document": ("打开文件", "Open a document"),
    "ask_this": ("只问这份文件", "Ask this document only"),
    "read_again": ("重新读取", "Read again"),
    "remove": ("删除", "Delete"),
    "remove_sure": ("从资料库中删除“{0}”？", "Delete “{0}” from the store?"),
    "table_of": ("表格", "Table"),
    "pick_cell": ("发现读错的单元格？点它就可以报告。", "A cell was read wrongly? Click it to report it."),
    "wrong_cell": ("第{0}行第{1}列读作", "Row {0}, column {1} was read as"),
    "should_be": ("应为", "It should be"),
    "note": ("说明（可不填）", "Note (optional)"),
    "report": ("报告", "Report"),
    # self-check
    "error": ("错误", "Errors"),
    "warning": ("提示", "Warnings"),
    "scope": ("口径不同", "Different scope"),
    "rounding": ("尾差", "Rounding"),
    "info": ("说明", "Notes"),
    "origin_document": ("文件本身", "in the document"),
    "origin_extraction": ("可能是读取造成", "perhaps from reading it"),
    "severity": ("类别", "Kind"),
    "no_findings": ("所选范围内没有发现。", "Nothing was found for this choice."),
    "rules_held": ("各条规则的结果", "How often each rule held"),
    "rule": ("规则", "Rule"),
    "holds": ("相符", "Holds"),
    "fails": ("不符", "Fails"),
    # evaluation
    "no_runs": ("还没有评测记录。在命令行运行：", "No runs yet. On the command line:"),
    "run": ("评测记录", "Run"),
    "accuracy": ("正确率", "Accuracy"),
    "wrong_verified": ("错而标为已核验", "Wrong but marked as checked"),
    "wrong_shown": ("给出错误数值", "Wrong figures shown"),
    "refused_wrongly": ("不应拒答而未答", "Refused wrongly"),
    "latency": ("耗时 p50 / p95", "Time p50 / p95"),
    "report_html": ("下载报告（HTML）", "Download the report (HTML)"),
    "by_category": ("分类正确率", "By category"),
    "by_type": ("按答案类型", "By answer type"),
    "right": ("正确率", "right"),
    "of": ("题数", "of"),
    "questions": ("逐题", "Questions"),
    "only_wrong": ("只看错题", "Only wrong ones"),
    "shown_of": ("{0} / {1} 题", "{0} of {1}"),
    "question": ("题目", "Question"),
    "gold": ("标准答案", "Gold"),
    "answer": ("回答", "Answer"),
    "compare_with": ("与另一次比较", "Compare with"),
    "won": ("由错变对", "Won"),
    "lost": ("由对变错", "Lost"),
    "changed": ("答法不同", "Answered differently"),
    "opinions": ("用户反馈", "Feedback"),
    "no_opinions": ("还没有反馈。", "No feedback yet."),
    "when": ("时间", "When"),
    "thumb": ("评价", "Verdict"),
    "thumb_up": ("有用", "useful"),
    "thumb_down": ("有误", "wrong"),
    "version": ("版本", "Version"),
    "as_set": ("导出为题集", "Export as a question set"),
    # history
    "no_history": ("还没有保存的对话。", "No conversations yet."),
    "turns": ("{0} 问", "{0} questions"),
    "reopen": ("打开", "Open"),
    "rename": ("改名", "Rename"),
    "save": ("保存", "Save"),
    "delete_sure": ("删除后，其中答案的链接也会失效。", "Links to its answers will no longer work."),
}

# Categories and answer types of question sets, in Chinese; others stand as they are written.
_KINDS: Mapping[str, str] = {
    "ambiguous": "有歧义",
    "cell": "单元格",
    "clarify": "应反问",
    "compute": "计算",
    "cross": "跨文件",
    "followup": "追问",
    "inconsistency": "表文矛盾",
    "list": "列举",
    "narrative": "情况说明",
    "number": "数值",
    "performance": "绩效",
    "ratio": "比率",
    "refuse": "应拒答",
    "text": "文字",
    "unanswerable": "答不了",
    "yesno": "是否",
}

_STAGES: Mapping[str, str] = {
    "理解问题": "Understanding the question",
    "查找数据": "Looking for figures",
    "计算核验": "Checking every figure",
    "换个说法": "Trying other words",
    "组织回答": "Writing the answer",
}


def word(key: str, language: Language) -> str:
    """A label in one of the two languages."""
    return _WORDS[key][1 if language == "en" else 0]


def kind_word(kind: str, language: Language) -> str:
    """The name of a category or an answer type of a question set."""
    return kind if language == "en" else _KINDS.get(kind, kind)


def stage_word(stage: str, language: Language) -> str:
    """The name of a stage of answering, as `qa.pipeline.ask` tells it."""
    return _STAGES.get(stage, stage) if language == "en" else stage
