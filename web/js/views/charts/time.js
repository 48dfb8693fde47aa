// @ts-check
/**
 * Attempts by class over time, drawn by uPlot; one drags over it to choose a span.
 *
 * @import { Page } from "../../page.js"
 * @import { Insights } from "../../types.js"
 * @import { Span } from "../../spans.js"
 * @import UPlot from "../../../vendor/uplot/uPlot.js"
 */
import { grouped } from "../../format.js";
import { CLASSES, attemptsOf, bucketsOf, spanText, spanOf, sumsText, tickOf } from "../../spans.js";
import { fetchUplot, uplot } from "./uplot.js";

/** Bars at least as many as there would be room for: one alone is not as wide as the chart. */
const FEWEST = 30;

/** Steps of the axis of counts: there are no halves of messages. */
const STEPS = [1, 2, 5].flatMap((step) => [0, 1, 2, 3, 4, 5, 6].map((power) => step * 10 ** power)).sort((a, b) => a - b);

export class TimeChart {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** @type {HTMLElement | null} */
    this.element = null;
    /** @type {UPlot | null} */
    this.plot = null;
    /** @type {Insights | null} */
    this.told = null;
    /** @type {Span | null} */
    this.chosen = null;
    /** Empty stretches before the first bucket. */
    this.before = 0;
    this.theme = "";
    this.sized = new ResizeObserver(() => this.fit());
    // One and the same for every drawing: another one would be told that the element went away.
    this.attach = this.attach.bind(this);
    for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
      matchMedia(query).addEventListener("change", () => this.rebuild());
    }
  }

  /** The element to draw in, once it is there. @param {Element | undefined} element */
  attach(element) {
    if (element === this.element) return;
    this.sized.disconnect();
    this.plot?.destroy();
    this.plot = null;
    this.element = element instanceof HTMLElement ? element : null;
    if (!this.element) return;
    this.sized.observe(this.element);
    // It is in the document only after this drawing; before that it has no style.
    queueMicrotask(() => this.update());
  }

  /** @param {Insights} told @param {Span | null} chosen @param {string} theme */
  show(told, chosen, theme) {
    const fresh = told !== this.told || chosen !== this.chosen;
    this.told = told;
    this.chosen = chosen;
    if (theme !== this.theme) {
      this.theme = theme;
      // The document wears it already: see main.js.
      this.rebuild();
    } else if (fresh) this.update();
  }

  /** Draw anew, in the colours of now. */
  rebuild() {
    this.plot?.destroy();
    this.plot = null;
    this.update();
  }

  update() {
    const { element, told } = this;
    if (!element?.isConnected || !told) return;
    const library = uplot();
    if (!library) return void this.page.attempt(() => fetchUplot().then(() => this.update()));
    const data = this.data(told);
    if (this.plot) this.plot.setData(data);
    else this.plot = new library(this.options(element, library), data, element);
    this.mark();
  }

  /** The columns: the time, the messages, then each class on top of those before it, the highest first; what comes later hides it. @param {Insights} told @returns {UPlot.AlignedData} */
  data(told) {
    const lacking = Math.max(FEWEST - told.buckets.length, 0);
    this.before = lacking >> 1;
    const begin = Date.parse(told.buckets[0]?.at ?? told.since) / 1000;
    const count = told.buckets.length + lacking;
    const times = Array.from({ length: count }, (_, index) => begin + (index - this.before) * told.width);
    const sums = CLASSES.map((_, upto) =>
      times.map((_, index) => {
        const replies = told.buckets[index - this.before]?.replies;
        const own = CLASSES[upto]?.[0];
        // What has nothing of its own is not drawn: its edge would shine through.
        return replies && own && replies[own] ? CLASSES.slice(0, upto + 1).reduce((sum, [name]) => sum + replies[name], 0) : null;
      }),
    );
    const stored = times.map((_, index) => told.buckets[index - this.before]).map((bucket) => (bucket && bucket.messages > attemptsOf(bucket.replies) ? bucket.messages : null));
    return [times, stored, ...sums.reverse()];
  }

  /** @param {HTMLElement} element @param {typeof UPlot} library @returns {UPlot.Options} */
  options(element, library) {
    const style = getComputedStyle(element);
    const axis = { stroke: colourOf(element, "--muted"), font: `${style.fontSize} ${style.fontFamily}`, ticks: { show: false } };
    const grid = { stroke: colourOf(element, "--line"), width: 1 };
    const paths = library.paths.bars?.({ size: [0.8, 48], align: 1 });
    const stored = { label: "Messages", stroke: colourOf(element, "--chart-2"), width: 1, paths, points: { show: false } };
    const series = CLASSES.toReversed().map(([, label, name]) => ({ label, fill: colourOf(element, name), width: 0, paths, points: { show: false } }));
    return {
      ...sizeOf(element),
      legend: { show: false },
      select: { show: true, over: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [8, 24, 0, 0],
      cursor: {
        y: false, points: { show: false }, drag: { x: true, y: false, setScale: false },
        bind: { dblclick: () => () => this.reset() },
      },
      scales: {
        x: { range: (plot) => this.ends(plot) },
        y: { range: (_plot, _low, high) => [0, Math.max(high, 1) * 1.05] },
      },
      axes: [
        { ...axis, grid: { show: false }, space: 72, size: 24, values: (_, splits) => splits.map((at, index) => tickOf(at * 1000, ((splits[index + 1] ?? at) - at || (at - (splits[index - 1] ?? at))) * 1000)) },
        { ...axis, grid, incrs: STEPS, size: 48, values: (_, splits) => splits.map((count) => grouped(count)) },
      ],
      series: [{}, stored, ...series],
      hooks: { ready: [(plot) => this.ready(plot)], setSelect: [(plot) => this.selected(plot)], setCursor: [(plot) => this.read(plot)] },
    };
  }

  /** uPlot knows the mouse; a finger drags too, and up and down still scrolls (see the style). @param {UPlot} plot */
  ready({ over }) {
    over.addEventListener("click", () => this.plot && this.clicked(this.plot));
    let from = 0;
    over.addEventListener("pointerdown", (event) => (from = event.offsetX));
    over.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch") return;
      const left = Math.max(Math.min(from, event.offsetX), 0);
      this.plot?.setSelect({ left, width: Math.abs(event.offsetX - from), top: 0, height: over.clientHeight }, false);
    });
    over.addEventListener("pointerup", (event) => {
      if (event.pointerType === "touch" && Math.abs(event.offsetX - from) > 8 && this.plot) this.selected(this.plot);
    });
    over.addEventListener("pointercancel", () => this.mark());
  }

  /** From the first bar to the end of the last. @param {UPlot} plot @returns {[number, number]} */
  ends(plot) {
    const [times] = plot.data;
    return [times[0] ?? 0, (times.at(-1) ?? 0) + (this.told?.width ?? 1)];
  }

  fit() {
    if (this.plot && this.element) this.plot.setSize(sizeOf(this.element));
    this.mark();
  }

  /** The bucket at so many pixels from the left. @param {UPlot} plot @param {number} left */
  bucketAt(plot, left) {
    const { told } = this;
    if (!told) return 0;
    const begin = Date.parse(told.buckets[0]?.at ?? told.since) / 1000;
    return Math.min(Math.max(Math.floor((plot.posToVal(left, "x") - begin) / told.width), 0), told.buckets.length - 1);
  }

  /** Somebody dragged. @param {UPlot} plot */
  selected(plot) {
    const { left, width } = plot.select;
    if (width) this.page.insights.choose(this.bucketAt(plot, left), this.bucketAt(plot, left + width - 1));
  }

  /** A click without a drag, which uPlot keeps to itself, chooses one stretch. @param {UPlot} plot */
  clicked(plot) {
    const index = this.bucketAt(plot, plot.cursor.left ?? 0);
    this.page.insights.choose(index, index);
  }

  /** @returns {null} as uPlot wants it */
  reset() {
    this.page.insights.forget();
    this.page.insights.span(null, null);
    return null;
  }

  /** Lay the mark on what is chosen. */
  mark() {
    const { plot, told, chosen } = this;
    if (!plot || !told) return;
    const buckets = chosen && bucketsOf(told, chosen);
    const begin = Date.parse(told.buckets[0]?.at ?? told.since) / 1000;
    const at = (/** @type {number} */ index) => plot.valToPos(begin + index * told.width, "x");
    const [left, right] = buckets ? [at(buckets[0]), at(buckets[1] + 1)] : [0, 0];
    plot.setSelect({ left, width: right - left, top: 0, height: buckets ? plot.over.clientHeight : 0 }, false);
  }

  /** Tell what is under the pointer. @param {UPlot} plot */
  read(plot) {
    const readout = this.element?.parentElement?.querySelector(".readout");
    const { told } = this;
    if (!readout || !told) return;
    const { left } = plot.cursor;
    const index = left === undefined || left < 0 ? -1 : this.bucketAt(plot, left);
    const bucket = told.buckets[index];
    readout.textContent = bucket ? `${spanText(spanOf(told, index, index))} · ${sumsText(bucket)}` : "";
  }
}

/** @param {HTMLElement} element */
const sizeOf = (element) => ({ width: Math.max(element.clientWidth, 1), height: Math.max(element.clientHeight, 1) });

/** The colour that a token is here and now. @param {HTMLElement} element @param {string} token */
function colourOf(element, token) {
  const probe = element.appendChild(document.createElement("i"));
  probe.style.color = `var(${token})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
