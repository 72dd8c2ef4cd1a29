// What the scripts in static/js use besides the browser's own names.

/** Set by tests/js/load.js, which runs a script where there is no page, to read its functions. */
declare var module: { exports: object };

/** One choice that a chart offers, as the build writes it into the specification. */
interface ChartOption {
  value: string;
  params?: Record<string, unknown>;
  byline?: string;
}

interface ChartControl {
  key: string;
  field: string;
  /** How many days end with each day of a range: seven of a week. */
  days?: number;
  options: ChartOption[];
}

type ChartRow = Record<string, any>;

interface ChartMark {
  name?: string;
  type: string;
  marks?: ChartMark[];
  encode?: { update?: Record<string, unknown> };
}

/** A compiled Vega specification, as far as the scripts look into it. */
interface ChartSpec {
  width: number;
  height: number;
  padding: { left: number; top: number };
  data: { name: string; values?: ChartRow[] }[];
  marks: ChartMark[];
  scales?: { name: string }[];
  signals?: { name: string; value?: any }[];
  usermeta?: {
    recolour?: Record<string, string>;
    byline?: string;
    columns?: number;
    days?: string;
    provisional?: string;
    controls?: ChartControl[];
  };
}

interface ChartScale {
  (value: unknown): number;
  bandwidth?: () => number;
}

interface ChartView {
  runAsync(): Promise<ChartView>;
  finalize(): void;
  scale(name: string): ChartScale;
  signal(name: string, value: unknown): ChartView;
  addEventListener(
    type: string,
    listener: (event: Event, item: ChartItem | null | undefined) => void,
  ): ChartView;
}

interface ChartItem {
  mark: { marktype: string };
  tooltip?: unknown;
  datum?: ChartRow;
}

/** Shows a value beside the pointer, as vega-tooltip does; null hides it. */
type TellValue = (
  view: ChartView,
  event: Event,
  item: ChartItem | null | undefined,
  value: unknown,
) => void;

/** The bundle that generator/charts/runtime.py makes of Vega. */
interface ChartRuntime {
  Handler: new (options: object) => { call: TellValue };
  View: new (parsed: object, options: object) => ChartView;
  expressionInterpreter: unknown;
  parse(spec: ChartSpec, config: null, options: { ast: boolean }): object;
}

/** The days of a chart over time: all of them, and those that are shown. */
interface ChartTime {
  all: string[];
  shown: string[];
  since: string;
  until: string;
  /** Whether these are not all. */
  limited?: boolean;
  /** Whether they end before the newest. */
  past?: boolean;
  /** Whether a range was chosen of which there are fewer than two days. */
  missed?: boolean;
}

interface ChartChoices {
  signals: Record<string, unknown>;
  time: ChartTime | null;
}

/** What chart.js offers to explore.js. */
interface ChartWords {
  day(value: unknown): string;
  several(value: string, known: string[]): string[];
  span(value: string | null | undefined): string[] | null;
  spoken(range: string[]): string;
}

/** A chart on a page, as explore.js sees it. */
interface LiveChart {
  state(): Record<string, string>;
  chooser(key: string): HTMLSelectElement | undefined;
  point(value: unknown): void;
  limit(range: string, passing?: boolean): void;
  hold(view: ChartView, event: Event, item: ChartItem | null | undefined): void;
  release(): void;
}

interface ChartExplorer {
  choices(state: Record<string, string>): ChartChoices;
  listen(chart: LiveChart, view: ChartView, box: HTMLElement): void;
  describe(chart: LiveChart, box: HTMLElement, time: ChartTime | null): void;
}

type MakeExplorer = (words: ChartWords, spec: ChartSpec) => ChartExplorer;

/** What address.js offers to the scripts that keep their state in the address. */
interface PageAddress {
  /** Put choices into the address; an empty one is taken out. */
  choose(choices: [string, string][], passing?: boolean): void;
  /** Call this when the reader went back or forward. */
  follow(show: () => void): void;
  go(address: string, passing?: boolean): void;
  /** Call this whenever the address has changed, by the page or by its reader. */
  watch(show: () => void): void;
}

interface Window {
  leaderboardsAddress?: PageAddress;
  leaderboardsVega?: ChartRuntime;
  leaderboardsExplore?: MakeExplorer;
  leaderboardsSpecs?: Record<string, ChartSpec>;
}
