"""Every chart there is. A new one is a file in this folder and its name in this list."""

from importlib import import_module

from generator.charts.chart import Chart

_NAMES = """
    tok_top_bar tok_history tok_top_stack tok_rank_bump tok_movers tok_author_share tok_author_panels
    tok_other_share tok_restated tok_open_weights tok_free tok_concentration tok_spend tok_adoption
    app_top app_trend app_efficiency app_share_cat session_cost
    aa_bars aa_pair fr_scatter fr_time fr_cheapest da_elo da_podium da_speed da_heat
    task_share task_macro task_trend task_intensity task_models task_lift use_score use_test_taste
    price_context price_index price_steps mod_matrix mod_params mod_releases
    tok_model tok_author price_model
"""
CHARTS: tuple[Chart, ...] = tuple(
    import_module(f"{__name__}.{name}").CHART for name in _NAMES.split()
)

REPLACED: dict[str, str] = {}
"""Charts that have left the list above: by the id that is in use elsewhere, the id of what answers its question now."""
