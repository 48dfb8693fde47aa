// @ts-check
/**
 * The event stream. While the page is hidden for long it is closed, since a browser has few
 * connections for one server; it goes on where it stopped, and where that is too long ago the
 * server says "gap".
 */
import { base } from "./base.js";

const KINDS = [
  "message.added", "messages.updated", "messages.deleted", "messages.cleared",
  "attempt.added", "session.opened", "session.closed", "gap",
];
const RETRY = 2000;

/** Milliseconds that a hidden page goes on listening: its title counts what comes. */
const HIDDEN = 600_000;

export class Live {
  /**
   * @param {number} since the seq after which to begin
   * @param {(kind: string, data: any) => void} tell
   * @param {(on: boolean) => void} connected
   */
  constructor(since, tell, connected) {
    this.since = since;
    this.tell = tell;
    this.connected = connected;
    /** @type {EventSource | null} */
    this.source = null;
    this.sleep = 0;
    document.addEventListener("visibilitychange", () => this.adapt());
    // A page that is left may be kept for going back to: its stream must not take a connection from the next.
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", () => this.adapt());
    this.adapt();
  }

  /** Open or closed, as the page is seen or not. */
  adapt() {
    clearTimeout(this.sleep);
    if (!document.hidden) this.open();
    else this.sleep = setTimeout(() => this.close(), HIDDEN);
  }

  open() {
    if (this.source) return;
    const source = new EventSource(base(`/api/stream?since=${this.since}`));
    source.onopen = () => this.connected(true);
    source.onerror = () => this.lost(source);
    for (const kind of KINDS) source.addEventListener(kind, (event) => this.take(event));
    this.source = source;
  }

  /** @param {MessageEvent} event */
  take(event) {
    this.since = Number(event.lastEventId);
    this.tell(event.type, JSON.parse(event.data));
  }

  /** The browser tries again by itself, except where the server refused. @param {EventSource} source */
  lost(source) {
    this.connected(false);
    if (source.readyState !== EventSource.CLOSED) return;
    this.source = null;
    setTimeout(() => this.adapt(), RETRY);
  }

  close() {
    this.source?.close();
    this.source = null;
  }
}
