"""A small disclosure written out as text, with the sections that every department's has: what tests of words ask about."""

from __future__ import annotations

from pathlib import Path

from index.ingest import ingest_file
from index.stores import Index
from index.vocabulary import load_vocabulary
from qa.finder import Finder
from qa.pipeline import Tools

NAME = "青山市水利局_2022年度部门决算.txt"

TEXT = """2022年度青山市水利局部门决算

第一部分 青山市水利局概况
一、部门职责
青山市水利局主要职责是：
1.负责保障全市水资源的合理开发利用，拟订水利发展规划。
2.负责水旱灾害防御工作，组织编制防御洪水方案。
3.指导农村水利工作，不再承担农村饮水工程的建设管理。
二、机构设置
青山市水利局内设机构3个：办公室、规划计划科、水旱灾害防御科。
纳入青山市水利局2022年度部门决算编制范围的单位共3个，具体包括：
1.青山市水利局本级。
2.青山市水文监测站。
3.青山市灌区服务中心。

第二部分 2022年度部门决算情况说明
一、收入支出决算总体情况说明
2022年度收、支总计均为1,200.00万元。与上年度相比，收、支总计各增加200.00万元，增长25.00%，主要原因是新增水库除险加固项目。
二、一般公共预算财政拨款支出决算情况说明
2022年度一般公共预算财政拨款支出年初预算为1,000.00万元，支出决算为1,150.00万元，完成年初预算的115.00%。其中：
1.农林水支出（类）水利（款）水文测报（项）。主要用于水文站网的运行维护和设备检定。年初预算为60.00万元，支出决算为52.30万元，完成年初预算的87.17%。决算数与年初预算数存在差异的主要原因是部分设备未到检定周期。
2.农林水支出（类）水利（款）防汛（项）。年初预算为0.00万元，支出决算为88.00万元。决算数与年初预算数存在差异的主要原因是上级追加防汛物资购置资金。
三、政府性基金预算财政拨款支出决算情况说明
我部门2022年度没有使用政府性基金预算财政拨款安排的支出。
四、机关运行经费支出情况
2022年度机关运行经费支出45.00万元，比上年减少5.00万元，下降10.00%，主要原因是压缩办公费用。
五、政府采购支出情况
2022年度政府采购支出总额300.00万元，授予中小企业合同金额180.00万元，占政府采购支出总额的60.00%。
六、预算绩效情况说明
我部门对12个项目开展绩效自评。绩效自评发现的主要问题：一是部分项目资金支付进度偏慢；二是个别绩效指标设置不够具体。

河道治理专项经费情况说明
一、项目概述
对城区三条河道开展清淤和护岸整治。
二、立项依据
1、《青山市河道管理条例》。
2、《青山市水污染防治工作方案》（青政办〔2019〕17号）。
三、实施周期
2022年3月1日至2022年11月30日

第四部分 名词解释
一、基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。
二、年初结转和结余：指以前年度尚未完成、结转到本年按有关规定继续使用的资金。
三、机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金，包括办公及印刷费、邮电费、差旅费、会议费。
"""


def tools_of(folder: Path, text: str = TEXT, name: str = NAME) -> Tools:
    """The disclosure ingested into a store of its own."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    index = Index.open(folder / "store")
    assert ingest_file(path, index, None).status == "added"
    return Tools(Finder(index, load_vocabulary()))
