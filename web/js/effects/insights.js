// @ts-check
/**
 * What the view of insights does: ask for figures, again while mail comes; choose, zoom, reset.
 *
 * @import { Page } from "../page.js"
 * @import { Route } from "../route.js"
 */
import * as api from "../api.js";
import { isAge, spanOf } from "../spans.js";

/** Milliseconds between two askings while mail comes. */
const OFTEN = 1_500;

/** Milliseconds after which a span that ends now has moved on. */
const SELDOM = 10_000;

export class InsightsEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.timer = 0;
    /** Questions under way: while there is one, nothing is asked again. */
    this.open = 0;
    document.addEventListener("visibilitychange", () => this.heard());
  }

  get state() {
    return this.page.state.insights;
  }

  /** Show the figures that a route names. @param {Route} route */
  async ask({ inbox, since, until }) {
    const asked = { inbox, since, until };
    this.page.dispatch({ type: "insights.asked", asked });
    this.open += 1;
    try {
      const told = await api.get(`/api/insights${api.search(asked)}`);
      this.page.dispatch({ type: "insights.told", asked, told });
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      this.page.dispatch({ type: "insights.failed", asked, problem: error.problem });
    } finally {
      this.open -= 1;
    }
    if (isAge(since)) this.later(SELDOM);
  }

  /** Something changed. */
  heard() {
    this.later(OFTEN);
  }

  /** Ask again in a while, unless that is to be done already; never for what nobody sees. @param {number} wait */
  later(wait) {
    const { route } = this.page.state.app;
    if (document.hidden || route.view !== "insights") return;
    if (wait === SELDOM) clearTimeout(this.timer);
    else if (this.timer) return;
    this.timer = setTimeout(() => this.again(), wait);
  }

  again() {
    this.timer = 0;
    const { route } = this.page.state.app;
    if (this.open) this.later(OFTEN);
    else if (!document.hidden && route.view === "insights") this.page.attempt(() => this.ask(route));
  }

  /** Choose the stretches from one to another, in any order. @param {number} one @param {number} other */
  choose(one, other) {
    const { told } = this.state;
    if (told) this.page.dispatch({ type: "insights.chosen", span: spanOf(told, Math.min(one, other), Math.max(one, other)) });
  }

  forget() {
    this.page.dispatch({ type: "insights.chosen", span: null });
  }

  /** Show the figures of another span. @param {string | null} since @param {string | null} until */
  span(since, until) {
    this.page.go({ view: "insights", inbox: this.page.state.app.route.inbox, since, until });
  }

  zoom() {
    const { chosen } = this.state;
    if (chosen) this.span(chosen.since, chosen.until);
  }
}
