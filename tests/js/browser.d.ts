// What the scripts in static/js use besides the browser's own names.

/** Set by tests/js/load.js, which runs a script where there is no page, to read its functions. */
declare var module: { exports: object };

/** One choice that a chart offers, as the build writes it into the specification. */
interface ChartOption {
  value: string;
  label?: string;
  /** Values of the drawing's parameters. */
  params?: Record<string, any>;
}

interface ChartControl {
  key: string;
  field: string;
  options: ChartOption[];
  /** What a number of the reader's own does; `{}` stands for it. */
  any?: ChartOption;
  /** The largest such number. */
  most?: number;
}

/** What is chosen, by the key of the control, in the words of an address. */
type ChartState = Record<string, string>;

type ChartRow = Record<string, any>;

/** A compiled Vega specification, as far as the scripts look into it. */
interface ChartSpec {
  width: number;
  height: number;
  background?: string;
  padding: { left: number; top: number };
  data: { name: string; values?: ChartRow[] }[];
  signals?: { name: string; value?: any }[];
  usermeta?: { recolor?: Record<string, string>; controls?: ChartControl[] };
}

interface ChartScale {
  (value: unknown): number;
  bandwidth?: () => number;
}

interface ChartView {
  runAsync(): Promise<ChartView>;
  finalize(): void;
  scale(name: string): ChartScale;
  data(name: string): ChartRow[];
  signal(name: string): any;
  signal(name: string, value: unknown): ChartView;
  addEventListener(
    type: string,
    listener: (event: Event, item: ChartItem | null | undefined) => void,
  ): ChartView;
}

interface ChartItem {
  mark: { marktype: string };
  tooltip?: Record<string, string>;
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

/** Makes the chart of a figure live; the other function is told when that fails. */
type MakeLiveChart = (figure: HTMLElement, fail: (error: unknown) => void) => void;

/** What address.js offers to the scripts that keep their state in the address. */
interface PageAddress {
  /** What the address asks for of the controls with these keys. */
  asked(keys: string[]): [string, string][];
  /** Put choices into the address; an empty one is taken out. */
  choose(choices: [string, string][], passing?: boolean): void;
  /** Call this when the reader went back or forward. */
  follow(show: () => void): void;
  go(address: string, passing?: boolean): void;
  /** Call this whenever the address has changed, by the page or by its reader. */
  watch(show: () => void): void;
  /** Return another address with these choices. */
  with(address: string, choices: [string, string][]): string;
}

interface Window {
  leaderboardsAddress?: PageAddress;
  leaderboardsVega?: ChartRuntime;
  leaderboardsExplore?: MakeLiveChart;
  leaderboardsSpecs?: Record<string, ChartSpec>;
}
