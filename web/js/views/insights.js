// @ts-check
/** The figures of a span of time: what came when, how fast, from whom, and what was wrong. Pure. */

/** @import { Insights } from "../types.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
/** @import { TimeChart } from "./charts/time.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ref } from "../../vendor/lit-html/directives/ref.js";
import { duration, grouped, many, size } from "../format.js";
import { CLASSES, PRESETS, attemptsOf, boundsQuery, bucketsOf, lacksAttempts, localOf, momentOf, spanOf, spanQuery, spanText, sumsOf, sumsText } from "../spans.js";
import { cardsView } from "./cards.js";
import { icon } from "./icons.js";
import { href } from "./shell.js";

/** @param {State} state @param {Page} page @param {TimeChart} chart */
export function insightsView(state, page, chart) {
  const { told, problem } = state.insights;
  return html`<div class="page insights" aria-busy=${told || problem ? "false" : "true"}>
    ${headView(state, page)}
    ${problem ? html`<p class="note bad" role="alert">${problem.detail}</p>` : nothing}
    ${told ? (nothingCame(told) ? emptyView(state, page) : bodyView(told, state, page, chart)) : nothing}
  </div>`;
}

/** @param {Insights} told */
const nothingCame = ({ messages, sessions, replies }) => messages + sessions + attemptsOf(replies) === 0;

/** @param {State} state @param {Page} page */
function headView({ app, insights }, page) {
  const { since, until, inbox } = app.route;
  const { told } = insights;
  return html`<header class="insights-head">
    <h1>Insights</h1>
    ${app.inboxes.length > 1 || inbox !== null ? inboxView(app, page) : nothing}
    <span class="grow"></span>
    <details class="menu span-menu" @toggle=${(/** @type {Event} */ event) => fill(event, page)} @keydown=${closeByKey} @focusout=${closeBehind}>
      <summary class="button">${told ? spanText(told) : "Span"}${icon("down")}</summary>
      <form aria-label="Span" @submit=${(/** @type {SubmitEvent} */ event) => submit(event, page)}>
        <label>From <input class="field" type="datetime-local" step="1" name="since" /></label>
        <label>To <input class="field" type="datetime-local" step="1" name="until" /></label>
        <button class="button main">Show</button>
      </form>
    </details>
    <div class="group" role="group" aria-label="Newest">${PRESETS.map(
      ([age, title]) => html`<button type="button" class="button quiet" aria-pressed=${since === age && until === null ? "true" : "false"} @click=${() => page.insights.span(age, null)}>${title}</button>`,
    )}</div>
  </header>`;
}

/** @param {State["app"]} app @param {Page} page */
const inboxView = ({ inboxes, route }, page) => html`<select class="field" aria-label="Inbox" @change=${(/** @type {Event} */ event) =>
  page.turn({ inbox: /** @type {HTMLSelectElement} */ (event.target).value || null })}>
  <option value="" ?selected=${route.inbox === null}>All inboxes</option>
  ${[...new Set([...inboxes.map(({ name }) => name), ...(route.inbox === null ? [] : [route.inbox])])].map((name) => html`<option value=${name} ?selected=${name === route.inbox}>${name}</option>`)}
</select>`;

/** The fields begin with the span that is shown; nothing that comes meanwhile writes into them. @param {Event} event @param {Page} page */
function fill(event, page) {
  const menu = /** @type {HTMLDetailsElement} */ (event.target);
  const { told } = page.state.insights;
  if (!menu.open || !told) return;
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (menu.querySelector(`[name=${name}]`));
  field("since").value = localOf(told.since);
  // The fields have no fractions of a second: the end goes to the next whole one.
  field("until").value = localOf(new Date(Math.ceil(Date.parse(told.until) / 1000) * 1000).toISOString());
  field("since").focus();
}

/** @param {KeyboardEvent} event */
function closeByKey(event) {
  const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.key !== "Escape" || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** Who goes elsewhere leaves no open menu behind. @param {FocusEvent} event */
function closeBehind(event) {
  const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
}

/** @param {SubmitEvent} event @param {Page} page */
function submit(event, page) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const told = new FormData(form);
  const menu = form.closest("details");
  if (menu) menu.open = false;
  page.insights.span(momentOf(String(told.get("since") ?? "")), momentOf(String(told.get("until") ?? "")));
}

/** @param {State} state @param {Page} page */
function emptyView({ app }, page) {
  const all = app.route.since === null && app.route.until === null;
  return html`<div class="hint"><h2>${all ? "No mail yet" : "Nothing came in this span"}</h2>
    <p>${all ? "As soon as something is sent, it is counted here: what came when, how fast, from whom." : "Another span may have some."}</p>
    ${all ? html`<a class="button" href=${href({ view: "connect" })}>How to send some</a>` : html`<button type="button" class="button" @click=${() => page.insights.span(null, null)}>Show all</button>`}
  </div>`;
}

/** @param {Insights} told @param {State} state @param {Page} page @param {TimeChart} chart */
function bodyView(told, state, page, chart) {
  const { inbox } = state.app.route;
  const bounds = boundsQuery(told, state.app.route);
  const link = (/** @type {string} */ query) => href({ inbox, query: [query, bounds].filter(Boolean).join(" ") });
  return html`${figuresView(told, link)}
    <section class="card time" aria-labelledby="time-title">
      <div class="line card-head"><h2 id="time-title">Attempts over time</h2><span class="readout muted grow cut" aria-hidden="true"></span>${legendView(told)}</div>
      ${chartView(told, state, chart)}
      ${chosenView(told, state, page)}
      ${tableView(told, page)}
    </section>
    ${cardsView(told, link)}
    ${cutView(told)}`;
}

