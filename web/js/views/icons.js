// @ts-check
/** The icons of the page: outlines on a grid of 16, drawn with the colour of the text around. */
import { html, svg } from "../../vendor/lit-html/lit-html.js";

/** Paths by name, in the manner of Lucide: a stroke of 1.5, round ends. */
const PATHS = {
  inbox: "M2 9h3.5l1 2h3l1-2H14M3.5 3.5h9L14 9v3a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 12V9z",
  attempts: "M2 5h9.5M8.5 2l3 3-3 3M14 11H4.5M7.5 8l-3 3 3 3",
  sessions: "M3 2.5h10a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM4.5 6l2 2-2 2M8.5 10h3",
  faults: "M8 2l6.2 11.2H1.8zM8 6.2v3.3M8 11.6v.1",
  insights: "M2 13.5h12M4 11V8M7 11V4M10 11V6.5M13 11V2.5",
  connect: "M6 2v3M10 2v3M4 5h8v3a4 4 0 0 1-8 0zM8 12v2.5",
  settings: "M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7M11 2.8v3.4M5 9.8v3.4",
  docs: "M5.5 4L2 8l3.5 4M10.5 4L14 8l-3.5 4",
  tag: "M2 2.5h5.5L14 9l-5 5-6.5-6.5zM5 5.4v.1",
  star: "M8 2l1.8 3.8 4.2.6-3 2.9.7 4.2L8 11.5l-3.7 2 .7-4.2-3-2.9 4.2-.6z",
  recent: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.8V8l2.2 1.6",
  search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4L14 14",
  clip: "M13 7.5l-5.2 5.2a3.2 3.2 0 0 1-4.5-4.5l5.4-5.4a2.1 2.1 0 0 1 3 3L6.4 11a1 1 0 0 1-1.5-1.4l4.6-4.7",
  lock: "M4.5 7V5a3.5 3.5 0 0 1 7 0v2M3.5 7h9v6.5h-9z",
  key: "M9.5 8.5l4-4M12 6l1.5 1.5M6.5 7a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  trash: "M2.5 4h11M6 4V2.5h4V4M4 4l.7 9.5h6.6L12 4M6.7 6.7v4M9.3 6.7v4",
  download: "M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11",
  back: "M9.5 3L4.5 8l5 5",
  grip: "M6 3.5v.1M6 8v.1M6 12.5v.1M10 3.5v.1M10 8v.1M10 12.5v.1",
  more: "M3.5 8v.1M8 8v.1M12.5 8v.1",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  check: "M3 8.5l3.2 3.2L13 5",
  read: "M2 6.5L8 2.5l6 4v7H2zM2 6.8L8 10.5l6-3.7",
  unread: "M2 3.5h12v9H2zM2 4.2L8 8.7l6-4.5",
  pause: "M5 3v10M11 3v10",
  play: "M4.5 2.8v10.4L13 8z",
  phone: "M5 1.5h6a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM7 12.5h2",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z",
  image: "M2 3h12v10H2zM2 11l3.5-3.5L9 11l2-2 3 3M10.5 5.8v.1",
  down: "M3.5 6L8 10.5 12.5 6",
  up: "M3.5 10L8 5.5l4.5 4.5",
  edit: "M11 2.5l2.5 2.5-8 8H3v-2.5z",
  plus: "M8 3v10M3 8h10",
  rotate: "M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 2v3h-3",
  external: "M9.5 2.5h4v4M13.5 2.5L8 8M11.5 9.5v4h-9v-9h4",
  compare: "M6.5 3H2.5v10h4M9.5 3h4v10h-4M8 1.5v13",
  people: "M6 3a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM1.5 13.5c.4-2.5 2-4 4.5-4s4.1 1.5 4.5 4M10.8 3.3a2.5 2.5 0 0 1 0 4.6M12 10c1.3.5 2.2 1.8 2.5 3.5",
  date: "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3",
  wrap: "M2 4h12M2 8h9.500a2.2 2.2 0 0 1 0 4.500H8M10 10.500l-2 2 2 2M2 12.5h3",
  again: "M3 8a5 5 0 1 0 1.7-3.8M3 2.5v3h3",
  refused: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM3.8 3.8l8.4 8.4",
};

/** @typedef {keyof typeof PATHS} Icon */

/**
 * One icon; `label` is its name where it says something that the text beside it does not.
 * @param {Icon} name
 * @param {string} [label]
 */
export const icon = (name, label = "") => html`<svg
  width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5"
  stroke-linecap="round" stroke-linejoin="round"
  role=${label ? "img" : "presentation"} aria-label=${label} aria-hidden=${label ? "false" : "true"}
>${svg`<path d=${PATHS[name]} />`}</svg>`;

/** The sign of the page. */
export const sign = () => html`<svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
  <rect x="1.5" y="4" width="21" height="16" rx="4" fill="var(--accent)" />
  <path d="M5 8.5l7 5.5 7-5.5" fill="none" stroke="var(--on-accent)" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
</svg>`;
