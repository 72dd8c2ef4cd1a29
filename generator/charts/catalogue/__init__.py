"""Every chart there is. A new one is a file in this folder and its name in this tuple."""

from generator.charts.catalogue import (
    aa_bars,
    app_top,
    app_trend,
    da_elo,
    fr_scatter,
    mod_matrix,
    price_context,
    task_macro,
    task_models,
    task_share,
    tok_author_share,
    tok_model,
    tok_movers,
    tok_rank_bump,
    tok_top_bar,
    tok_top_stack,
)
from generator.charts.chart import Chart

CHARTS: tuple[Chart, ...] = (
    tok_top_bar.CHART,
    tok_top_stack.CHART,
    tok_rank_bump.CHART,
    tok_movers.CHART,
    tok_author_share.CHART,
    app_top.CHART,
    app_trend.CHART,
    aa_bars.CHART,
    fr_scatter.CHART,
    da_elo.CHART,
    task_share.CHART,
    task_macro.CHART,
    task_models.CHART,
    price_context.CHART,
    mod_matrix.CHART,
    tok_model.CHART,
)
