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
    "ask": ("问问题", "Ask"),
    "documents": ("文件", "Documents"),
    "placeholder": ("例如：工信局2022年三公经费决算是多少？", "e.g. 工信局2022年三公经费决算是多少？"),
    "all": ("全部文件", "all documents"),
    "filter": ("只在这些文件中回答", "Answer only from"),
    "examples": ("可以这样问", "You could ask"),
    "empty": ("资料库里还没有文件，请到“文件”页上传。", "Nothing is indexed yet: upload on the Documents page."),
    "table": ("已核验（表）", "checked (table)"),
    "text": ("已核验（文）", "checked (text)"),
    "both": ("表文一致", "table and text agree"),
    "computed": ("计算所得", "computed"),
    "conflict": ("表文矛盾", "table and text differ"),
    "formula": ("算式", "Formula"),
    "evidence": ("出处", "Evidence"),
    "page": ("第{0}页", "page {0}"),
    "previous": ("上一页", "previous"),
    "next": ("下一页", "next"),
    "zoom": ("缩放", "Zoom"),
    "download": ("下载原文件", "Download the document"),
    "as_table": ("提取的表格", "The table as extracted"),
    "close": ("关闭出处", "Close"),
    "options": ("请选择", "Please choose"),
    "refused": ("没有答案", "No answer"),
    "export": ("导出", "Export"),
    "new": ("新对话", "New conversation"),
    "upload": ("上传文件（可多选）", "Upload files"),
    "take_in": ("导入", "Index them"),
    "remove": ("删除", "Remove"),
    "name": ("文件名", "File"),
    "office": ("单位", "Organisation"),
    "year": ("年度", "Year"),
    "kind": ("类别", "Kind"),
    "pages": ("页数", "Pages"),
    "tables": ("表", "Tables"),
    "facts": ("数据", "Figures"),
    "findings": ("提示", "Findings"),
    "language": ("English", "中文"),
    "copy": ("复制答案与出处", "Copy answer with sources"),
    "warning": ("注意", "Note"),
    "good": ("谢谢，已记录。", "Thank you, noted."),
    "values": ("数字", "Figures"),
}


def word(key: str, language: Language) -> str:
    """A label in one of the two languages."""
    return _WORDS[key][1 if language == "en" else 0]
