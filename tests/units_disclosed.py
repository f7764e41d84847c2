"""A small budget of a health office with two hospitals and two health centres, for tests."""

from __future__ import annotations

from collections.abc import Sequence

NAME = "青山市东湖区卫生健康局2024年部门预算.html"
PROSE = """<h1>青山市东湖区卫生健康局2024年部门预算</h1>
<p>第一部分 青山市东湖区卫生健康局概况</p>
<p>纳入青山市东湖区卫生健康局2024年部门预算编制范围的单位共5个，具体包括：1.青山市东湖区卫生健康局本级。2.东湖区人民医院。3.东湖区中医院。4.东湖区石桥镇中心卫生院。5.东湖区新店镇中心卫生院。</p>
<p>第二部分 2024年部门预算表</p>"""


def table(code: str, title: str, rows: Sequence[str]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<p>{code}</p><p>{title}</p><p>部门：青山市东湖区卫生健康局 单位：万元</p><table border='1'>{body}</table>"


UNITS = table(
    "公开02表",
    "所属单位预算汇总表",
    (
        "单位名称|预算合计|一般公共预算拨款|单位资金",
        "合计|1000.00|700.00|300.00",
        "青山市东湖区卫生健康局本级|300.00|300.00|",
        "东湖区人民医院|400.00|180.00|220.00",
        "东湖区中医院|150.00|90.00|60.00",
        "东湖区石桥镇中心卫生院|90.00|75.00|15.00",
        "东湖区新店镇中心卫生院|60.00|55.00|5.00",
    ),
)
