"""When: time expressions found in a sentence, and their dates against the report's date.

>>> from datetime import date
>>> resolve_time("last Friday", date(2014, 3, 21))
TimeValue(date='2014-03-14', precision='day')
"""

from tacitus.times.find import find_times
from tacitus.times.resolve import resolve_time
from tacitus.times.value import TimeValue

__all__ = ["TimeValue", "find_times", "resolve_time"]
