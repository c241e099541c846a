"""Where: places named in the news, looked up in a gazetteer of countries, regions and towns.

>>> Gazetteer().locate("Kobani").country
'SYR'
"""

from tacitus.places.gazetteer import Gazetteer
from tacitus.places.report import ReportPlaces
from tacitus.places.tables import PlaceEntry

__all__ = ["Gazetteer", "PlaceEntry", "ReportPlaces"]