/** The row of figures on top. @param {Insights} told @param {(query: string) => string} link */
function figuresView({ messages, unread, octets, sessions, replies, transactions }, link) {
  const refused = replies["4xx"] + replies["5xx"];
  const tried = attemptsOf(replies);
  return html`<dl class="figures">
    ${figure("Messages", grouped(messages), size(octets), link(""))}
    ${figure("Unread", grouped(unread), messages ? `${percent(unread, messages)} of them` : "", link("is:unread"))}
    ${figure("Refused", grouped(refused), refused ? `${percent(refused, tried)} of ${many(tried, "attempt")}` : `of ${many(tried, "attempt")}`, href({ view: "attempts" }), refused ? "bad" : "")}
    ${figure("Sessions", grouped(sessions), replies.aborted ? `${many(replies.aborted, "attempt")} broken off` : "connections", href({ view: "sessions" }))}
    ${figure("Median time", transactions ? duration(transactions.median) : "–", transactions ? `95 % within ${duration(transactions.p95)}` : "MAIL to the reply")}
  </dl>`;
}

/** @param {number} part @param {number} whole */
const percent = (part, whole) => `${Math.round((100 * part) / whole)} %`;

/** @param {string} title @param {string} value @param {string} aside @param {string} [where] @param {string} [tone] */
const figure = (title, value, aside, where, tone = "") => html`<div class="figure">
  <dt>${title}</dt><dd class=${tone}>${where ? html`<a href=${where}>${value}</a>` : value}</dd><dd class="muted cut">${aside}</dd>
</div>`;

/** @param {Insights} told */
const legendView = (told) => html`<ul class="chart-legend">${lacksAttempts(told) ? html`<li class="stored" title="Messages whose attempts are not kept any more, or were not looked at">Messages <span class="number">${grouped(told.messages)}</span></li>` : nothing}${CLASSES.map(
  ([name, title, token]) => html`<li class=${token.slice(2)} title=${name === "aborted" ? "The client left before it was told" : `Answered ${name}`}>${title} <span class="number">${grouped(told.replies[name])}</span></li>`,
)}</ul>`;

/** @param {Insights} told @param {State} state @param {TimeChart} chart */
function chartView(told, { insights, app }, chart) {
  chart.show(told, insights.chosen, app.settings.theme);
  const { replies, buckets, width } = told;
  const told_ = CLASSES.map(([name, title]) => `${title.toLowerCase()} ${replies[name]}`).join(", ");
  return html`<div class="chart" role="img" aria-label=${`Bars of ${many(width, "second")} from ${spanText(told)}, ${many(buckets.length, "bar")}: ${told_}. The table below has the numbers.`}
    ${ref(chart.attach)}></div>`;
}

/** What is chosen, and what can be done with it; the line is there always, so that nothing jumps. @param {Insights} told @param {State} state @param {Page} page */
function chosenView(told, { insights, app }, page) {
  const buckets = insights.chosen && bucketsOf(told, insights.chosen);
  if (!buckets) return html`<div class="line chosen-span muted" role="status">Drag over the bars, or click one, to choose a span.</div>`;
  const span = spanOf(told, ...buckets);
  const sums = sumsOf(told, ...buckets);
  const { messages } = sums;
  const where = href({ inbox: app.route.inbox, query: spanQuery(span) });
  return html`<div class="line chosen-span" role="status">
    <strong>${spanText(span)}</strong>
    <span class="muted cut grow">${sumsText(sums)}</span>
    ${messages ? html`<a class="button main" href=${where}>Show ${messages === 1 ? "this message" : `these ${many(messages, "message")}`}</a>` : nothing}
    <button type="button" class="button" @click=${() => page.insights.zoom()}>Zoom in</button>
    <button type="button" class="button icon quiet" aria-label="Choose nothing" title="Choose nothing" @click=${() => page.insights.forget()}>${icon("close")}</button>
  </div>`;
}

/** The chart as numbers, and the way to choose without a pointer. @param {Insights} told @param {Page} page */
function tableView(told, page) {
  const rows = told.buckets.map((bucket, index) => ({ ...bucket, index })).filter(({ messages, replies }) => messages + attemptsOf(replies));
  return html`<details class="fold"><summary>As a table</summary><div class="scrolls" tabindex="0"><table class="table numbers">
    <thead><tr><th scope="col">Time</th>${CLASSES.map(([, title]) => html`<th scope="col">${title}</th>`)}<th scope="col">Messages</th><th scope="col"><span class="unseen">Choose</span></th></tr></thead>
    <tbody>${rows.map(({ messages, replies, index }) => html`<tr><th scope="row">${spanText(spanOf(told, index, index))}</th>
      ${CLASSES.map(([name]) => html`<td>${grouped(replies[name])}</td>`)}<td>${grouped(messages)}</td>
      <td><button type="button" class="button quiet" @click=${() => page.insights.choose(index, index)}>Choose</button></td></tr>`)}</tbody>
  </table></div></details>`;
}

/** That not all was looked at. @param {Insights} told */
const cutView = ({ messages, looked_at: looked }) =>
  looked.messages < messages
    ? html`<p class="muted">Sizes, addresses, findings and repeats are of the newest ${many(looked.messages, "message")}; times of the stages of ${many(looked.transcripts, "session")}.</p>`
    : nothing;
