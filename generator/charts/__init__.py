"""The chart room: the only door to Altair and vl-convert."""

from generator.charts.cards import draw_cards
from generator.charts.catalogue import CHARTS
from generator.charts.chart import Chart, DrawnChart, UndrawnChart
from generator.charts.draw import draw_all
from generator.charts.runtime import THIRD_PARTY, runtime_js

__all__ = ["CHARTS", "THIRD_PARTY", "Chart", "DrawnChart", "UndrawnChart", "draw_all", "draw_cards", "runtime_js"]
