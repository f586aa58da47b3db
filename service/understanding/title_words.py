"""The words of titles that many documents share."""

import re

KINDS = "规定|办法|方案|意见|细则|条例|制度|规则|规程|清单|分工|要点|计划|措施|通知|公告|通告|标准|指南|规划|纲要|目录|章程|决定|决议|批复|报告|函|法"
GENERAL = re.compile(  # 工作要点, 管理办法: what many are called
    f"^(?:的|试行|暂行|若干|实施|工作|行动|管理|重点|任务|年度|总体|主要|指导|具体|贯彻|落实|有关)*(?:{KINDS})?$"
)
